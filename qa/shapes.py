"""Answers and scorecards → the plain values that `--json` writes: the contract other tools rely on.

Only the command line uses this module. Dates are ISO, pages 1-based; `None` becomes null and says that the source does
not tell. `start` and `end` count characters in the item's text, as `python -m ingest parse` gives it.
"""

from __future__ import annotations

from typing import Any

from qa.digest import Case, Digest, Step
from qa.evaluate import Result
from qa.model import Answer, Citation, Claim, Coverage, HitView, Roll, ThreadStep, Worded
from qa.pending import Pending
from qa.scorecard import MEASURES, Row, Scorecard

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
        "wording": [_worded(each) for each in given.wording],
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


def digest(made: Digest) -> Shape:
    """`digest`: what one body's minutes say of a period."""
    return {
        "municipality": made.body.municipality,
        "committee": made.body.committee,
        "since": made.since.isoformat() if made.since else None,
        "until": made.until.isoformat() if made.until else None,
        "meetings": [
            {"key": each.key, "date": each.date.isoformat(), "kind": str(each.kind)} for each in made.meetings
        ],
        "cases": [_case(each) for each in made.cases],
        "pending": [pending(each) for each in made.pending],
        "amounts": [_claim(each) for each in made.amounts],
        "abbreviations": [
            {"short": each.short, "meaning": each.meaning, "citation": _citation(each.citation)}
            for each in made.abbreviations
        ],
        "recurring": [
            {"title": each.title, "steps": [_case_step(step) for step in each.steps]} for each in made.recurring
        ],
    }


def pending(each: Pending) -> Shape:
    """`pending`: one matter, or part of one, that waits."""
    return {
        "kind": str(each.kind),
        "label": str(each.label),
        "whole": each.is_whole,
        "body": each.body,
        "since": each.since.isoformat(),
        "waits_for": each.waits_for,
        "by": each.by,
        "until": each.until,
        "due": each.due.isoformat() if each.due else None,
        "citation": _citation(each.citation),
        "concerns": _citation(each.concerns) if each.concerns else None,
        "next_item": _citation(each.next_item) if each.next_item else None,
    }


def _case(each: Case) -> Shape:
    return {
        "title": each.title,
        "case_number": each.case_number,
        "steps": [_case_step(step) for step in each.steps],
        "elsewhere": [_case_step(step) for step in each.elsewhere],
    }


def _case_step(step: Step) -> Shape:
    return {
        "heading": _citation(step.heading),
        "kind": str(step.kind),
        "outcome": str(step.outcome),
        "closed": step.is_closed,
        "claims": [_claim(claim) for claim in step.claims],
    }


def scorecard(card: Scorecard) -> Shape:
    """`eval`: what came of questions, counted and one by one."""
    return {
        "scores": [_row(row) for row in card.rows],
        "types": [_row(row) for row in card.types],
        "abstaining": [
            {
                "reason": each.reason,
                "expected": each.expected,
                "given": each.given,
                "precision": each.precision,
                "recall": each.recall,
            }
            for each in card.abstaining
        ],
        "reasons": [{"expected": each.expected, "given": each.given, "count": each.count} for each in card.told],
        "elapsed_ms": {"p50": card.p50_ms, "p95": card.p95_ms},
        "by_words_alone": card.is_by_words,
        "questions": [_result(each) for each in card.results],
    }


def _row(row: Row) -> Shape:
    names = (name.replace(" ", "_") for name in MEASURES)
    return {"group": row.group, "count": row.count} | dict(zip(names, row.values, strict=True))


def _result(result: Result) -> Shape:
    return {
        "id": result.gold.id,
        "rank": result.rank,
        "quoted": result.is_quoted,
        "labelled": result.is_labelled,
        "refused": result.is_refused,
        "expected": result.expected,
        "reason": result.reason,
        "verbatim": result.is_verbatim,
        "elapsed_ms": result.elapsed_ms,
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


def _worded(given: Worded) -> Shape:
    return {
        "text": given.text,
        "label": str(given.label),
        "citations": [_citation(citation) for citation in given.citations],
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
