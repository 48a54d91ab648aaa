"""Questions as a clerk asks them: two matters at once, who was there, what is not there and where it is instead.

Lindholt does not exist. Its Kulturudvalg met in April and September 2026 and lists its members; of its Teknikudvalg's
meeting in December only the agenda is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from asking import KILDEMOSE, ROOT, SAMPLE, TODAY, build, check, first_hit, reason, said, texts

from qa import __main__ as cli
from qa import slips
from qa.assistant import Assistant
from qa.model import Answer, Role
from qa.spoken import lines

LINDHOLT = sorted((ROOT / "tests" / "minutes" / "lindholt").glob("*.txt"))
SEPTEMBER = "lindholt/kulturudvalget/2026-09-10"


def opened(path, sources) -> Iterator[Assistant]:
    with Assistant.open(build(path / "archive.db", sources)) as assistant:
        yield assistant


@pytest.fixture(scope="module")
def lindholt(tmp_path_factory):
    yield from opened(tmp_path_factory.mktemp("lindholt"), LINDHOLT)


@pytest.fixture(scope="module")
def kildemose(tmp_path_factory):
    yield from opened(tmp_path_factory.mktemp("kildemose"), KILDEMOSE)


@pytest.fixture(scope="module")
def herning(tmp_path_factory):
    yield from opened(tmp_path_factory.mktemp("herning"), [SAMPLE])


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    yield from opened(tmp_path_factory.mktemp("all"), [*KILDEMOSE, *LINDHOLT, SAMPLE])


def ask(assistant: Assistant, question: str, *history: str) -> Answer:
    answer = assistant.ask(question, history=history, today=TODAY)
    check(assistant, answer)
    return answer


def decided(answer: Answer) -> list[tuple[str, str]]:
    """The decisions shown, in order: number of the item, words."""
    return [
        (claim.citations[0].number, claim.text)
        for claim in answer.claims
        if claim.role in (Role.DECISION, Role.ADOPTED)
    ]


# Two matters


@pytest.mark.parametrize(
    "question",
    [
        "Hvad er forskellen på beslutningen om hundeskoven og gangbroen?",
        "Hvad er forskellen på beslutningerne om hundeskoven og om gangbroen?",
        "Sammenlign hundeskoven og gangbroen",
        "Hvad blev besluttet om hundeskoven og om gangbroen?",
        "What is the difference between the decision on hundeskoven and gangbroen?",
    ],
)
def test_of_two_matters_both_decisions_are_shown(kildemose, question):
    answer = ask(kildemose, question)
    assert decided(answer) == [
        ("10", "Indstillingen blev forkastet."),
        ("5", "Teknisk Udvalg besluttede, at gangbroen skal hedde Tranebroen."),
    ]
    assert answer.is_answered


def test_two_that_got_money_or_did_not_are_both_shown(lindholt):
    answer = ask(lindholt, "Fik både børnekoret og museet penge?")
    assert texts(answer.claims, Role.ADOPTED) == [
        "at der gives et tilskud på 25.000 kr. til børnekoret.",
        "at der afsættes 900.000 kr. til taget på museet.",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Hvad blev besluttet først, børnekoret eller museet?",
        "Blev børnekoret eller museet besluttet først?",
        "Blev børnekoret vedtaget før museet?",
        "Which was decided first, børnekoret or museet?",
    ],
)
def test_which_came_first_is_told_from_the_days_of_the_meetings(lindholt, question):
    answer = ask(lindholt, question)
    assert next(claim.citations[0].number for claim in answer.claims if claim.role is Role.DECISION) == "9"
    (note,) = answer.notes
    assert "Vedligehold af museet" in note.split("Tilskud til børnekoret")[0]


def test_of_two_on_one_day_none_came_first(kildemose):
    answer = ask(kildemose, "Hvad blev besluttet først, hundeskoven eller gangbroen?")
    assert answer.notes == ("De blev behandlet samme dag, den 20. januar 2026.",)


@pytest.mark.parametrize(
    "question",
    [
        "Sammenlign hundeskoven, gangbroen og biblioteket",
        "Hvad er forskellen på beslutningerne om hundeskoven, gangbroen og biblioteket?",
    ],
)
def test_of_three_matters_all_are_shown(kildemose, question):
    answer = ask(kildemose, question)
    assert list(dict.fromkeys(claim.citations[0].number for claim in answer.claims)) == ["10", "5", "3"]
    assert answer.is_answered


def test_which_of_three_came_first_is_told_of_all(kildemose):
    (note,) = ask(kildemose, "Hvad blev besluttet først, biblioteket, hundeskoven eller gangbroen?").notes
    assert note.startswith("Først: Hundeskov ved Søndermarken (20. januar 2026). Derefter: ")
    assert note.count("2026") == 3


def test_of_three_the_one_that_is_not_there_is_said_to_be_missing(kildemose):
    answer = ask(kildemose, "Sammenlign hundeskoven, svømmehallen og biblioteket")
    assert {claim.citations[0].number for claim in answer.claims} == {"10", "3"}
    assert answer.abstention.text.startswith("“svømmehallen” fremgår ikke af de indlæste referater")


def test_where_only_one_of_two_is_found_the_other_is_said_to_be_missing(kildemose):
    answer = ask(kildemose, "Sammenlign hundeskoven og svømmehallen")
    assert decided(answer) == [("10", "Indstillingen blev forkastet.")]
    assert (answer.is_answered, reason(answer)) == (False, "not_loaded")
    assert answer.abstention.text.startswith("“svømmehallen” fremgår ikke af de indlæste referater")


@pytest.mark.parametrize(
    "question", ["Skal både børn og voksne betale for parkering på Torvet?", "Både lamper og strøm i Åparken?"]
)
def test_two_words_for_one_matter_are_no_comparison(kildemose, question):
    leads = {claim.citations[0].item for claim in ask(kildemose, question).claims}
    assert len(leads) <= 1


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("sammenlign punkt 3 og 4 den 20. januar 2026", ["3", "4"]),
        ("punkt 3-5 den 20. januar 2026", ["3", "4", "5"]),
        ("Vis punkterne 3, 4 og 7 den 20. januar 2026", ["3", "4", "7"]),
        ("What is the difference between items 3 and 4 on 20 January 2026?", ["3", "4"]),
        ("punkt 4 til 6 den 20. januar 2026", ["4", "5", "6"]),
        ("punkt 5, den 20. januar 2026", ["5"]),
    ],
)
def test_several_items_are_looked_up_at_once(kildemose, question, numbers):
    answer = ask(kildemose, question)
    assert list(dict.fromkeys(claim.citations[0].number for claim in answer.claims)) == numbers
    assert answer.notes == ()


def test_of_several_numbers_the_one_that_is_not_there_is_named(kildemose):
    answer = ask(kildemose, "punkt 3 og 99 den 20. januar 2026")
    assert decided(answer)[0] == ("3", "Indstillingen er tiltrådt.")
    assert answer.notes == ("Der er ikke indlæst noget punkt 99 der.",)


# Who was there


def roll(answer: Answer) -> list[tuple[str, list[str], list[str]]]:
    return [
        (each.meeting.key, [member.name for member in each.absent], [member.name for member in each.present])
        for each in answer.attendance
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Hvem var fraværende på Kulturudvalgets møde den 10. september 2026?",
        "Who was absent on 10 September 2026?",
        "Hvem deltog ikke i punkt 21?",
        "Hvem deltog ikke i behandlingen af børnekoret?",
        "Var Bo Lind til stede den 10. september 2026?",
        "hvem va fravarende på sidste møde i kulturudvalget",
    ],
)
def test_who_was_there_is_told_by_the_list_of_the_meeting_and_quoted_from_the_item(lindholt, question):
    answer = ask(lindholt, question)
    assert roll(answer) == [(SEPTEMBER, ["Bo Lind"], ["Jesper Mose", "Britt Dal", "Ib Krog"])]
    assert [text for _, _, text in said(answer)] == ["Britt Dal deltog ikke i behandlingen af punktet."]
    assert answer.is_answered
    assert answer.attendance[0].source.endswith("kulturudvalget-2026-09-10.txt")


def test_a_list_below_an_item_is_quoted_whole_and_a_list_that_names_nobody_absent_says_so(lindholt):
    answer = ask(lindholt, "Hvem var fraværende den 16. april 2026?")
    assert [text for _, _, text in said(answer)] == ["Fraværende: Britt Dal (V)"]
    assert roll(answer) == [
        ("lindholt/kulturudvalget/2026-04-16", [], ["Jesper Mose", "Britt Dal", "Bo Lind"]),
    ]
    assert "  Listen nævner ingen som fraværende." in list(lines(answer))


def test_one_who_is_not_on_the_list_is_said_not_to_be(lindholt):
    answer = ask(lindholt, "Var Eva Holm til stede den 10. september 2026?")
    assert answer.notes == ("Eva Holm står ikke på mødets deltagerliste.",)
    assert ask(lindholt, "Var Bo Lind til stede den 10. september 2026?").notes == ()


def test_who_was_there_is_asked_of_the_matter_spoken_of(lindholt):
    answer = ask(lindholt, "og hvem var fraværende?", "Hvad blev besluttet om børnekoret?")
    assert [each[0] for each in roll(answer)] == [SEPTEMBER]


def test_who_was_there_at_the_last_meeting_is_asked_where_none_is_named(lindholt):
    assert [each[0] for each in roll(ask(lindholt, "Hvem var fraværende?"))] == [SEPTEMBER]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hvem var til stede den 3. december 2026?", "Der er kun indlæst en dagsorden til mødet."),
        ("Hvem deltog ikke i mødet i oktober 2026?", "Der er ikke indlæst noget møde fra 1. oktober 2026"),
        ("Hvem var fraværende i Socialudvalget?", "Der er ikke indlæst referater fra Socialudvalget"),
        ("Hvem deltog i borgermødet om fjernvarme?", "oplyser ikke, hvem der var til stede"),
    ],
)
def test_who_was_there_is_not_guessed_at(lindholt, question, text):
    answer = ask(lindholt, question)
    assert (answer.is_answered, reason(answer), answer.attendance, answer.claims) == (False, "not_loaded", (), ())
    assert text in answer.abstention.text


def test_minutes_that_list_nobody_do_not_say_who_was_there(herning):
    answer = ask(herning, "Hvem var fraværende på Beskæftigelsesudvalgets møde den 28. april 2026?")
    assert (answer.is_answered, reason(answer), answer.attendance) == (False, "not_loaded", ())
    assert answer.abstention.text.startswith("De indlæste referater oplyser ikke, hvem der var til stede")


def test_the_list_is_told_on_the_terminal_and_in_json(tmp_path, capsys):
    path = build(tmp_path / "archive.db", LINDHOLT, with_vectors=False)
    command = ["ask", "Hvem var fraværende?", "--today", "2026-11-23", "--archive", str(path)]
    assert cli.main(command) == 0
    out = capsys.readouterr().out
    assert "Fra mødets deltagerliste: Kulturudvalget, 10. september 2026\n  Fraværende: Bo Lind (C)\n" in out
    assert cli.main([*command, "--json"]) == 0
    (held,) = json.loads(capsys.readouterr().out)["attendance"]
    assert (held["meeting"], held["absent"]) == (SEPTEMBER, [{"name": "Bo Lind", "note": "C"}])
    assert held["present"][0] == {"name": "Jesper Mose", "note": "A, formand"}


# Not there, but elsewhere


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "Hvad besluttede Økonomiudvalget om hundeskoven?",
            (
                "Der er ikke fundet noget om det fra Økonomiudvalget. "
                "Det blev behandlet af Teknisk Udvalg den 20. januar 2026 (punkt 10: Hundeskov ved Søndermarken)."
            ),
        ),
        (
            "Hvad blev besluttet om hundeskoven i januar 2025?",
            (
                "Der er ikke fundet noget om det fra 1. januar 2025 til 31. januar 2025. "
                "Det blev behandlet af Teknisk Udvalg den 20. januar 2026 (punkt 10: Hundeskov ved Søndermarken)."
            ),
        ),
        (
            "Hvad blev besluttet om parkering på Torvet i foråret 2025?",
            (
                "og de indlæste referater fortæller ikke om det. "
                "Det blev behandlet af Teknisk Udvalg den 21. januar 2025 (punkt 3: Betaling for parkering på Torvet)."
            ),
        ),
        (
            "Hvad besluttede Økonomiudvalget i 2025 om hundeskoven?",
            "Det blev behandlet af Teknisk Udvalg den 20. januar 2026 (punkt 10: Hundeskov ved Søndermarken).",
        ),
        (
            "What did the Finance Committee decide about hundeskoven?",
            "It was treated by Teknisk Udvalg on 20 January 2026 (item 10: Hundeskov ved Søndermarken).",
        ),
    ],
)
def test_what_was_treated_elsewhere_is_told_and_not_shown_as_the_answer(kildemose, question, text):
    answer = ask(kildemose, question)
    assert (answer.is_answered, reason(answer), answer.claims) == (False, "not_loaded", ())
    assert text in answer.abstention.text


def test_what_was_treated_nowhere_is_said_to_be_nowhere(kildemose):
    text = ask(kildemose, "Hvad besluttede Økonomiudvalget om svømmehallen i februar 2026?").abstention.text
    assert "blev behandlet" not in text


@pytest.mark.parametrize("question", ["Hvorfor blev hundeskoven vedtaget?", "Hvornår blev hundeskoven godkendt?"])
def test_what_was_taken_for_adopted_and_was_not_is_corrected(kildemose, question):
    answer = ask(kildemose, question)
    assert said(answer)[0] == ("decided", "decision", "Indstillingen blev forkastet.")
    assert answer.notes == ("Det er ikke vedtaget her: punktets udfald er “forkastet”.",)


def test_what_still_waits_was_not_adopted(herning):
    answer = ask(herning, "Hvorfor blev stofindtagelsesrummet vedtaget?")
    assert said(answer)[0] == ("decided", "decision", "Indstillingen er tiltrådt.")
    assert (reason(answer), answer.abstention.text) == (
        "postponed",
        "Det, der spørges til, er ikke endeligt vedtaget: det afventer.",
    )
    assert any("afventer endelig lovvedtagelse" in text for _, _, text in said(answer))


def test_a_vote_is_told_only_where_the_minutes_tell_it(kildemose):
    assert ask(kildemose, "Stemte Anna Bro for hundeskoven?").is_answered
    for name, matter in (("Bo Lind", "hundeskoven"), ("SF", "hundeskoven"), ("Anna Bro", "cykelstien langs Møllevej")):
        answer = ask(kildemose, f"Stemte {name} for {matter}?")
        assert (answer.is_answered, reason(answer)) == (False, "not_loaded")
        assert answer.abstention.text == f"Referatet oplyser ikke, hvordan {name} stemte."
    other = {claim.citations[0].number for claim in ask(kildemose, "Did Anna Bro vote against cykelstien?").claims}
    assert "10" not in other  # where she did vote, which is not what was asked


# Times


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Hvad besluttede Kulturudvalget i foråret?", ["9"]),
        ("What did the committee decide last spring?", ["9"]),
        ("Hvad har Kulturudvalget besluttet siden sommerferien?", ["21", "22"]),
        ("Hvad besluttede Kulturudvalget på mødet før det sidste?", ["9"]),
        ("Hvad blev besluttet på de sidste to møder?", ["21", "22", "9"]),
        ("Hvad skal besluttes på næste møde?", ["31"]),
        ("Hvornår er næste møde?", ["31"]),
        ("Hvad blev besluttet om museets tag i foråret?", ["9"]),
    ],
)
def test_times_as_people_say_them_narrow_the_answer(lindholt, question, numbers):
    answer = ask(lindholt, question)
    assert list(dict.fromkeys(claim.citations[0].number for claim in answer.claims)) == numbers


def test_a_next_meeting_that_is_not_loaded_is_said_not_to_be(kildemose):
    answer = ask(kildemose, "Hvad skal besluttes på næste møde?")
    assert (reason(answer), answer.claims) == ("not_loaded", ())


# Conversation


@pytest.mark.parametrize(
    ("history", "question", "item"),
    [
        (["Hvad blev besluttet om hundeskoven?"], "hvorfor?", "kildemose/teknisk-udvalg/2026-01-20/10"),
        (["Hvad blev besluttet om hundeskoven?"], "hvornår?", "kildemose/teknisk-udvalg/2026-01-20/10"),
        (["Hvad blev besluttet om hundeskoven?"], "hvem stemte imod?", "kildemose/teknisk-udvalg/2026-01-20/10"),
        (["Hvad blev besluttet om hundeskoven?"], "and who voted against?", "kildemose/teknisk-udvalg/2026-01-20/10"),
        (
            ["Hvad blev besluttet om hundeskoven?", "and who voted against?"],
            "og hvorfor?",
            "kildemose/teknisk-udvalg/2026-01-20/10",
        ),
        (["Hvad blev besluttet om hundeskoven?"], "hvad siger naboerne?", "kildemose/teknisk-udvalg/2026-01-20/10"),
        (["Hvad blev besluttet om hundeskoven?"], "Hvad koster hegnet?", "kildemose/teknisk-udvalg/2026-01-20/10"),
        (
            ["Hvad blev besluttet om Bethaniagade?"],
            "hvornår var borgermødet?",
            "herning/beskaeftigelsesudvalget/2026-04-28/33",
        ),
        (
            ["Hvad besluttede Teknisk Udvalg i 2026 om parkering på Torvet?"],
            "og året før?",
            "kildemose/teknisk-udvalg/2025-01-21/3",
        ),
        (["Hvad blev besluttet om parkering på Torvet?"], "og i 2025?", "kildemose/teknisk-udvalg/2025-01-21/3"),
        (["Hvad blev besluttet om parkering på Torvet?"], "og sidste år?", "kildemose/teknisk-udvalg/2025-01-21/3"),
        (
            ["Hvad besluttede Teknisk Udvalg om cykelstien langs Møllevej?"],
            "hvad med Økonomiudvalget?",
            "kildemose/oekonomiudvalget/2026-02-03/1",
        ),
    ],
)
def test_a_follow_up_keeps_the_subject(everything, history, question, item):
    answer = ask(everything, question, *history)
    assert first_hit(answer) == item
    assert answer.question.leans_on == history[0]


def test_a_follow_up_stays_with_the_item_where_that_speaks_of_it(everything):
    for question in ("hvad siger politiet?", "og hvad siger politiet?"):
        answer = ask(everything, question, "Hvad blev besluttet om Bethaniagade?")
        assert {claim.citations[0].item for claim in answer.claims} == {"herning/beskaeftigelsesudvalget/2026-04-28/33"}
        assert "politi" in answer.claims[0].text.lower()


@pytest.mark.parametrize(
    "question",
    [
        "Hvad blev besluttet om parkering?",
        "Hvornår bliver skøjtebanen anlagt?",
        "Hvad koster lamperne i Åparken?",
        "Hvad skete der på mødet den 20. januar 2026?",
    ],
)
def test_a_new_subject_keeps_nothing(everything, question):
    answer = ask(everything, question, "Hvad blev besluttet om hundeskoven?")
    assert (answer.question.leans_on, answer.question.follows_up) == ("", False)
    assert "hundeskov" not in answer.question.topic


def test_another_municipality_lets_go_of_the_first_ones_committee(everything):
    answer = ask(everything, "hvad med Herning?", "Hvad besluttede Teknisk Udvalg om hundeskoven?")
    assert (answer.question.selection.municipalities, answer.question.selection.committees) == (("Herning",), ())
    assert "blev behandlet af Teknisk Udvalg den 20. januar 2026 (punkt 10" in answer.abstention.text


# As it is typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vad blev beslutet om betaniagad", "hvad blev besluttet om betaniagad"),
        ("hvd blv vetaget", "hvad blev vedtaget"),
        ("hvornor var mødet", "hvornår var mødet"),
        ("hvornaar og vorfor", "hvornår og hvorfor"),
        ("hva ska gangbron hede", "hvad skal gangbron hede"),
        ("hvad ble bestemt", "hvad blev bestemt"),
        ("wat was desided", "what was decided"),
        ("Hnad står der, og hvvilke punkter?", "hvad står der, og hvvilke punkter?"),
        ("Hver gang", "Hver gang"),
        ("Hvad blev medtaget, og hvad blev beskyttet?", "Hvad blev medtaget, og hvad blev beskyttet?"),
        ("En ble til vadestedet", "En ble til vadestedet"),
        ("beslutningsprotokollen", "beslutningsprotokollen"),
    ],
)
def test_the_words_that_ask_are_read_as_they_are_spelt(typed, meant):
    assert slips.mended(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "vad blev beslutet om betaniagad",
        "hvd blv vetaget om betaniagade",
        "hvornor blev betaniagade vetaget",
        "hvad ble bestemt om betniagade",
    ],
)
def test_several_slips_in_one_short_question_do_no_harm(herning, question):
    answer = ask(herning, question)
    assert answer.is_answered
    assert said(answer)[0] == ("decided", "decision", "Indstillingen er tiltrådt.")


def test_a_name_alone_that_holds_a_municipalitys_is_no_filter(everything):
    answer = ask(everything, "Job Herning")
    assert answer.question.topic == "Job Herning"
    assert first_hit(answer) == "herning/beskaeftigelsesudvalget/2026-04-28/32"


def test_danish_names_in_an_english_question_are_found(kildemose):
    for question in ("who voted against hundeskoven?", "is hundeskoven approved?"):
        assert first_hit(ask(kildemose, question)) == "kildemose/teknisk-udvalg/2026-01-20/10"


def test_the_day_is_of_the_decision_where_when_is_all_that_is_asked(kildemose):
    answer = ask(kildemose, "hvornår?", "Hvad blev besluttet om gangbroen?")
    assert answer.claims[0].date == date(2026, 1, 20)
