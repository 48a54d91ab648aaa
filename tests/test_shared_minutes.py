"""Real minutes that are not ours to ship, against labels made by hand. Skipped where `../shared` is not at hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ingest import danish, reading
from ingest.model import AgendaItem, Minutes

SHARED = Path(__file__).parent.parent.parent / "shared"
LABELS = SHARED / "eval" / "parse_dev.jsonl"
AARHUS = "aarhus-byraad-2025-08-27.pdf"
# Where the label counts otherwise: the marks A and B stand in the list's attributes, not in its text.
LINES = {("minutes/ballerup-it-udvalget-2013-05-15-dagsorden.sbsys.xml", "2"): 2}

pytestmark = pytest.mark.skipif(not LABELS.exists(), reason="../shared with the labelled minutes is not at hand")


def labels() -> list[dict[str, Any]]:
    if not LABELS.exists():
        return []
    return [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module", params=labels(), ids=lambda each: Path(each["file"]).stem)
def labelled(request: pytest.FixtureRequest) -> tuple[dict[str, Any], Minutes]:
    return request.param, reading.parse(SHARED / request.param["file"])[1][0]


def words(text: str | None) -> str:
    """A text however it is set; the labels have the foreign letters of the sample by sound."""
    return " ".join(danish.by_sound(re.sub(r"-\s*\n\s*", "", text or "")).split())


def test_the_head_of_the_minutes_is_as_labelled(labelled: tuple[dict[str, Any], Minutes]) -> None:
    label, held = labelled
    meeting = held.meeting
    start = meeting.start and f"{meeting.start:%H:%M}"
    found = (meeting.municipality, meeting.committee, f"{meeting.date}", start, meeting.place, meeting.kind)
    assert found == tuple(label[name] for name in ("municipality", "committee", "date", "start", "place", "kind"))
    assert [each.number for each in held.items] == [each["number"] for each in label["items"]]


def test_every_item_is_as_labelled(labelled: tuple[dict[str, Any], Minutes]) -> None:
    label, held = labelled
    for expected, found in zip(label["items"], held.items, strict=True):
        assert fields(found) == {
            "title": expected["title"],
            "case_number": expected["case_number"],
            "closed": expected["closed"],
            "pages": expected["pages"],
            "sections": set(expected["sections"]) - {"other"},
            "recommendation": LINES.get((label["file"], found.number), expected["recommendation"] or 0),
            "decision": words(expected["decision"]),
            "votes": words(expected["votes"]),
            "earlier": [
                (each["body"], each["date"], each.get("number"), words(each["text"]))
                for each in expected["earlier_decisions"]
            ],
            "attachments": expected["attachments"],
        }, f"punkt {found.number}"


def test_every_reference_is_as_labelled(labelled: tuple[dict[str, Any], Minutes]) -> None:
    label, held = labelled
    for expected, found in zip(label["items"], held.items, strict=True):
        labels = [(each["date"], each["number"], each["committee"]) for each in expected["references"]]
        read = [(each.date and f"{each.date}", each.number, each.committee) for each in found.references]
        assert read == labels, f"punkt {found.number}"


def fields(found: AgendaItem) -> dict[str, Any]:
    """What the labels say of an item, as it was read."""
    own = found.own_decisions
    return {
        "title": found.title,
        "case_number": found.case_number,
        "closed": found.is_closed,
        "pages": list(found.pages) if found.pages else None,
        "sections": {section.kind.value for section in found.sections} - {"other"},
        "recommendation": len(found.recommendations),
        "decision": words(" ".join(each.span.of(found.text) for each in own)),
        "votes": words(" ".join(vote.of(found.text) for each in own for vote in each.votes)),
        "earlier": [
            (each.body, each.date and f"{each.date}", each.number, words(each.span.of(found.text)))
            for each in found.decisions
            if not each.is_own
        ],
        "attachments": list(found.attachments),
    }


def test_every_outcome_is_one_that_the_label_allows(labelled: tuple[dict[str, Any], Minutes]) -> None:
    label, held = labelled
    for expected, found in zip(label["items"], held.items, strict=True):
        outcome = found.own_decisions[-1].outcome if found.own_decisions else "none"
        assert outcome in (expected["outcome"], *expected.get("outcome_also", [])), f"punkt {found.number}"


def test_one_of_the_twenty_one_items_of_aarhus_is_closed_and_only_its_decision_is_kept() -> None:
    _, (held,) = reading.parse(SHARED / "minutes" / AARHUS)
    assert len(held.items) == 21
    (closed,) = (each for each in held.items if each.is_closed)
    assert closed.number == "21"
    assert words(closed.text) == (
        "Punkt 21: Lukket: Køb af landbrugsejendom EMN-2025-007940 Tilbagesendes Magistratsafdelingen for Teknik og "
        "Miljø med bemærkning, at byrådet i sit møde den 27. august 2025 har vedtaget Magistratens foranstående "
        "indstilling af 19. august 2025."
    )


@pytest.mark.parametrize(
    ("name", "committee", "numbers", "decisions"),
    [
        (
            "ballerup-sundheds-og-forebyggelsesudvalget-2012-12-04.pdf",
            "Sundheds- og Forebyggelsesudvalget",
            ["1", "2", "3", "4", "5", "6", "7", "8"],
            ["noted", "adopted", "sent_on", "adopted", "adopted", "adopted", "adopted_with_addition", "noted"],
        ),
        (
            "syddjurs-plan-udvikling-kultur-2013-06-20.pdf",
            "Udvalget for plan, udvikling og kultur (PUK)",
            ["715"],
            ["postponed"],
        ),
    ],
)
def test_minutes_of_older_layouts_have_their_items_and_decisions(
    name: str, committee: str, numbers: list[str], decisions: list[str]
) -> None:
    _, (held,) = reading.parse(SHARED / "minutes" / name)
    assert held.meeting.committee == committee
    assert [each.number for each in held.items] == numbers
    assert [each.own_decisions[-1].outcome for each in held.items] == decisions


def read(name: str) -> Minutes:
    return reading.parse(SHARED / name)[1][0]


def test_the_two_files_of_one_meeting_in_syddjurs_say_the_same() -> None:
    printed, typed = (read(f"minutes/syddjurs-plan-udvikling-kultur-2013-06-20.{form}") for form in ("pdf", "docx"))
    assert typed.meeting == printed.meeting
    (item,), (other,) = typed.items, printed.items
    assert (item.number, item.title, item.case_number) == (other.number, other.title, other.case_number)
    sections, others = (
        [(each.kind, each.heading, words(each.body.of(held.text)).replace(" |", "")) for each in held.sections]
        for held in (item, other)
    )
    assert sections == others
    decisions, others_ = (
        [(each.body, each.date, each.is_own, each.outcome, words(each.span.of(held.text))) for each in held.decisions]
        for held in (item, other)
    )
    assert decisions == others_
    assert item.attachments == other.attachments
    assert item.attachments[0] == "Opsamlingsnotat. Temamøde 20.09.2012"


@pytest.mark.parametrize(
    ("name", "committee", "held", "numbers", "closed", "decisions", "earlier"),
    [
        (
            "minutes/aarhus-teknisk-udvalg-2025-10-01.html",
            "Teknisk Udvalg",
            "2025-10-01",
            ["1", "2", "3", "4", "5", "6"],
            [],
            ["none", "adopted", "postponed", "noted", "discussed", "postponed"],
            10,
        ),
        (
            "firstagenda/hvidovre/agenda_excerpt.json",
            "Økonomiudvalget",
            "2026-05-18",
            ["1", "2", "3", "4", "29", "31", "32", "33", "34"],
            ["32", "33", "34"],
            [],
            7,
        ),
        (
            "minutes/regionh-forretningsudvalget-2012-09-25-dagsorden.sbsys.xml",
            "FORRETNINGSUDVALGET",
            "2012-09-25",
            ["1", "2", "3", "4"],
            [],
            [],
            1,
        ),
        ("koebenhavn/kk_excerpt.json", "Økonomiudvalget", "2026-08-11", ["27", "28"], [], ["sent_on", "sent_on"], 5),
    ],
)
def test_structured_sources_have_their_items_and_decisions(
    name: str, committee: str, held: str, numbers: list[str], closed: list[str], decisions: list[str], earlier: int
) -> None:
    found = read(name)
    assert (found.meeting.committee, f"{found.meeting.date}") == (committee, held)
    assert [each.number for each in found.items] == numbers
    assert [each.number for each in found.items if each.is_closed] == closed
    assert [each.own_decisions[-1].outcome for each in found.items if each.own_decisions] == decisions
    assert sum(not each.is_own for item in found.items for each in item.decisions) == earlier
