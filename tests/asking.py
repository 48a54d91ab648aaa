"""Ask the minutes of Kildemose in `tests/minutes/kildemose`, and check what holds for every answer there can be.

The municipality does not exist. One case, the cycle path along Møllevej, goes through two committees to an agenda; the
other items have one way each in which a matter can end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from ingest import encoders, outcome
from ingest.archive import Archive
from ingest.encoders import Encoder
from ingest.holdings import Entry
from ingest.model import MeetingKind, Outcome, Span
from ingest.pipeline import ingest
from qa.assistant import Assistant
from qa.model import Answer, Claim, Label, Role

ROOT = Path(__file__).parent.parent
KILDEMOSE = sorted((ROOT / "tests" / "minutes" / "kildemose").glob("*.txt"))
SAMPLE = ROOT / "data" / "minutes" / "herning-beskaeftigelsesudvalget-2026-04-28.pdf"
TODAY = date(2026, 11, 23)

NEAR = 0.05  # hits this close to the best may stand before better ones that are older
ADOPTING = {Outcome.ADOPTED, Outcome.ADOPTED_WITH_ADDITION}
UNFINAL = {"not_loaded", "nothing_decided", "closed"}  # reasons that never go with an answer


@cache
def encoder() -> Encoder:
    """The encoder that ships with the project."""
    return encoders.load(None)


def build(path: Path, sources: Iterable[Path], *, with_vectors: bool = True) -> Path:
    """An archive of the files, read in the order given."""
    with Archive.open(path, create=True) as archive:
        report = ingest(archive, sources, encoder=encoder() if with_vectors else None)
    assert report.failed == ()
    return path


def said(answer: Answer) -> list[tuple[str, str, str]]:
    """The claims as (label, role, text), in order."""
    return [(str(claim.label), str(claim.role), " ".join(claim.text.split())) for claim in answer.claims]


def texts(claims: Iterable[Claim], role: Role) -> list[str]:
    """What the claims in one role say, in order."""
    return [" ".join(claim.text.split()) for claim in claims if claim.role is role]


def reason(answer: Answer) -> str | None:
    """Why there is no final answer; None when there is one."""
    return str(answer.abstention.reason) if answer.abstention else None


def first_hit(answer: Answer) -> str:
    """The key of the item found first."""
    return answer.hits[0].hit.item


def check(assistant: Assistant, answer: Answer) -> None:
    """Fail unless the answer keeps every promise made of all answers."""
    for claim in answer.claims:
        _check_claim(assistant, claim)
    _check_hits(answer)
    _check_standing(answer)
    _check_filters(answer)


def _check_claim(assistant: Assistant, claim: Claim) -> None:
    assert claim.citations
    assert claim.text == claim.citations[0].quote
    for citation in claim.citations:
        entry = assistant.entry(citation.item)
        assert entry is not None
        assert citation.quote == entry.item.text[citation.span.start : citation.span.end] != ""
        pages = entry.item.pages
        if pages is None:
            assert citation.page is None
        else:
            assert citation.page is not None
            assert pages[0] <= citation.page <= pages[1]
        place = (entry.meeting.committee, entry.meeting.date, entry.item.number, entry.source)
        assert place == (citation.committee, citation.date, citation.number, citation.source)
        if entry.item.is_closed:
            assert _is_published(entry, citation.span)
    _check_label(assistant, claim)


def _check_label(assistant: Assistant, claim: Claim) -> None:
    """What is called decided stands in the meeting's own decision, or is a line that this decision adopts."""
    entry = assistant.entry(claim.citations[0].item)
    assert entry is not None
    span = claim.citations[0].span
    own = [each for each in entry.item.own_decisions if each.span.covers(span)]
    lines = [line.span for top in entry.item.recommendations for line in top.leaves()]
    if claim.label is Label.DECIDED:
        assert entry.meeting.kind is MeetingKind.REFERAT
        last = entry.item.own_decisions[-1]
        by_points = {line for point in last.points if point.outcome in ADOPTING for line in point.lines}
        is_adopted = span in by_points if last.points else span in lines and last.outcome in ADOPTING
        assert own or is_adopted
        if claim.role is Role.ADOPTED:
            assert not outcome.is_open(claim.text)
    if claim.role is Role.VOTE:
        assert any(vote.covers(span) for decision in own for vote in decision.votes)
    if claim.role is Role.ADDITION:
        assert any(addition.covers(span) for decision in own for addition in decision.additions)


def _is_published(entry: Entry, span: Span) -> bool:
    heading = entry.item.sections[0].span
    return heading.covers(span) or any(each.span.covers(span) for each in entry.item.own_decisions)


def _check_hits(answer: Answer) -> None:
    items = [view.hit.item for view in answer.hits]
    assert len(items) == len(set(items))
    scores = [view.hit.score for view in answer.hits]
    assert all(0 <= score <= 1 for score in scores)
    behind = [score for score in scores if score < max(scores) - NEAR]
    assert behind == sorted(behind, reverse=True)
    assert scores[len(scores) - len(behind) :] == behind
    for view in answer.hits:
        assert view.hit.passage.item == view.hit.item


def _check_standing(answer: Answer) -> None:
    """An answer has claims, and what is no answer has a reason; the reasons go with what they can go with."""
    assert answer.claims or answer.attendance if answer.is_answered else answer.abstention
    assert not (answer.is_answered and reason(answer) in UNFINAL)
    assert all(roll.meeting.attendance for roll in answer.attendance)
    if not answer.claims and not answer.attendance:
        assert reason(answer) == "not_loaded"
        assert answer.thread == ()


def _check_filters(answer: Answer) -> None:
    wanted = answer.question.selection
    places = [(view.meeting.committee, view.meeting.date, view.number) for view in answer.hits]
    places += [(place.committee, place.date, place.number) for claim in answer.claims for place in claim.citations]
    for committee, day, number in places:
        assert not wanted.committees or committee in wanted.committees
        assert not wanted.numbers or number in wanted.numbers
        assert wanted.since is None or day >= wanted.since
        assert wanted.until is None or day <= wanted.until


def alike(one: Answer, other: Answer) -> bool:
    """True for two answers that say the same, whatever time they took and whatever order the archive was made in."""
    return _told(one) == _told(other)


def _told(answer: Answer) -> tuple[object, ...]:
    hits: Sequence[object] = [
        (view.hit.item, round(view.hit.score, 6), view.text, view.page, view.title) for view in answer.hits
    ]
    return (answer.question, answer.is_answered, answer.claims, answer.abstention, hits, answer.thread, answer.coverage)
