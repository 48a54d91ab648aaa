"""An answer handed on: citations, files that say what the screen says, verdicts kept to measure by."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

import hostile
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from kildemose import LIBRARY, SWIMMING, THEATRE, referat, write

from ingest.archive import Archive
from ingest.encoders import load
from ingest.holdings import Selection
from ingest.model import Span
from ingest.pipeline import ingest
from qa import evaluate, export, export_words, feedback, marking
from qa.assistant import Assistant
from qa.citation import reference
from qa.export import Handed
from qa.export_table import harmless, rows, table
from qa.export_word import word
from qa.feedback import Rating, Verdict
from qa.model import Answer, Label, Language, Sought, Worded
from qa.ui import card, thread, words_hand
from qa.ui import words as wording
from qa.ui.address import Address

SAMPLE = Path(__file__).parent.parent / "data/minutes/herning-beskaeftigelsesudvalget-2026-04-28.pdf"
BETHANIAGADE = "Hvad blev besluttet om Bethaniagade?"
FORMAL = "Beskæftigelsesudvalget, 28-04-2026, punkt 33, sag 15.00.00-G01-7-25"
WITH_PAGE = "Beskæftigelsesudvalget, 28-04-2026, punkt 33, s. 9, sag 15.00.00-G01-7-25"
ASKED = datetime(2026, 5, 4, 10, 15)


@pytest.fixture(scope="module")
def herning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The sample, opened."""
    yield from opened(tmp_path_factory.mktemp("herning"), SAMPLE)


def opened(folder: Path, *paths: Path) -> Iterator[Assistant]:
    with Archive.open(folder / "archive.db", create=True) as archive:
        ingest(archive, paths, encoder=load())
    with Assistant.open(folder / "archive.db") as assistant:
        yield assistant


def handed(assistant: Assistant, question: str, selection: Selection = Selection(), **options: object) -> Handed:  # noqa: B008
    answer = assistant.ask(question, today=ASKED.date(), selection=selection, **options)
    return Handed(answer, selection, ASKED)


def paragraphs(made: bytes) -> list[tuple[str, str]]:
    return [(each.style.name, each.text) for each in Document(io.BytesIO(made)).paragraphs]


def cells(made: bytes) -> list[list[str]]:
    assert made.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""), delimiter=";"))


# ── citations ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_formal_citation_is_written_as_in_a_case(herning):
    (cited, *_) = herning.ask(BETHANIAGADE, today=ASKED.date()).claims[0].citations

    assert reference(cited, Language.DANISH) == FORMAL
    assert reference(cited, Language.DANISH, with_page=True) == WITH_PAGE
    assert reference(cited, Language.ENGLISH).endswith("28-04-2026, item 33, case 15.00.00-G01-7-25")
    assert (
        reference(replace(cited, case_number=None, number=""), Language.DANISH) == "Beskæftigelsesudvalget, 28-04-2026"
    )


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_opens_with_the_question_and_when_and_how_it_was_asked(herning):
    selection = Selection(committees=("Beskæftigelsesudvalget",), since=date(2026, 1, 1))
    made = list(export.pieces(handed(herning, BETHANIAGADE, selection)))

    assert [each.text for each in made[:3]] == [
        BETHANIAGADE,
        "Spurgt den 4. maj 2026 kl. 10.15",
        "Afgrænset til: udvalg: Beskæftigelsesudvalget; fra og med 1. januar 2026",
    ]
    assert made[-1].text.startswith("Indlæst: 1 møde fra Beskæftigelsesudvalget, den 28. april 2026.")


def test_every_quote_of_the_answer_stands_in_every_form_with_its_citation(herning):
    given = handed(herning, BETHANIAGADE)
    markdown, document, sheet = export.markdown(given), paragraphs(word(given)), cells(table(given))
    by_text = {row[9]: row for row in sheet}

    for claim in given.answer.claims:
        place = reference(claim.citations[0], Language.DANISH, with_page=True)
        assert f"“{claim.text}” ({place})" in markdown
        assert any(claim.text in text and place in text for _, text in document)
        assert by_text[claim.text][10] == place
        assert by_text[claim.text][1:6] == ["Besluttet", "Beskæftigelsesudvalget", "28-04-2026", "33", "9"]


def test_nothing_that_the_minutes_say_is_handed_on_without_its_place(herning):
    assert [each for each in export.pieces(handed(herning, BETHANIAGADE)) if each.is_quote and not each.place] == []
    assert [row for row in rows(handed(herning, BETHANIAGADE)) if row.label and not row.citation] == []


def test_the_course_of_the_case_and_the_places_found_go_along(herning):
    given = handed(herning, BETHANIAGADE)
    markdown, sheet = export.markdown(given), cells(table(given))

    assert "- Beskæftigelsesudvalget, 02-12-2025, punkt 65, ikke indlæst" in markdown
    assert next(row[2:5] for row in sheet if row[0] == "Sagens gang") == ["Beskæftigelsesudvalget", "02-12-2025", "65"]
    assert [row[9] for row in sheet if row[0] == "Sted fundet"] == [harmless(hit.text) for hit in given.answer.hits]


def test_a_refusal_is_handed_on_with_its_reason_and_the_nearest_items(herning):
    given = handed(herning, "Hvad blev besluttet om svømmehallen?")
    markdown = export.markdown(given)
    assert given.answer.abstention is not None

    assert "## Hvorfor der ikke er et endeligt svar\n\n" in markdown
    assert "## Nærmeste punkter" in markdown
    assert ["Hvorfor der ikke er et endeligt svar", given.answer.abstention.text] in [
        [row[0], row[9]] for row in cells(table(given))
    ]


def test_who_was_there_is_told_with_its_meeting_and_file(tmp_path):
    files = sorted((Path(__file__).parent / "minutes/lindholt").glob("*.txt"))
    for assistant in opened(tmp_path, *files):
        given = handed(assistant, "Hvem var fraværende på Kulturudvalgets møde den 10. september 2026?")
        assert "- Fraværende: Bo Lind (C) (Kulturudvalget, 10-09-2026, " in export.markdown(given)
        assert ["Fraværende", "Bo Lind (C)"] in [[row[0], row[9]] for row in cells(table(given))]
        assert ("List Bullet", True) in [
            (style, "Fraværende: Bo Lind (C)" in text) for style, text in paragraphs(word(given))
        ]


def test_an_english_answer_is_handed_on_in_english_with_the_minutes_in_danish(herning):
    given = handed(herning, "What was decided about Bethaniagade?")
    made = word(given)

    assert "## The course of the case" in export.markdown(given)
    assert cells(table(given))[0][:3] == ["Part", "Whose word", "Committee"]
    xml = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert 'w:lang w:val="da-DK"' in xml
    assert Document(io.BytesIO(made)).core_properties.language == "en-GB"


def test_a_word_document_is_on_a4_and_says_what_it_is(herning):
    document = Document(io.BytesIO(word(handed(herning, BETHANIAGADE))))

    assert (document.sections[0].page_width.mm, document.sections[0].page_height.mm) == (
        pytest.approx(210, abs=0.1),
        pytest.approx(297, abs=0.1),
    )
    assert document.core_properties.title == BETHANIAGADE
    assert document.core_properties.created.timestamp() == ASKED.timestamp()
    assert [each.style.name for each in document.paragraphs][:2] == ["Title", "Normal"]


def test_a_link_leads_to_the_publication_site_and_only_to_the_web(herning):
    given = handed(herning, BETHANIAGADE)

    def linked(address: str) -> Handed:
        claims = tuple(
            replace(claim, citations=tuple(replace(place, link=address) for place in claim.citations))
            for claim in given.answer.claims
        )
        return replace(given, answer=replace(given.answer, claims=claims))

    def targets(made: bytes) -> set[str]:
        xml = zipfile.ZipFile(io.BytesIO(made)).read("word/_rels/document.xml.rels").decode()
        return set(re.findall(r'Target="([^"]+)"[^>]*TargetMode="External"', xml))

    assert targets(word(linked("https://herning.example/punkt/33"))) == {"https://herning.example/punkt/33"}
    assert targets(word(linked("javascript:alert(1)"))) == set()
    assert targets(word(linked("file:///etc/passwd"))) == set()
    assert "](<https://herning.example/punkt/33>)" in export.markdown(linked("https://herning.example/punkt/33"))


def test_what_a_language_model_worded_is_handed_on_as_that(herning):
    given = handed(herning, BETHANIAGADE)
    worded = (Worded("Udvalget sagde ja.", Label.DECIDED, given.answer.claims[0].citations),)
    given = replace(given, answer=replace(given.answer, wording=worded))

    assert f"- Udvalget sagde ja. (Besluttet: {WITH_PAGE})" in export.markdown(given)
    assert ["Udvalget sagde ja.", WITH_PAGE] in [row[9:11] for row in cells(table(given))]


@pytest.mark.parametrize(
    "text", ["=1+1", "+45 12", "-2", "@SUM(A1)", "\tx", "\rx", "  =HYPERLINK(1)", "＝1", "=cmd|' /C calc'!A0"]
)
def test_no_cell_is_a_formula(text):
    assert harmless(text) == f"'{text}"


@given(st.text(max_size=40))
def test_no_cell_begins_as_a_formula_whatever_is_in_it(text):
    assert harmless(text).lstrip()[:1] not in set("=+-@＝＋－＠")
    assert harmless(text)[:1] not in ("\t", "\r", "\n")


@pytest.fixture(scope="module")
def shady(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An archive whose every text tries to be something else."""
    with Assistant.open(hostile.write(tmp_path_factory.mktemp("shady") / "archive.db", load())) as assistant:
        yield assistant


def test_text_of_documents_is_data_in_every_form(shady):
    given = handed(shady, f'Bethaniagade {hostile.TEXTS[0]} {{ HYPERLINK "http://x" }} =1+1')
    xml = zipfile.ZipFile(io.BytesIO(word(given))).read("word/document.xml").decode()

    assert re.findall(r"<w:(?:fldSimple|fldChar|instrText|object|pict|drawing)", xml) == []
    assert "<script" not in export.markdown(given).replace("\\<", "")
    assert [cell for row in cells(table(given)) for cell in row if cell.lstrip()[:1] in set("=+-@")] == []


def test_a_file_is_named_after_what_it_holds(herning):
    given = handed(herning, BETHANIAGADE)
    strange = replace(given, answer=replace(given.answer, question=replace(given.answer.question, text="../æ/ø " * 60)))

    assert export.file_name(given, "docx") == "punktsvar-2026-05-04-hvad-blev-besluttet-om-bethaniagade.docx"
    assert re.fullmatch(r"punktsvar-2026-05-04-[a-z-]+\.csv", export.file_name(strange, "csv"))


# ── matched words ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_words_are_met_by_stem_inside_compounds_and_under_other_names():
    text = "Videoovervågningen og kameraerne i gaden koster ikke overvåget."
    met = [
        each.text
        for each in marking.stretches(text, Sought(frozenset({"overvågning", "kam", "kamera"})), [])
        if each.is_met
    ]

    assert met == ["Videoovervågningen", "kameraerne"]


@given(st.text(alphabet="abc æ.-\n", max_size=60), st.data())
def test_stretches_joined_are_the_text(text, data):
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    made = list(marking.stretches(text, Sought(frozenset({"abc", "ab"})), [Span(start, end)]))

    assert "".join(each.text for each in made) == text
    assert "".join(each.text for each in made if each.is_quoted) == text[start:end]


def test_an_answer_tells_by_which_words_it_was_found(herning):
    assert herning.ask(BETHANIAGADE, today=ASKED.date()).sought.whole == {"bethaniagad"}
    both = herning.ask("Hvad er forskellen på beslutningen om Bethaniagade og om navnet?", today=ASKED.date())
    assert "bethaniagad" in both.sought.whole
    assert "videoovervågning" in herning.ask("Were cameras approved?", today=ASKED.date()).sought.whole


def test_the_quoted_sentence_is_marked_in_its_passage_and_begins_near(herning):
    given = herning.ask("Hvad er der besluttet om videoovervågning?", today=ASKED.date())
    shown = card.around(given, Address(question="x"), wording.DANISH) or ""

    assert "<b>" in shown
    quotes = [marking.quoted_in(hit, given.claims) for hit in given.hits]
    assert shown.count("<mark>") == sum(map(len, quotes))
    for hit, spans in zip(given.hits, quotes, strict=True):
        assert all(0 <= span.start < span.end <= len(hit.text) for span in spans)


def test_the_card_shows_what_was_worded_apart_with_labels_and_places(herning):
    given = herning.ask(BETHANIAGADE, today=ASKED.date())
    worded = replace(given, wording=(Worded("Udvalget sagde ja.", Label.DECIDED, given.claims[0].citations),))
    shown = card.answer(worded, Address(question="x"), wording.DANISH)

    assert shown.index("ps-worded") < shown.index("Udvalget sagde ja.") < shown.index("ps-card")
    assert "ps-worded" not in card.answer(given, Address(question="x"), wording.DANISH)


def test_a_quote_from_a_synced_site_leads_to_its_item_there(herning):
    given = herning.ask(BETHANIAGADE, today=ASKED.date())
    lead = given.claims[0]
    there = replace(lead, citations=(replace(lead.citations[0], link="https://herning.example/33"),))
    shown = card.answer(replace(given, claims=(there,)), Address(question="x"), wording.DANISH)

    assert '<a href="https://herning.example/33" target="_blank" rel="noreferrer noopener">' in shown
    assert "https" not in card.answer(given, Address(question="x"), wording.DANISH)


def test_the_earlier_steps_of_a_long_case_are_folded_and_none_is_lost(herning):
    (step, *_) = herning.ask(BETHANIAGADE, today=ASKED.date()).thread
    shown = thread.section([step] * 20, Address(), wording.DANISH) or ""

    assert shown.count("<li") == 20
    assert shown.index("</details>") > shown.index("Vis flere (12)")
    assert "<details" not in (thread.section([step] * 9, Address(), wording.DANISH) or "")


# ── verdicts ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def kept(rating: Rating, folder: Path) -> dict[str, object]:
    file = folder / feedback.NAME
    feedback.keep(file, rating)
    row: dict[str, object] = json.loads(file.read_text(encoding="utf-8").splitlines()[-1])
    return row


def answered(assistant: Assistant, question: str = BETHANIAGADE) -> Answer:
    return assistant.ask(question, today=ASKED.date())


def test_a_right_answer_becomes_a_question_to_measure_by_and_measures_right(herning, tmp_path):
    row = kept(Rating(answered(herning), Verdict.YES, ASKED), tmp_path)
    (gold,) = evaluate.read(tmp_path / feedback.NAME)
    (result,) = evaluate.run(herning, [gold])

    assert row["verdict"] == "yes"
    assert gold.relevant == (("Beskæftigelsesudvalget", "2026-04-28", "33"),)
    assert (gold.quotes, gold.labels, gold.today) == (("Indstillingen er tiltrådt.",), ("decided",), ASKED.date())
    assert (result.rank, result.is_quoted, result.is_labelled) == (1, True, True)


def test_a_right_refusal_is_one_too(herning, tmp_path):
    kept(Rating(answered(herning, "Hvad blev besluttet om svømmehallen?"), Verdict.YES, ASKED), tmp_path)
    (gold,) = evaluate.read(tmp_path / feedback.NAME)

    assert (gold.relevant, gold.abstain) == ((), "not_loaded")


def test_a_refusal_under_a_filter_is_kept_but_measures_nothing(herning, tmp_path):
    before = Selection(until=date(2020, 1, 1))
    answer = herning.ask(BETHANIAGADE, today=ASKED.date(), selection=before)
    row = kept(Rating(answer, Verdict.YES, ASKED, selection=before), tmp_path)

    assert (row["relevant"], row["filter"]) == (None, {"committees": [], "since": None, "until": "2020-01-01"})
    assert evaluate.read(tmp_path / feedback.NAME) == []


def test_a_wrong_answer_names_the_right_item_or_that_there_is_none_or_nothing(herning, tmp_path):
    answer = answered(herning)
    named = kept(Rating(answer, Verdict.NO, ASKED, right=answer.hits[1]), tmp_path)
    none = kept(Rating(answer, Verdict.NO, ASKED, is_unanswerable=True), tmp_path)
    unknown = kept(Rating(answer, Verdict.PARTLY, ASKED), tmp_path)

    assert named["relevant"] == [
        {"committee": "Beskæftigelsesudvalget", "date": "2026-04-28", "number": answer.hits[1].number}
    ]
    assert (none["relevant"], unknown["relevant"]) == ([], None)
    assert len(evaluate.read(tmp_path / feedback.NAME)) == 2


def test_a_civil_registration_number_is_kept_nowhere(herning, tmp_path):
    answer = herning.ask("Hvad blev besluttet om 010190-1234?", today=ASKED.date())
    kept(Rating(answer, Verdict.NO, ASKED, ("Før 010190-1234",), words="Det var\n010190-1234"), tmp_path)

    written = (tmp_path / feedback.NAME).read_text(encoding="utf-8")
    assert "1234" not in written
    assert written.count("xxxxxx-xxxx") == 3
    assert written.count("\n") == 1


def test_many_at_once_leave_whole_lines_also_after_a_broken_one(herning, tmp_path):
    file, answer = tmp_path / feedback.NAME, answered(herning)
    file.write_text('{"id": "broken', encoding="utf-8")
    writers = [
        threading.Thread(target=feedback.keep, args=(file, Rating(answer, Verdict.NO, ASKED, words=f"{number} " * 400)))
        for number in range(20)
    ]
    for each in writers:
        each.start()
    for each in writers:
        each.join()

    first, *others = file.read_text(encoding="utf-8").splitlines()
    assert first == '{"id": "broken'
    assert sorted(int(json.loads(each)["words"].split()[0]) for each in others) == list(range(20))


@pytest.mark.parametrize("setting", ["off", "OFF ", "0", "nej"])
def test_verdicts_can_be_turned_off(tmp_path, setting):
    assert feedback.destination(tmp_path / "archive.db", setting) is None
    assert feedback.destination(tmp_path / "archive.db") == tmp_path / feedback.NAME


def test_verdicts_are_off_where_nothing_can_be_written(tmp_path):
    assert feedback.destination(tmp_path / "nowhere" / "archive.db") is None
    if os.name == "posix":
        assert feedback.destination(Path("/proc/1/archive.db")) is None or os.access("/proc/1", os.W_OK)


def test_a_file_for_one_reader_only(herning, tmp_path):
    kept(Rating(answered(herning), Verdict.YES, ASKED), tmp_path)

    assert os.name != "posix" or (tmp_path / feedback.NAME).stat().st_mode & 0o077 == 0


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("module", [words_hand, export_words])
def test_both_languages_say_everything_and_fill_in_the_same(module):
    for field in fields(module.DANISH):
        danish, english = getattr(module.DANISH, field.name), getattr(module.ENGLISH, field.name)
        assert danish.strip(), field.name
        assert english.strip(), field.name
        assert re.findall(r"{\w+}", danish) == re.findall(r"{\w+}", english), field.name


def test_two_committees_in_one_filter_are_both_named(tmp_path):
    files = write(tmp_path, culture=referat(SWIMMING, THEATRE), economy=referat(LIBRARY, committee="Økonomiudvalget"))
    for assistant in opened(tmp_path, *files):
        selection = Selection(committees=("Kulturudvalget", "Økonomiudvalget"), until=date(2026, 12, 31))
        made = export.markdown(handed(assistant, "Hvad blev besluttet om biblioteket?", selection))
        assert "Afgrænset til: udvalg: Kulturudvalget, Økonomiudvalget; til og med 31. december 2026" in made
