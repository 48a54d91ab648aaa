"""An answer → what is handed on of it: the pieces of a page in the order of the screen, as Markdown, and as a table.

Nothing is added to the answer and nothing left out: question, filters, when it was asked, notes and reason, claims
under their labels, who was there, the course of the case, the places found, what was searched. Every quote has its
place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from ingest import danish
from ingest.holdings import Selection
from qa import export_words, texts
from qa.citation import reference
from qa.markup import escaped, link, quoted
from qa.model import Answer, Citation, Claim, HitView, Label, Language, Role, Roll, ThreadStep

_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_LONGEST_NAME = 80  # characters, without the ending
LISTED = (Role.ADOPTED, Role.ADDITION, Role.VOTE)  # shown below the decision they belong to, in this order


@dataclass(frozen=True, slots=True)
class Handed:
    """An answer as it is handed on, with the reader's own filter and the minute it was asked, in local time."""

    answer: Answer
    selection: Selection
    asked: datetime

    @property
    def language(self) -> Language:
        """The language of all that is said around the quotes."""
        return self.answer.question.language


class Kind(StrEnum):
    """What a piece of the page is."""

    TITLE = "title"
    HEADING = "heading"
    UNDER = "under"  # a heading below a heading
    TEXT = "text"
    NOTE = "note"
    QUOTE = "quote"
    LINE = "line"  # one of a list
    ABOVE = "above"  # the words that the lines after it lean on
    BELOW = "below"  # a line that stands under such words


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph. `place` is the formal citation, "" where nothing is quoted or told; `link` the item's address at
    the publication site. `is_quote`: the text is the minutes' own."""

    kind: Kind
    text: str
    place: str = ""
    link: str | None = None
    is_quote: bool = False


def blocks(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims that follow each other and belong together: one decision, or one label's statements of one item. A title
    is a claim to be shown only where nothing else of its item is: every block names its item anyway."""
    spoken = {claim.citations[0].item for claim in claims if claim.role is not Role.TITLE}
    shown = [claim for claim in claims if claim.role is not Role.TITLE or claim.citations[0].item not in spoken]
    return [list(block) for _, block in groupby(shown, key=_kinship)]


def _kinship(claim: Claim) -> tuple[object, ...]:
    is_decision = claim.role in (Role.TITLE, Role.DECISION, *LISTED)
    return (claim.label, claim.citations[0].item, is_decision, claim.body, claim.date)


def pieces(handed: Handed) -> Iterator[Piece]:
    """The page, from the question to what was searched."""
    answer, say = handed.answer, export_words.of(handed.language)
    yield Piece(Kind.TITLE, answer.question.text)
    yield from (Piece(Kind.NOTE, line) for line in circumstances(handed))
    yield from (Piece(Kind.NOTE, note) for note in answer.notes)
    if answer.abstention:
        yield Piece(Kind.HEADING, say.reason)
        yield Piece(Kind.TEXT, answer.abstention.text)
    yield from _worded(answer)
    for block in blocks(answer.claims):
        yield from _block(block, handed.language)
    for roll in answer.attendance:
        yield from _roll(roll, handed.language)
    if answer.thread:
        yield Piece(Kind.HEADING, say.thread)
        yield from (_step(step, handed.language) for step in answer.thread)
    if answer.hits:
        yield Piece(Kind.HEADING, say.found if answer.claims or answer.attendance else say.nearest)
    for hit in answer.hits:
        yield Piece(Kind.UNDER, hit.title)
        yield Piece(Kind.QUOTE, hit.text, hit_place(hit, handed.language), is_quote=True)
    yield Piece(Kind.HEADING, say.coverage)
    yield Piece(Kind.TEXT, f"{texts.loaded(answer.coverage, handed.language)} {say.verbatim}")


def circumstances(handed: Handed) -> Iterator[str]:
    """When it was asked, under which filter of the reader's, and which subject it goes on with."""
    say, language = export_words.of(handed.language), handed.language
    day = texts.day(handed.asked.date(), language)
    yield say.asked.format(
        day=day, time=f"{handed.asked:%H.%M}" if language is Language.DANISH else f"{handed.asked:%H:%M}"
    )
    if narrowed := narrowing(handed.selection, language):
        yield f"{say.filter}: {narrowed}"
    if handed.answer.question.leans_on:
        yield f"{say.follows}: {handed.answer.question.leans_on}"


def narrowing(selection: Selection, language: Language) -> str:
    """A filter in words; "" for none."""
    say = export_words.of(language)
    parts = [say.committees.format(names=", ".join(selection.committees))] if selection.committees else []
    parts += [say.since.format(day=texts.day(selection.since, language))] if selection.since else []
    parts += [say.until.format(day=texts.day(selection.until, language))] if selection.until else []
    return "; ".join(parts)


def place_of(step: ThreadStep, language: Language) -> str:
    """Where a step of a case was taken: "Byrådet, 01-02-2026, punkt 7, Tiltrådt"."""
    say = export_words.of(language)
    parts = [step.committee, _day(step.date) or say.undated]
    parts += [f"{texts.item_word(language)} {step.number}"] if step.number else []
    parts += [texts.outcome(step.outcome, language)] if step.outcome else []
    parts += [] if step.is_loaded else [texts.of(language).not_loaded]
    return ", ".join(parts)


def hit_place(hit: HitView, language: Language) -> str:
    """Where a passage was found: "Beskæftigelsesudvalget, 28-04-2026, punkt 33, s. 9"."""
    parts = [hit.meeting.committee, _day(hit.meeting.date), f"{texts.item_word(language)} {hit.number}"]
    parts += [f"{'s.' if language is Language.DANISH else 'p.'} {hit.page}"] if hit.page is not None else []
    return ", ".join(parts)


def file_name(handed: Handed, ending: str) -> str:
    """A name that says what the file holds: "punktsvar-2026-11-26-hvad-blev-besluttet-om-bethaniagade.docx"."""
    words = re.findall(r"[a-z0-9]+", danish.fold(handed.answer.question.text).translate(_ASCII))
    return f"{'-'.join(['punktsvar', handed.asked.date().isoformat(), *words])[:_LONGEST_NAME].rstrip('-')}.{ending}"


def markdown(handed: Handed) -> str:
    """The page as Markdown, in which text of documents and questions is escaped."""
    return "\n".join(_lines(handed)) + "\n"


# ── the parts ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _worded(answer: Answer) -> Iterator[Piece]:
    language = answer.question.language
    if answer.wording:
        yield Piece(Kind.HEADING, texts.of(language).worded)
    for each in answer.wording:
        place = reference(each.citations[0], language, with_page=True)
        yield Piece(Kind.LINE, each.text, f"{texts.whose(each.label, language)}: {place}", each.citations[0].link)


def _block(block: Sequence[Claim], language: Language) -> Iterator[Piece]:
    """One decision with what it adopts and adds, or statements of one label; under the item they stand in."""
    say, first = export_words.of(language), block[0]
    cited = first.citations[0]
    outcome = next((claim.outcome for claim in block if claim.outcome and claim.label is Label.DECIDED), None)
    label = texts.whose(first.label, language)
    yield Piece(Kind.HEADING, f"{label}: {texts.outcome(outcome, language)}" if outcome else label)
    yield Piece(Kind.UNDER, f"{first.body or cited.committee}, {texts.day(first.date or cited.date, language)}")
    yield Piece(
        Kind.TEXT, f"{texts.item_word(language).capitalize()} {cited.number}: {cited.title}", _cited(cited, language)
    )
    for claim in block:
        if claim.role not in (Role.TITLE, *LISTED):
            yield from (_piece(Kind.ABOVE, each, language) for each in claim.citations[1:])
            yield _piece(Kind.QUOTE, claim.citations[0], language)
    for role, heading in ((Role.ADOPTED, say.adopted), (Role.ADDITION, say.added), (Role.VOTE, say.votes)):
        lines = [claim for claim in block if claim.role is role]
        if lines:
            yield Piece(Kind.NOTE, f"{heading}:")
        yield from _listed(lines, language)


def _listed(claims: Sequence[Claim], language: Language) -> Iterator[Piece]:
    above = ""
    for claim in claims:
        place, *openings = claim.citations
        opening = openings[0].quote if openings else ""
        if opening and opening != above:
            yield _piece(Kind.ABOVE, openings[0], language)
        above = opening
        yield _piece(Kind.BELOW if opening else Kind.LINE, place, language)


def _piece(kind: Kind, citation: Citation, language: Language) -> Piece:
    return Piece(kind, citation.quote, _cited(citation, language), citation.link, is_quote=True)


def _cited(citation: Citation, language: Language) -> str:
    return reference(citation, language, with_page=True)


def _roll(roll: Roll, language: Language) -> Iterator[Piece]:
    say = texts.of(language)
    place = f"{roll.meeting.committee}, {_day(roll.meeting.date)}, {roll.source}"
    yield Piece(Kind.HEADING, say.roll)
    absent = f"{say.absent}: {texts.names(roll.absent)}" if roll.absent else say.none_absent
    yield Piece(Kind.LINE, absent, place, roll.meeting.link)
    if roll.present:
        yield Piece(Kind.LINE, f"{say.present}: {texts.names(roll.present)}", place, roll.meeting.link)


def _step(step: ThreadStep, language: Language) -> Piece:
    place = place_of(step, language)
    return Piece(Kind.LINE, step.title, place) if step.title else Piece(Kind.LINE, place)


def _day(when: date | None) -> str:
    return f"{when:%d-%m-%Y}" if when else ""


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_OPENINGS = {
    Kind.TITLE: "# ",
    Kind.HEADING: "## ",
    Kind.UNDER: "### ",
    Kind.QUOTE: "> ",
    Kind.LINE: "- ",
    Kind.ABOVE: "- ",
    Kind.BELOW: "  - ",
}


def _lines(handed: Handed) -> Iterator[str]:
    before: Kind | None = None
    for piece in pieces(handed):
        in_list = piece.kind in (Kind.LINE, Kind.ABOVE, Kind.BELOW)
        if before is not None and not (in_list and before in (Kind.LINE, Kind.ABOVE, Kind.BELOW)):
            yield ""
        words = quoted(piece.text) if piece.is_quote else escaped(piece.text)
        place = f" ({link(escaped(piece.place), piece.link)})" if piece.place else ""
        more = " …" if piece.kind is Kind.ABOVE else ""
        yield f"{_OPENINGS.get(piece.kind, '')}{words}{more}{place}"
        before = piece.kind
