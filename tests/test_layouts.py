"""Minutes we invented in the layouts of municipalities, each beside what is to be read in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest import reading
from ingest.model import AgendaItem, Attendee, Decision, Minutes

LAYOUTS = sorted((Path(__file__).parent / "minutes" / "layouts").glob("*.txt"))


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_minutes_in_the_layout_of_a_municipality_are_read_in_full(path: Path) -> None:
    _, (held,) = reading.parse(path)
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = meeting(held)
    assert [each["number"] for each in found["items"]] == [each["number"] for each in expected["items"]]
    for one, other in zip(found["items"], expected["items"], strict=True):
        assert one == other
    assert found == expected


def meeting(held: Minutes) -> dict[str, Any]:
    """What was read, under the names that `parse --json` gives it; of sections only what they are."""
    of = held.meeting
    return {
        "municipality": of.municipality,
        "committee": of.committee,
        "date": of.date.isoformat(),
        "start": of.start and of.start.strftime("%H:%M"),
        "place": of.place,
        "kind": of.kind.value,
        "attendance": [attendee(each) for each in of.attendance],
        "items": [item(each) for each in held.items],
    }


def attendee(each: Attendee) -> dict[str, Any]:
    return {"name": each.name, "absent": each.is_absent, "note": each.note}


def item(each: AgendaItem) -> dict[str, Any]:
    return {
        "number": each.number,
        "title": each.title,
        "case_number": each.case_number,
        "closed": each.is_closed,
        "sections": [{"kind": part.kind.value, "heading": part.heading} for part in each.sections[1:]],
        "recommendations": [{"number": line.number, "text": line.span.of(each.text)} for line in each.recommendations],
        "decisions": [decision(each, made) for made in each.decisions],
        "references": [
            {"date": made.date and made.date.isoformat(), "number": made.number, "committee": made.committee}
            for made in each.references
        ],
        "attachments": list(each.attachments),
        "absent": list(each.absent),
    }


def decision(of: AgendaItem, each: Decision) -> dict[str, Any]:
    return {
        "body": each.body,
        "date": each.date and each.date.isoformat(),
        "number": each.number,
        "text": each.span.of(of.text),
        "outcome": each.outcome.value,
        "own": each.is_own,
        "votes": " ".join(span.of(of.text) for span in each.votes) or None,
    }
