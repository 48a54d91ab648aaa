"""Words of a question → the words minutes have for the same thing."""

from __future__ import annotations

import threading

import pytest
from asking import KILDEMOSE, TODAY, build

from ingest import danish
from qa import lexicon
from qa.assistant import Assistant
from qa.lexicon import Lexicon
from qa.model import Language
from qa.question import is_content

TABLES = [Language.ENGLISH, Language.DANISH]


@pytest.fixture
def english():
    return Lexicon(
        ["# traffic", "", "car park: parkeringsplads, p-plads", "car: bil", "park: park", "drive, driving: køre"],
        Language.ENGLISH,
    )


def test_the_longest_phrase_wins(english):
    assert english.others("Where is the car park".split()) == {
        "car": ("parkeringsplads", "p-plads"),
        "park": ("parkeringsplads", "p-plads"),
    }
    assert english.others("the car in the park".split()) == {"car": ("bil",), "park": ("park",)}


def test_words_are_looked_up_by_their_stem(english):
    assert english.others(["Cars", "driving"]) == {"Cars": ("bil",), "driving": ("køre",)}


def test_a_word_said_twice_has_its_other_words_once(english):
    assert english.others(["car", "and", "car"]) == {"car": ("bil",)}


def test_danish_is_looked_up_in_any_form_and_spelling():
    table = Lexicon(["skåret ned, skære ned: besparelse", "børnehave: daginstitution"], Language.DANISH)
    assert table.others(["Hvor", "ned", "skåret"]) == {}
    assert table.others(["skaaret", "ned"]) == {"skaaret": ("besparelse",), "ned": ("besparelse",)}
    assert table.others(["børnehaverne"]) == {"børnehaverne": ("daginstitution",)}


@pytest.mark.parametrize("line", ["camera", "camera:", "camera: ,"])
def test_a_line_that_says_nothing_is_an_error(line):
    with pytest.raises(ValueError, match="not a line of a lexicon"):
        Lexicon([line], Language.ENGLISH)


@pytest.mark.parametrize("language", TABLES)
def test_the_tables_are_whole(language):
    """Every line is read; no side names a word twice; what a question's word leads to can be searched for."""
    text = lexicon.resources.files("qa").joinpath(lexicon._FILES[language]).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(lines) > 800
    asked = [phrase.strip() for line in lines for phrase in line.partition(":")[0].split(",")]
    assert len(asked) == len(set(asked))
    for line in lines:
        others = [each.strip() for each in line.partition(":")[2].split(",")]
        assert len(others) == len(set(others)), line
        assert any(is_content(word) for each in others for _, word in danish.words(each)), line
    assert lexicon.of(language) is lexicon.of(language)


def test_many_threads_may_ask_at_once():
    words = "are there cameras in the street with the homeless shelter".split()
    table, wrong = lexicon.of(Language.ENGLISH), []
    expected = table.others(words)

    def ask() -> None:
        wrong.extend(1 for _ in range(300) if table.others(words) != expected)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(expected), wrong) == (4, [])


@pytest.fixture(scope="module")
def kildemose(tmp_path_factory):
    with Assistant.open(build(tmp_path_factory.mktemp("lexicon") / "archive.db", KILDEMOSE)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("What will the bicycle path cost?", "Anlægsbevilling til cykelsti langs Møllevej"),
        ("Was the dog park approved?", "Hundeskov ved Søndermarken"),
        ("Hvad blev besluttet om the library?", "Åbningstider på biblioteket"),  # both languages in one question
    ],
)
def test_english_words_find_danish_items_by_words_alone(kildemose, question, title):
    by_words = Assistant(kildemose._archive, None)
    assert by_words.ask(question, today=TODAY).hits[0].title == title
