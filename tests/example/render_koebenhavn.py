"""All meetings → one JSON file in the form of the København collection: an entry for each item of each meeting.

It holds one document of a meeting (the one that counts) and neither time, place, case numbers nor attendance. Sentences
are broken by hard line ends, and tables stand one cell to a paragraph.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.example import loader, noise
from tests.example.facts import MUNICIPALITY, NOTICE, SITE, Kind, Meeting
from tests.example.houses import KOEBENHAVN_JSON
from tests.example.rendered import Rendered
from tests.example.sheets import Block, Printed, Sheet, sheets

_WIDTH = 88


def collection() -> Rendered:
    """The file of all meetings."""
    entries = {each["id"]: each for meeting in loader.standing() for each in _entries(meeting)}
    whole = {"kommune": MUNICIPALITY, "bemærk": NOTICE, "sager": entries}
    return Rendered(json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8"))


def _entries(meeting: Meeting) -> Iterator[dict[str, Any]]:
    kind = "referat" if meeting.kind is Kind.REFERAT else "dagsorden"
    for sheet in sheets(meeting, KOEBENHAVN_JSON):
        yield {
            "id": f"kk-{meeting.date}-{meeting.committee.lower()}-{sheet.number}",
            "kommune": MUNICIPALITY,
            "udvalg": meeting.committee,
            "dato": meeting.date.isoformat(),
            "type": kind,
            "nr": int(sheet.number),
            "kilde": f"{SITE}/moeder/{meeting.slug}/punkt-{sheet.number}",
            "hentet": "2026-11-20T09:12:44.118Z",
            "titel": sheet.title,
            "afsnit": [_section(block) for block in sheet.blocks if block.part != "bilag"],
            **_attachments(sheet),
        }


def _section(block: Block) -> dict[str, str]:
    return {"titel": block.heading, "tekst": "\n\n".join(part for line in block.lines for part in _parts(line))}


def _parts(line: Printed) -> Iterator[str]:
    if line.cells:
        yield from line.cells
    elif line.mark or line.is_heading or not noise.chosen(line.text, 2):
        yield line.whole
    else:
        yield "\n".join(noise.wrapped(line.whole, _WIDTH, breaks_words=False))


def _attachments(sheet: Sheet) -> dict[str, Any]:
    return {"bilag": [{"navn": name, "url": None} for name in sheet.item.attachments]} if sheet.item.attachments else {}
