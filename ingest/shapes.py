"""Nouns → the plain values that `--json` writes: the contract other tools rely on.

Only the command lines use this module; inside the program no dictionary stands for a noun. Dates are ISO, times
"HH:MM", pages 1-based; `None` becomes null and says that the source does not tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ingest.holdings import Counts, DocumentRecord, DocumentState, EncoderIdentity
from ingest.model import AgendaItem, Decision, Meeting, Minutes, Recommendation, Reference, Section

if TYPE_CHECKING:
    from ingest.coverage import CommitteeCoverage, Gap
    from ingest.pipeline import Report
    from ingest.sync_run import SyncReport

Shape = dict[str, Any]


def parsed(minutes: Iterable[Minutes]) -> Shape:
    """`parse`: the meetings of a file with all that was read of them. The texts of an item's sections, joined, are the
    item's text; every other text is cut from it."""
    return {"meetings": [_minutes(each) for each in minutes]}


def reembedded(made: int, counts: Counts, encoder: EncoderIdentity) -> Shape:
    """`reembed`: how many vectors were made, how many there are, and whose they are now."""
    return {"made": made, "vectors": counts.vectors, "encoder": _encoder(encoder)}


def _encoder(encoder: EncoderIdentity) -> Shape:
    return {"name": encoder.name, "revision": encoder.revision, "dimension": encoder.dimension}


def report(run: Report) -> Shape:
    """`add`: what became of each source, and how much the archive holds now."""
    return {
        "added": list(run.added),
        "updated": list(run.updated),
        "unchanged": list(run.unchanged),
        "failed": [{"source": source, "reason": reason} for source, reason in run.failed],
        "meetings": run.meetings,
        "items": run.items,
        "passages": run.passages,
    }


def status(
    archive: str,
    counts: Counts,
    encoder: EncoderIdentity | None,
    meetings: Iterable[Meeting],
    documents: Iterable[DocumentRecord],
) -> Shape:
    """`status`: the archive in figures, and every source with what became of it."""
    held, records = list(meetings), list(documents)
    dates = [meeting.date.isoformat() for meeting in held]
    return {
        "archive": archive,
        "meetings": counts.meetings,
        "items": counts.items,
        "passages": counts.passages,
        "vectors": counts.vectors,
        "encoder": encoder and _encoder(encoder),
        "municipalities": sorted({meeting.municipality for meeting in held} - {""}),
        "committees": sorted({meeting.committee for meeting in held}),
        "from": min(dates, default=None),
        "to": max(dates, default=None),
        "documents": [
            {"source": each.source, "state": each.state, "meeting": each.meeting, "reason": each.reason}
            for each in records
        ],
        "failed": [
            {"source": each.source, "reason": each.reason} for each in records if each.state is DocumentState.FAILED
        ],
    }


def removed(sources: Iterable[str], restored: Iterable[str], counts: Counts) -> Shape:
    """`remove`: the sources forgotten, those read again in their place, and how much the archive holds now."""
    return {
        "removed": list(sources),
        "restored": list(restored),
        "meetings": counts.meetings,
        "items": counts.items,
        "passages": counts.passages,
    }


def checked(problems: Iterable[str]) -> Shape:
    """`check`: what is wrong with the archive, a sentence each."""
    found = list(problems)
    return {"intact": not found, "problems": found}


def synced(done: SyncReport, run: Report) -> Shape:
    """`sync`: what the site listed, what was fetched and read, and how much the archive holds now."""
    return {
        "listed": done.listed,
        "unchanged": done.unchanged,
        "fetched": list(done.fetched),
        "taken": list(done.taken),
        "attachments": list(done.attachments),
        "failed": [{"source": source, "reason": reason} for source, reason in done.failed],
        "vanished": list(done.vanished),
        "gone": list(done.gone),
        "left": done.left,
        "meetings": run.meetings,
        "items": run.items,
        "passages": run.passages,
    }


def coverage(covered: Iterable[CommitteeCoverage], failed: Iterable[DocumentRecord]) -> Shape:
    """`coverage`: by committee what is loaded and where there are holes; the files that could not be read."""
    return {
        "committees": [
            {
                "municipality": each.municipality,
                "committee": each.committee,
                "meetings": each.meetings,
                "items": each.items,
                "from": each.first.isoformat(),
                "to": each.newest.isoformat(),
                "agenda_only": list(each.agenda_only),
                "gaps": [_gap(gap) for gap in each.gaps],
            }
            for each in covered
        ],
        "failed": [{"source": each.source, "reason": each.reason} for each in failed],
    }


def _gap(gap: Gap) -> Shape:
    return {
        "kind": gap.kind,
        "after": gap.after and gap.after.isoformat(),
        "before": gap.before and gap.before.isoformat(),
        "numbers": gap.numbers and list(gap.numbers),
        "mentions": gap.mentions,
    }


def _minutes(minutes: Minutes) -> Shape:
    meeting = minutes.meeting
    return {
        "key": meeting.key,
        "municipality": meeting.municipality,
        "committee": meeting.committee,
        "date": meeting.date.isoformat(),
        "start": meeting.start and meeting.start.strftime("%H:%M"),
        "place": meeting.place,
        "kind": meeting.kind,
        "supplement": meeting.is_supplement,
        "attendance": [{"name": each.name, "absent": each.is_absent, "note": each.note} for each in meeting.attendance],
        "link": meeting.link,
        "items": [_item(item) for item in minutes.items],
    }


def _item(item: AgendaItem) -> Shape:
    return {
        "key": item.key,
        "number": item.number,
        "title": item.title,
        "case_number": item.case_number,
        "closed": item.is_closed,
        "pages": item.pages and list(item.pages),
        "sections": [_section(item, each) for each in item.sections],
        "recommendations": [_recommendation(item, each) for each in item.recommendations],
        "decisions": [_decision(item, each) for each in item.decisions],
        "references": [_reference(item, each) for each in item.references],
        "attachments": list(item.attachments),
        "absent": list(item.absent),
        "link": item.link,
    }


def _section(item: AgendaItem, section: Section) -> Shape:
    return {
        "kind": section.kind,
        "heading": section.heading,
        "text": section.span.of(item.text),
        "page": item.page_at(section.span.start),
    }


def _recommendation(item: AgendaItem, line: Recommendation) -> Shape:
    return {
        "number": line.number,
        "text": line.span.of(item.text),
        "children": [_recommendation(item, child) for child in line.children],
    }


def _decision(item: AgendaItem, decision: Decision) -> Shape:
    return {
        "body": decision.body,
        "date": decision.date and decision.date.isoformat(),
        "number": decision.number,
        "text": decision.span.of(item.text),
        "outcome": decision.outcome,
        "own": decision.is_own,
        "additions": [span.of(item.text) for span in decision.additions],
        "votes": " ".join(span.of(item.text) for span in decision.votes) or None,
        "points": [
            {
                "number": point.number,
                "text": point.span.of(item.text),
                "outcome": point.outcome,
                "lines": [line.of(item.text) for line in point.lines],
            }
            for point in decision.points
        ],
    }


def _reference(item: AgendaItem, reference: Reference) -> Shape:
    return {
        "date": reference.date and reference.date.isoformat(),
        "number": reference.number,
        "committee": reference.committee,
        "case_number": reference.case_number,
        "quote": reference.span.of(item.text),
        "target": reference.target,
    }
