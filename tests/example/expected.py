"""A meeting and a format → what must be read back, in the shape of `python -m ingest parse FILE --json`.

What a format cannot carry is expected to be null or an empty list; what it may carry in more than one way ("link" where
no address is printed) is left out. Texts are compared word by word (`comparing`), so white space is free.
"""

from __future__ import annotations

from typing import Any

from tests.example import sheets
from tests.example.facts import MUNICIPALITY, SITE, Earlier, Item, Kind, Meeting, Reference
from tests.example.houses import FIRSTAGENDA_JSON, Carried, House
from tests.example.sheets import Block, Printed, Sheet

Shape = dict[str, Any]


def meeting(meeting: Meeting, house: House, pages: tuple[tuple[int, int], ...] = ()) -> Shape:
    """The meeting as read from the file `house` makes of it; `pages` are those the renderer set the items on."""
    held = sheets.sheets(meeting, house)
    shape: Shape = {
        "key": meeting.key,
        "municipality": MUNICIPALITY,
        "committee": meeting.committee,
        "date": meeting.date.isoformat(),
        "start": f"{meeting.start:%H:%M}" if Carried.START in house.carries else None,
        "place": meeting.place if Carried.PLACE in house.carries else None,
        "kind": "referat" if meeting.kind is Kind.REFERAT else "dagsorden",
        "attendance": attendance(meeting, house),
        "items": [_item(sheet, meeting, house, pages[place] if pages else None) for place, sheet in enumerate(held)],
    }
    if house is FIRSTAGENDA_JSON:
        shape["link"] = f"{SITE}/vis?id={meeting.id}"
    return shape


def attendance(meeting: Meeting, house: House) -> list[Shape]:
    """Who was there. An eDoc agenda lists nobody; the FirstAgenda site gives names alone."""
    if Carried.ATTENDANCE not in house.carries or (house.name == "edoc-pdf" and meeting.kind is not Kind.REFERAT):
        return []
    is_bare = house is FIRSTAGENDA_JSON
    return [
        {
            "name": each.name if is_bare else f"{each.name} ({each.party})",
            "absent": each.is_absent,
            "note": None if is_bare else each.note or None,
        }
        for each in meeting.members
    ]


def _item(sheet: Sheet, meeting: Meeting, house: House, pages: tuple[int, int] | None) -> Shape:
    item = sheet.item
    shown = [each for each in sheet.blocks if sheet.shows(each)]
    shape: Shape = {
        "key": f"{meeting.key}/{sheet.number}",
        "number": sheet.number,
        "title": sheet.title,
        "case_number": sheet.case_number if Carried.CASE_NUMBER in house.carries else None,
        "closed": item.is_closed,
        "pages": list(pages) if pages else None,
        "sections": [_section(block, item) for block in shown],
        "recommendations": [] if item.is_closed else _recommendations(sheet),
        "decisions": _decisions(item, meeting, house),
        "references": [] if item.is_closed else [_reference(each) for each in item.references],
        "attachments": [] if item.is_closed else _attachments(sheet),
        "absent": list(item.absent) if Carried.ABSENT in house.carries and meeting.kind is Kind.REFERAT else [],
    }
    if house is FIRSTAGENDA_JSON:
        shape["link"] = f"{SITE}/vis?id={meeting.id}&punktid={item.id}"
    if house.name == "koebenhavn-json":
        shape["link"] = f"{SITE}/moeder/{meeting.slug}/punkt-{sheet.number}"
    return shape


def _section(block: Block, item: Item) -> Shape:
    words = " ".join([f"{block.heading}:" if block.is_run_in else block.heading, *(line.whole for line in block.lines)])
    return {"kind": block.kind, "heading": block.heading, "text": _masked(words, item)}


def _masked(text: str, item: Item) -> str:
    for number in item.personal_numbers:
        text = text.replace(number, "".join("x" if each.isdigit() else each for each in number))
    return text


def _recommendations(sheet: Sheet) -> list[Shape]:
    block = sheet.block("indstilling")
    if block is None or sheet.item.recommendation is None:
        return []
    lines = list(block.lines[1:] if sheet.item.recommendation.proposer else block.lines)
    found: list[Shape] = []
    for line in lines:
        (found[-1]["children"] if line.level else found).append(_line(line))
    return found


def _line(line: Printed) -> Shape:
    number = line.mark.removeprefix("At ").strip(").")
    return {"number": number if number.isalnum() else None, "text": line.text, "children": []}


def _attachments(sheet: Sheet) -> list[str]:
    """The names: whole lines, or the third cell where there are columns for count, openness, name and number."""
    block = sheet.block("bilag")
    return [_masked(line.cells[2] if line.cells else line.text, sheet.item) for line in block.lines] if block else []


def _decisions(item: Item, meeting: Meeting, house: House) -> list[Shape]:
    earlier = [] if item.is_closed else [_decision(each, is_own=False) for each in item.earlier]
    own = []
    if item.decision is not None:
        own = [_decision(Earlier(meeting.committee, meeting.date, item.number, item.decision), is_own=True)]
    is_first = house.order.index("beslutning") < house.order.index("tidligere")
    return own + earlier if is_first else earlier + own


def _decision(each: Earlier, *, is_own: bool) -> Shape:
    decision = each.decision
    return {
        "body": each.committee,
        "date": each.date.isoformat(),
        "text": " ".join(decision.paragraphs),
        "outcome": decision.outcome,
        "own": is_own,
        "additions": list(decision.additions),
        "votes": " ".join(decision.votes) or None,
        "points": [{"number": point.number, "text": point.text, "outcome": point.outcome} for point in decision.points],
    }


def _reference(each: Reference) -> Shape:
    return {
        "date": each.date and each.date.isoformat(),
        "number": each.number,
        "committee": each.committee,
        "case_number": each.case_number,
    }


def secrets(meeting: Meeting) -> tuple[str, ...]:
    """Sentences of closed items that no reader may let through."""
    closed = [item for item in meeting.items if item.is_closed]
    told = [line.text for item in closed for section in item.sections for line in section.lines]
    return (*told, *(line.text for item in closed if item.recommendation for line in item.recommendation.lines))
