"""The wording of a decision → its outcome, the words that show it, what it adds, and what it says of votes.

A decision is read one clause at a time (`wordings` has the tables), or one point at a time where it is made point by
point; the readings are then put together. Text that no rule knows gives `UNKNOWN` alone, and an addition beside an
approval.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ingest import clauses, points, votes
from ingest.clauses import Part
from ingest.model import Outcome, Point, Span
from ingest.points import Mark
from ingest.wording_rules import Remark

_OPEN = re.compile(
    r"\b(beslutter|tager (stilling|beslutning)|træffer beslutning|vælger|peger på|udpeger|prioriterer|afgør)\b",
    re.IGNORECASE,
)
_AGENDA = re.compile(r"\W*dagsorden", re.IGNORECASE)
_RECOMMENDED = re.compile(r"\W*(?:\w+ )?\w*indstilling", re.IGNORECASE)
_OF_AGENDA = re.compile(r"\W*(?:punkt|pkt\.?) \d{1,3} (?:udgår|udgik|tages af|blev taget af)\b", re.IGNORECASE)
_MOTION = re.compile(r"(?!.*indstilling).*\bforslag", re.IGNORECASE | re.DOTALL)
# Words that clerks misspell; tried only where a text says nothing as it stands.
_KNOWN = (
    "indstillingen indstillingerne godkendt godkendes tiltrådt vedtaget efterretning orientering udsættes udskydes "
    "drøftet anbefales forkastet imødekommet dagsordenen genoptages bortfalder oversendes bemærkninger underskrevet"
).split()
_MISSPELT = re.compile(r"\w{6,20}")
_LONGEST_MENDED = 400  # characters; a longer text that says nothing says it in other words
# What a remark is where nothing else is decided.
_ALONE: dict[Remark, Outcome] = {
    Remark.PARTLY: Outcome.DECIDED_OTHERWISE,
    Remark.CHOICE: Outcome.DECIDED_OTHERWISE,
    Remark.ORDER: Outcome.DECIDED_OTHERWISE,
    Remark.LATER: Outcome.POSTPONED,
    Remark.AMENDMENT: Outcome.REJECTED,
}
_UNDONE = frozenset((Outcome.REJECTED, Outcome.POSTPONED, Outcome.WITHDRAWN))
_ADOPTING = frozenset((Outcome.ADOPTED, Outcome.ADOPTED_WITH_ADDITION))
_HEARD = frozenset((Outcome.NOTED, Outcome.DISCUSSED))
_SILENT = frozenset((Outcome.UNKNOWN, Outcome.NONE))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a decision's words say. Spans count in the text that was read; `shown_by` covers the words that show the
    outcome, from the first to the last where several do; None for `UNKNOWN` and for an empty decision. Which lines its
    points decide is still to be told."""

    outcome: Outcome
    additions: tuple[Span, ...] = ()
    votes: tuple[Span, ...] = ()
    points: tuple[Point, ...] = ()
    shown_by: Span | None = None


def classify(text: str) -> Outcome:
    """The outcome of a decision given as text; `UNKNOWN` when its words do not say."""
    return read(text).outcome


def is_open(recommendation: str) -> bool:
    """True for a recommendation line that leaves the choice to the body ("at udvalget beslutter det nye navn"): only
    the decision itself can say what came of it."""
    return bool(_OPEN.search(recommendation))


def read(text: str) -> Reading:
    """Read a decision: its outcome, what it adds to an approval, what it says of votes, and its points if any."""
    reading = _read(text)
    if reading.outcome is Outcome.UNKNOWN and (mended := _mended(text)) != text:
        outcome = _read(mended).outcome
        start = len(text) - len(text.lstrip())
        shown = None if outcome is Outcome.UNKNOWN else Span(start, len(text.rstrip()))
        return replace(reading, outcome=outcome, shown_by=shown)
    return reading


def _read(text: str) -> Reading:
    marks = points.marked(text)
    inner = [_read_whole(text, mark.span) for mark in marks]
    if any(each.outcome not in _SILENT for each in inner):
        return _read_points(text, marks, inner)
    marks = points.listed(text)
    inner = [_read_whole(text, mark.span) for mark in marks]
    if marks and all(each.outcome not in _SILENT for each in inner):
        lead = _read_whole(text, Span(0, marks[0].start))
        if lead.outcome in _SILENT | _HEARD:  # else the list is what an approval adds
            return _read_points(text, marks, inner)
    return _read_whole(text, Span(0, len(text)))


def _mended(text: str) -> str:
    """`text` with misspelt words of decisions put right: one letter too many, missing, wrong or in the wrong place."""
    if len(text) > _LONGEST_MENDED:
        return text

    def mend(word: re.Match[str]) -> str:
        near = process.extractOne(word[0].lower(), _KNOWN, scorer=OSA.distance, score_cutoff=1)
        return near[0] if near else word[0]

    return _MISSPELT.sub(mend, text)


def _read_whole(text: str, span: Span) -> Reading:
    """Read a stretch of text that is one decision, with or without points named in it."""
    parts = clauses.of(text, span)
    cast = tuple(part.vote for part in parts if part.vote is not None)
    decided = _settled(text, parts)
    if not decided:
        outcome = votes.winner(" ".join(each.of(text) for each in cast))
        if not span.of(text).strip(" .-–\n"):
            outcome = Outcome.NONE
        shown = None if outcome in _SILENT else _cover(cast)
        return Reading(outcome, (), cast, (), shown)
    outcome, shown = _combined(decided)
    named = tuple(Point(part.number, part.span, _alone(part)) for part in decided if part.number is not None)
    is_all_named = bool(named) and len(named) == len(decided)
    if is_all_named and outcome is Outcome.ADOPTED and not points.is_whole([each.number for each in named]):
        outcome = Outcome.DECIDED_OTHERWISE  # only some of the points are spoken of
    additions = _additions(text, parts) if outcome is Outcome.ADOPTED else ()
    if additions:
        outcome = Outcome.ADOPTED_WITH_ADDITION
    return Reading(outcome, additions, cast, named, shown)


def _settled(text: str, parts: Sequence[Part]) -> list[Part]:
    """The clauses that decide, without those that others take their weight from: what is read after an approval of the
    agenda belongs to it, and a motion that fell beside an adopted recommendation was an amendment."""
    decided = [part for part in parts if isinstance(part.kind, Outcome) or part.kind in _ALONE]
    adopted = [part for part in decided if part.kind is Outcome.ADOPTED]
    if adopted and _AGENDA.match(adopted[0].span.of(text)):
        return [adopted[0]]
    if adopted and adopted[0].number is None:  # "Godkendt. Punkt 4 udgår.": of the agenda, or what is added
        decided = [p for p in decided if not (p.kind is Outcome.WITHDRAWN and _OF_AGENDA.match(p.span.of(text)))]
    if any(_RECOMMENDED.match(part.span.of(text)) and part.number is None for part in adopted):
        decided = [p for p in decided if not (p.kind in _UNDONE and _MOTION.match(p.span.of(text)))]
    if any(part.kind is not Remark.AMENDMENT for part in decided):
        decided = [part for part in decided if part.kind is not Remark.AMENDMENT]
    if adopted or any(part.kind is Outcome.NOTED for part in decided):
        decided = [part for part in decided if part.kind is not Remark.LATER]
    if any(part.kind is not Remark.ORDER for part in decided):
        decided = [part for part in decided if part.kind is not Remark.ORDER]
    if any(part.kind is not Outcome.NONE for part in decided):
        decided = [part for part in decided if part.kind is not Outcome.NONE]
    return decided


def _alone(part: Part) -> Outcome:
    if isinstance(part.kind, Outcome):
        return Outcome.ADOPTED_WITH_ADDITION if part.rider else part.kind
    return _ALONE.get(part.kind, Outcome.UNKNOWN)


def _combined(decided: Sequence[Part]) -> tuple[Outcome, Span]:
    """The outcome of several clauses that belong to one decision, and the words that show it."""
    kinds = {part.kind for part in decided}
    every = _cover(part.shown for part in decided)

    def shown(*wanted: Outcome | Remark) -> Span:
        return next(part.shown for part in decided if part.kind in wanted)

    if Outcome.SENT_ON in kinds:
        return Outcome.SENT_ON, shown(Outcome.SENT_ON)
    if Remark.PARTLY in kinds:
        return Outcome.DECIDED_OTHERWISE, shown(Remark.PARTLY)
    if Outcome.ADOPTED in kinds:
        is_mixed = bool(kinds & _UNDONE)
        return (Outcome.DECIDED_OTHERWISE, every) if is_mixed else (Outcome.ADOPTED, shown(Outcome.ADOPTED))
    if kinds & {Outcome.POSTPONED, Remark.LATER} and Remark.CHOICE not in kinds:
        return Outcome.POSTPONED, shown(Outcome.POSTPONED, Remark.LATER)
    if Remark.CHOICE in kinds and decided[0].kind is not Outcome.NOTED:
        return Outcome.DECIDED_OTHERWISE, every if kinds & _UNDONE else shown(Remark.CHOICE)
    return _alone(decided[0]), decided[0].shown


def _additions(text: str, parts: Sequence[Part]) -> tuple[Span, ...]:
    """What goes beyond adopting the recommendation, in order."""
    first = next(part for part in parts if part.kind is Outcome.ADOPTED)
    is_agenda = bool(_AGENDA.match(first.span.of(text)))
    beside = {Remark.ADDITION, Remark.CHOICE, Remark.ORDER, Remark.LATER} | (_UNDONE if is_agenda else frozenset())
    found = []
    for part in parts:
        if part.rider is not None:
            found.append(part.rider)
        elif part.kind in beside or (part.kind is Outcome.DISCUSSED and part.span.start > first.span.start):
            found.append(part.span)
    return tuple(found)


def _read_points(text: str, marks: Sequence[Mark], inner: Sequence[Reading]) -> Reading:
    found = tuple(Point(mark.number, mark.span, each.outcome) for mark, each in zip(marks, inner, strict=True))
    lead = clauses.of(text, Span(0, marks[0].start))
    cast = tuple(part.vote for part in lead if part.vote is not None)
    additions = tuple(span for each in inner for span in each.additions)
    cast += tuple(span for each in inner for span in each.votes)
    outcome = _of_points({each.outcome for each in inner})
    shown = [each.shown_by for each in inner if each.shown_by is not None]
    alike = [each.shown_by for each in inner if each.shown_by is not None and each.outcome is outcome]
    return Reading(outcome, additions, cast, found, alike[0] if alike else _cover(shown))


def _of_points(outcomes: set[Outcome]) -> Outcome:
    outcomes = outcomes - {Outcome.NONE} or outcomes
    if len(outcomes) == 1:
        return next(iter(outcomes))
    if Outcome.SENT_ON in outcomes:
        return Outcome.SENT_ON
    if outcomes <= _HEARD:
        return Outcome.DISCUSSED
    if outcomes <= _ADOPTING | _HEARD:
        return Outcome.ADOPTED_WITH_ADDITION if Outcome.ADOPTED_WITH_ADDITION in outcomes else Outcome.ADOPTED
    return Outcome.DECIDED_OTHERWISE


def _cover(spans: Iterable[Span]) -> Span:
    """From the first of the spans to the end of the last."""
    found = tuple(spans)
    return Span(min(each.start for each in found), max(each.end for each in found))
