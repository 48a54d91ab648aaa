"""An answer → a table for a spreadsheet, one row a thing, as Danish Excel reads it: semicolons, UTF-8 with its mark.

No cell is a formula, whatever document or question its text comes from: one that begins as a formula does gets an
apostrophe in front (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass

from qa import export, export_words, texts
from qa.citation import reference
from qa.export import Handed
from qa.model import Citation, Claim, Language, Role

# Signs that begin a formula in some spreadsheet, wide forms too; blanks before them do not hinder it.
_FORMULA = re.compile(r"\A(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; the columns in their order."""

    part: str
    label: str = ""
    body: str = ""
    date: str = ""
    item: str = ""
    page: str = ""
    title: str = ""
    case: str = ""
    outcome: str = ""
    text: str = ""
    citation: str = ""
    link: str = ""


def table(handed: Handed) -> bytes:
    """The file, ready to be saved."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(astuple(_head(handed.language)))
    writer.writerows([harmless(cell) for cell in astuple(row)] for row in rows(handed))
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8", errors="replace")


def harmless(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    shown = _UNWRITABLE.sub("", cell)
    return f"'{shown}" if _FORMULA.match(shown) else shown


def rows(handed: Handed) -> Iterator[Row]:
    """The rows, in the order of the screen."""
    answer, language = handed.answer, handed.language
    say = export_words.of(language)
    yield Row(say.question, text=answer.question.text)
    yield from (Row(say.note, text=line) for line in (*export.circumstances(handed), *answer.notes))
    if answer.abstention:
        yield Row(say.reason, text=answer.abstention.text)
    for each in answer.wording:
        cited = each.citations[0]
        yield _cited(Row(texts.of(language).worded, texts.whose(each.label, language), text=each.text), cited, language)
    for block in export.blocks(answer.claims):
        for claim in block:
            yield from _claim(claim, language)
    for roll in answer.attendance:
        for heading, members in ((texts.of(language).absent, roll.absent), (texts.of(language).present, roll.present)):
            day = f"{roll.meeting.date:%d-%m-%Y}"
            place = f"{roll.meeting.committee}, {day}, {roll.source}"
            yield Row(
                heading, body=roll.meeting.committee, date=day, text=texts.names(members), citation=place,
                link=roll.meeting.link or "",
            )  # fmt: skip
    for step in answer.thread:
        yield Row(
            say.step,
            body=step.committee,
            date=f"{step.date:%d-%m-%Y}" if step.date else "",
            item=step.number or "",
            title=step.title,
            outcome=texts.outcome(step.outcome, language) if step.outcome else "",
            citation=export.place_of(step, language),
        )
    for hit in answer.hits:
        yield Row(
            say.hit,
            body=hit.meeting.committee,
            date=f"{hit.meeting.date:%d-%m-%Y}",
            item=hit.number,
            page="" if hit.page is None else str(hit.page),
            title=hit.title,
            text=hit.text,
            citation=export.hit_place(hit, language),
        )
    yield Row(say.coverage, text=texts.loaded(answer.coverage, language))


def _head(language: Language) -> Row:
    say = export_words.of(language)
    return Row(
        say.part, say.label, say.body, say.date, say.item, say.page, say.title, say.case, say.outcome, say.text,
        say.citation, say.link,
    )  # fmt: skip


def _claim(claim: Claim, language: Language) -> Iterator[Row]:
    """The words a claim leans on, then its own."""
    say = export_words.of(language)
    place, *openings = claim.citations
    label = texts.whose(claim.label, language)
    parts = {Role.ADOPTED: say.adopted, Role.ADDITION: say.added, Role.VOTE: say.votes}
    for opening in openings:
        yield _cited(Row(say.above, label, text=opening.quote), opening, language)
    row = Row(
        parts.get(claim.role, say.claim),
        label,
        claim.body,
        f"{claim.date:%d-%m-%Y}" if claim.date else "",
        outcome=texts.outcome(claim.outcome, language) if claim.outcome else "",
        text=claim.text,
    )
    yield _cited(row, place, language)


def _cited(row: Row, place: Citation, language: Language) -> Row:
    """The row with the place of its words filled in; who spoke and when, where it does not say otherwise, is the
    meeting."""
    return Row(
        row.part,
        row.label,
        row.body or place.committee,
        row.date or f"{place.date:%d-%m-%Y}",
        place.number,
        "" if place.page is None else str(place.page),
        place.title,
        place.case_number or "",
        row.outcome,
        row.text,
        reference(place, language, with_page=True),
        place.link or "",
    )
