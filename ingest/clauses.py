"""A stretch of a decision → its clauses in order, and what each of them says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest import danish, points, votes, wordings
from ingest.model import Outcome, Span
from ingest.wording_rules import Kind, Remark

# Where one clause ends and the next begins. What is said of another point ("…, punkt 2 udsættes") is another clause.
_CLAUSE_END = re.compile(
    r"(?:,|;)\s+(?=(?:og|men|mens|medens|hvorimod)\s)|;\s+|\s+(?=(?:mens|medens|hvorimod)\s)"
    r"|(?:,|\s+og)\s+(?=(?:indstillingens\s+)?(?:(?:punkt(?:erne)?|pkt\.?)\s+(?:\d|[a-h]\b)|(?:andet|tredje|fjerde)\s+at\b))",
    re.IGNORECASE,
)
# A party's letter may end a sentence, which a single letter does not elsewhere: "Imod stemte A, B og V. Forslaget …".
_PARTY_END = re.compile(
    r"(?:\b[A-ZÆØÅ](?:,| og|\+) ?|\b(?:Gruppe|Liste|stemte|mod) )[A-ZÆØÅ]\.(?P<gap>\s+)(?=[A-ZÆØÅ]\w)"
)
_COUNTED = (Remark.PARTLY, Remark.AMENDMENT)
_QUOTES = tuple('"”“»«')
_CONJUNCTION = re.compile(r"(?:og|men|mens|medens|hvorimod)\s+", re.IGNORECASE)
_OPENING = re.compile(r"[-–•*\s]+|(?:herefter|derefter|dermed|således)\s+", re.IGNORECASE)
_ABSENCE = re.compile(r"\b(?:deltog ikke|fraværende|inhabil)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A clause and what it says. `shown` covers the words that say it, `rider` what the clause goes on to add to an
    approval, `vote` what it says of votes; `number` is the point it is about, if it names one."""

    span: Span
    kind: Kind
    shown: Span
    rider: Span | None = None
    vote: Span | None = None
    number: str | None = None


def of(text: str, span: Span) -> tuple[Part, ...]:
    """The clauses within `span` of `text`; a sentence that is read as a whole is one."""
    sentences = tuple(each for sentence in danish.sentences(text, span) for each in _parted(text, sentence))
    return tuple(
        _without_quotes(text, (part for block in votes.blocks(text, sentences) for part in _in_sentence(text, block)))
    )


def _without_quotes(text: str, parts: Iterable[Part]) -> Iterator[Part]:
    """The clauses, those inside a motion that is quoted being matters of form ('Ø stillede forslag: "At …"')."""
    is_quoted, announced = False, False
    for part in parts:
        words = part.span.of(text).strip()
        is_quoted = is_quoted or (announced and words[:1] in _QUOTES)
        announced = part.kind is Remark.FORM and words.endswith(":")
        yield replace(part, kind=Remark.FORM, rider=None, vote=None, number=None) if is_quoted else part
        is_quoted = is_quoted and words[-1:] not in _QUOTES and words[-2:-1] not in _QUOTES


def _parted(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    for match in _PARTY_END.finditer(text, sentence.start, sentence.end):
        yield Span(start, match.start("gap"))
        start = match.end("gap")
    yield Span(start, sentence.end)


def _in_sentence(text: str, span: Span) -> tuple[Part, ...]:
    opening = _OPENING.match(span.of(text))
    words = Span(span.start + (opening.end() if opening and opening.end() < span.end - span.start else 0), span.end)
    if sign := wordings.sentence(words.of(text)):
        vote = votes.counted(words.of(text)) if isinstance(sign.kind, Outcome) or sign.kind in _COUNTED else None
        shown = Span(sign.start, sign.end).shifted(words.start)
        return (Part(span, sign.kind, shown, vote=vote.shifted(words.start) if vote else None),)
    spans = tuple(_split(text, words))
    parts = tuple(_clause(text, each) for each in spans)
    if len(parts) > 1 and _is_one(parts):
        parts = (_clause(text, words),)
    return (replace(parts[0], span=Span(span.start, parts[0].span.end)), *parts[1:])


def _is_one(parts: tuple[Part, ...]) -> bool:
    """True for clauses that only together say something: the first alone says nothing, or all are how members voted."""
    first, *rest = (part.kind for part in parts)
    return first is Remark.ADDITION or (
        first in (Remark.VOTE, Remark.FORM) and not any(isinstance(each, Outcome) for each in rest)
    )


def _split(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for match in _CLAUSE_END.finditer(text, span.start, span.end):
        if match.start() > start:
            yield Span(start, match.start())
            start = match.end()
    yield Span(start, span.end)


def _clause(text: str, span: Span) -> Part:
    conjunction = _CONJUNCTION.match(text, span.start, span.end)
    start = conjunction.end() if conjunction else span.start
    words = text[start : span.end]
    sign = wordings.clause(words)
    mark = points.named(words)
    is_point = mark is not None and (mark.is_of_recommendation or sign.kind is not Outcome.WITHDRAWN)
    rider, vote = _beyond(words, sign) if isinstance(sign.kind, Outcome) else (None, None)
    return Part(
        span,
        sign.kind,
        Span(sign.start, sign.end).shifted(start),
        rider.shifted(start) if rider else None,
        span if sign.kind is Remark.VOTE else vote.shifted(start) if vote else None,
        mark.number if mark and is_point else None,
    )


def _beyond(words: str, sign: wordings.Sign) -> tuple[Span | None, Span | None]:
    """What a clause that decides goes on to add, and what it says of votes."""
    counted = votes.counted(words)
    match = wordings.RIDER.search(words, sign.end)
    if match is None:
        return None, counted
    rest = Span(match.start("rider"), len(words))
    if votes.tells(rest.of(words)):
        return None, counted or rest
    is_addition = sign.kind is Outcome.ADOPTED and not _ABSENCE.search(rest.of(words))
    return (rest if is_addition else None), counted
