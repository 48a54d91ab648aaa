"""Quotes and their places, a sentence's label, and every sentence of the program's own."""

from __future__ import annotations

import itertools
import string
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from datetime import date

import pytest
from asking import KILDEMOSE, SAMPLE, build
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.archive import Archive
from ingest.holdings import Entry
from ingest.model import MeetingKind, Outcome, SectionKind, Span
from qa import evidence, texts
from qa.citation import cite, formal, verify
from qa.model import Coverage, Label, Language, Role

BOTH = (Language.DANISH, Language.ENGLISH)


@pytest.fixture(scope="module")
def entries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Entry, ...]]:
    with Archive.open(build(tmp_path_factory.mktemp("cited") / "archive.db", [*KILDEMOSE, SAMPLE])) as archive:
        yield archive.find_items()


@pytest.fixture(scope="module")
def bethaniagade(entries: tuple[Entry, ...]) -> Entry:
    return next(entry for entry in entries if entry.item.key.endswith("2026-04-28/33"))


# Citations


def test_a_citation_is_cut_from_its_place_and_verifies(bethaniagade):
    text = bethaniagade.item.text
    start = text.index("Videoovervågning igangsættes hermed.")
    citation = cite(bethaniagade, Span(start, start + 36))
    assert citation.quote == "Videoovervågning igangsættes hermed."
    assert (citation.section, citation.page, citation.number) == ("decision", 9, "33")
    assert verify(citation, bethaniagade)


def test_a_citation_of_changed_text_or_another_item_does_not_verify(bethaniagade, entries):
    citation = cite(bethaniagade, Span(10, 40))
    changed = replace(bethaniagade, item=replace(bethaniagade.item, text="x" + bethaniagade.item.text))
    assert not verify(citation, changed)
    assert not verify(citation, None)
    assert not any(verify(citation, entry) for entry in entries if entry.item.key != bethaniagade.item.key)
    assert not verify(replace(citation, quote=citation.quote.upper()), bethaniagade)


@pytest.mark.parametrize("span", [Span(5, 5), Span(-1, 5), Span(6, 5), Span(0, 10**9)])
def test_a_place_outside_the_text_or_without_words_cannot_be_cited(bethaniagade, span):
    with pytest.raises(ValueError, match="no place"):
        cite(bethaniagade, span)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_is_cited_verifies_and_lies_on_a_page_of_its_item(entries, data):
    entry = data.draw(st.sampled_from(entries))
    start = data.draw(st.integers(0, len(entry.item.text) - 1))
    citation = cite(entry, Span(start, data.draw(st.integers(start + 1, len(entry.item.text)))))
    assert verify(citation, entry)
    pages = entry.item.pages
    assert citation.page is None if pages is None else pages[0] <= citation.page <= pages[1]


def test_a_place_is_said_as_a_clerk_says_it(bethaniagade):
    citation = cite(bethaniagade, Span(0, 8))
    case = "15.00.00-G01-7-25"
    assert formal(citation, Language.DANISH) == f"Beskæftigelsesudvalget, 28. april 2026, punkt 33, s. 7, sag {case}"
    assert formal(citation, Language.ENGLISH) == f"Beskæftigelsesudvalget, 28 April 2026, item 33, p. 7, case {case}"
    bare = replace(citation, page=None, case_number=None)
    assert formal(bare, Language.DANISH) == "Beskæftigelsesudvalget, 28. april 2026, punkt 33"


# Labels


def test_every_sentence_lies_in_its_paragraph_and_in_no_heading(entries):
    for entry in entries:
        bodies = [section.body for section in entry.item.sections[1:]]
        for each in evidence.statements(entry):
            assert each.paragraph.covers(each.span)
            assert any(body.covers(each.span) for body in bodies)


def test_no_sentence_is_told_twice(entries):
    for entry in entries:
        spans = sorted(each.span for each in evidence.statements(entry))
        assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


def test_only_the_meetings_own_decision_and_the_lines_it_adopts_are_decided(entries):
    for entry in entries:
        lines = {line.span for line in evidence.adopted(entry)}
        for each in evidence.statements(entry):
            own = any(decision.span.covers(each.span) for decision in entry.item.own_decisions)
            assert (each.label is Label.DECIDED) == (own or each.span in lines)
            assert (each.role is Role.ADOPTED) == (each.span in lines)


def test_in_an_agenda_nothing_is_decided(bethaniagade):
    agenda = replace(bethaniagade, meeting=replace(bethaniagade.meeting, kind=MeetingKind.DAGSORDEN))
    assert evidence.own_decision(agenda) is None
    assert evidence.adopted(agenda) == ()
    assert Label.DECIDED not in {each.label for each in evidence.statements(agenda)}


@pytest.mark.parametrize("result", [each for each in Outcome if each not in evidence.ADOPTING])
def test_a_decision_that_does_not_adopt_makes_no_line_decided(bethaniagade, result):
    decisions = tuple(replace(each, outcome=result) for each in bethaniagade.item.decisions)
    entry = replace(bethaniagade, item=replace(bethaniagade.item, decisions=decisions))
    assert evidence.adopted(entry) == ()
    lines = {line.span for top in entry.item.recommendations for line in top.leaves()}
    labels = {each.label for each in evidence.statements(entry) if each.span in lines}
    assert labels == {Label.RECOMMENDED}


def test_an_earlier_decision_is_reported_with_its_body_and_day(bethaniagade):
    told = [each for each in evidence.statements(bethaniagade) if each.label is Label.REPORTED]
    assert (told[-1].body, told[-1].date) == ("Økonomi-, Erhvervs- og Uddannelsesudvalget", date(2025, 12, 8))


def test_attachments_and_routing_are_never_quoted(entries):
    for entry in entries:
        kinds = {entry.item.section_at(each.span.start).kind for each in evidence.statements(entry)}
        assert SectionKind.ATTACHMENTS not in kinds
        assert not any("DIR BFU" in each.span.of(entry.item.text) for each in evidence.statements(entry))


def test_a_title_is_quoted_in_full_over_as_many_lines_as_it_takes(entries):
    for entry in entries:
        quote = evidence.title_span(entry.item).of(entry.item.text)
        assert " ".join(quote.split()) == entry.item.title


# The program's own sentences


def test_both_languages_fill_in_the_same_things():
    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    danish, english = asdict(texts.DANISH), asdict(texts.ENGLISH)
    for each in fields(texts.Texts):
        assert danish[each.name]
        assert blanks(danish[each.name]) == blanks(english[each.name])


@pytest.mark.parametrize("language", BOTH)
def test_every_label_and_outcome_has_a_name_of_its_own(language):
    outcomes = [texts.outcome(each, language) for each in Outcome]
    assert len(set(outcomes)) == len(outcomes)


@pytest.mark.parametrize(
    ("first", "last", "danish", "english"),
    [
        (date(2026, 4, 28), date(2026, 4, 28), "den 28. april 2026", "on 28 April 2026"),
        (date(2026, 1, 1), date(2026, 1, 31), "fra 1. januar 2026 til 31. januar 2026", "from 1 January 2026 to 31"),
        (date(2026, 1, 1), date.max, "siden den 1. januar 2026", "since 1 January 2026"),
        (date.min, date(2026, 1, 1), "til og med den 1. januar 2026", "until 1 January 2026"),
    ],
)
def test_a_period_in_words(first, last, danish, english):
    assert texts.period(first, last, Language.DANISH) == danish
    assert texts.period(first, last, Language.ENGLISH).startswith(english)


def test_what_is_loaded_in_words():
    one = Coverage(1, 7, ("Byrådet",), date(2026, 4, 28), date(2026, 4, 28))
    two = Coverage(2, 9, ("Byrådet", "Teknisk Udvalg"), date(2026, 1, 1), date(2026, 4, 28))
    assert texts.loaded(one, Language.DANISH) == "Indlæst: 1 møde fra Byrådet, den 28. april 2026."
    assert texts.loaded(two, Language.ENGLISH) == (
        "Loaded: 2 meetings of Byrådet, Teknisk Udvalg, from 1 January 2026 to 28 April 2026."
    )
    assert texts.loaded(Coverage(0, 0, (), None, None), Language.DANISH) == texts.DANISH.nothing_loaded
