"""Answers → the plain values that `--json` writes: the contract other tools rely on.

Only the command line uses this module. Dates are ISO, pages 1-based; `None` becomes null and says that the source does
not tell. `start` and `end` count characters in the item's text, as `python -m ingest parse` gives it.
"""

from __future__ import annotations

from typing import Any

from qa.model import Answer, Citation, Claim, Coverage, HitView, Roll, ThreadStep

Shape = dict[str, Any]


def answer(given: Answer, *, id: object = None) -> Shape:
    """`ask`: an answer; with its question's `id` in a batch."""
    shape: Shape = {} if id is None else {"id": id}
    return shape | {
        "question": given.question.text,
        "language": str(given.question.language),
        "answered": given.is_answered,
        "abstention": {"reason": str(given.abstention.reason), "text": given.abstention.text}
        if given.abstention
        else None,
        "claims": [_claim(claim) for claim in given.claims],
        "hits": [_hit(hit) for hit in given.hits],
        "thread": [_step(step) for step in given.thread],
        "coverage": coverage(given.coverage),
        "notes": list(given.notes),
        "elapsed_ms": given.elapsed_ms,
        "follows": given.question.leans_on or None,
        "attendance": [_roll(roll) for roll in given.attendance],
    }


def coverage(held: Coverage) -> Shape:
    """What is loaded."""
    return {
        "meetings": held.meetings,
        "committees": list(held.committees),
        "from": held.first.isoformat() if held.first else None,
        "to": held.last.isoformat() if held.last else None,
    }


def _roll(roll: Roll) -> Shape:
    return {
        "meeting": roll.meeting.key,
        "municipality": roll.meeting.municipality,
        "committee": roll.meeting.committee,
        "date": roll.meeting.date.isoformat(),
        "source": roll.source,
        "link": roll.meeting.link,
        "present": [{"name": each.name, "note": each.note} for each in roll.present],
        "absent": [{"name": each.name, "note": each.note} for each in roll.absent],
    }


def _claim(claim: Claim) -> Shape:
    return {
        "label": str(claim.label),
        "role": str(claim.role),
        "text": claim.text,
        "body": claim.body,
        "date": claim.date.isoformat() if claim.date else None,
        "outcome": str(claim.outcome) if claim.outcome else None,
        "citations": [_citation(citation) for citation in claim.citations],
    }


def _citation(citation: Citation) -> Shape:
    return {
        "item": citation.item,
        "municipality": citation.municipality,
        "committee": citation.committee,
        "date": citation.date.isoformat(),
        "number": citation.number,
        "title": citation.title,
        "case_number": citation.case_number,
        "section": citation.section,
        "page": citation.page,
        "quote": citation.quote,
        "source": citation.source,
        "link": citation.link,
        "start": citation.span.start,
        "end": citation.span.end,
    }


def _hit(view: HitView) -> Shape:
    return {
        "key": view.hit.item,
        "municipality": view.meeting.municipality,
        "committee": view.meeting.committee,
        "date": view.meeting.date.isoformat(),
        "number": view.number,
        "title": view.title,
        "score": round(view.hit.score, 4),
        "page": view.page,
        "section": str(view.hit.passage.kind),
        "passage": view.text,
    }


def _step(step: ThreadStep) -> Shape:
    return {
        "committee": step.committee,
        "date": step.date.isoformat() if step.date else None,
        "number": step.number,
        "title": step.title,
        "outcome": str(step.outcome) if step.outcome else None,
        "loaded": step.is_loaded,
        "key": step.item,
    }
