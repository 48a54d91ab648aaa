"""A meeting → the answer `dagsorden/{id}` of a FirstAgenda site, and all of them → its answer `udvalgsliste`.

Keys are UpperCamelCase in one half of the answers and lowerCamelCase in the other. The text is what a word processor
left: a title and meta marks in every span, blank paragraphs, no-break spaces, words cut in two spans, lists whose
numbers stand in the marks alone. Earlier decisions stand in the box of the Indstilling. A site should send nothing of a
closed item; this one does, and a reader must not let it through.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from html import escape
from typing import Any

from tests.example import loader, noise
from tests.example.facts import NOTICE, SITE, Kind, Meeting, identity
from tests.example.houses import FIRSTAGENDA_JSON
from tests.example.rendered import Rendered
from tests.example.sheets import Block, Printed, Sheet, sheets

NOBODY = "00000000-0000-0000-0000-000000000000"
NAMES = {Kind.REFERAT: "Referat", Kind.DAGSORDEN: "Dagsorden", Kind.TILLAEG: "Tillægsdagsorden"}
_CLASSES = {"resume": "beslutningstema", "indstilling": "indstilling", "supplerende": "ukendt"}
_WORD = (
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    '<meta http-equiv="Content-Style-Type" content="text/css">'
    '<meta name="generator" content="Aspose.Words for .NET 22.1.0"><title>Dagsordenspunkt</title>'
)
_BLANK = f"<p><span>{noise.NBSP}</span></p>"

Answer = dict[str, Any]


def answer(meeting: Meeting) -> Rendered:
    """The JSON of one meeting."""
    held = sheets(meeting, FIRSTAGENDA_JSON)
    whole = {
        "Dagsordenpunkter": [_item(sheet, place, meeting) for place, sheet in enumerate(held, start=1)],
        "Udvalg": {
            "Id": str(_committee_id(meeting)),
            "OrganisationId": str(identity("organisation")),
            "Navn": meeting.committee,
            "Historisk": False,
        },
        "Moede": _meeting(meeting)
        | {
            "Id": NOBODY,
            "MeetingEndUtc": None,
            "ReleasedDate": None,
            "Description": NOTICE,
            "SourceId": str(meeting.id.int % 9000 + 1000),
            "Moededeltagere": [_member(each.name, is_absent=each.is_absent) for each in meeting.members],
        },
        "TillaegsDagsorden": meeting.kind is Kind.TILLAEG,
        "Id": str(meeting.id),
        "Lydfiler": None,
        "LiveIntegrationEnabled": False,
    }
    return Rendered(_json(whole if meeting.id.int % 2 else _lower(whole)))


def committees(meetings: Iterable[Meeting]) -> Rendered:
    """The JSON that lists every committee with its meetings: one entry for each document, newest first. A committee has
    another id in each term of office."""
    groups: dict[str, dict[str, Answer]] = {}
    for meeting in sorted(meetings, key=lambda each: (each.date, each.version), reverse=True):
        group = groups.setdefault(f"Udvalg {_term(meeting.date)}", {})
        committee = group.setdefault(
            meeting.committee, {"Id": str(_committee_id(meeting)), "Navn": meeting.committee, "Moeder": []}
        )
        committee["Moeder"].append(_meeting(meeting))
    return Rendered(_json({"Udvalg": {name: list(group.values()) for name, group in groups.items()}}))


def _json(value: Answer) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


def _lower(value: Any) -> Any:
    """The same with keys in lowerCamelCase."""
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: _lower(each) for key, each in value.items()}
    return [_lower(each) for each in value] if isinstance(value, list) else value


def _term(day: date) -> str:
    return "2022-2025" if day.year < 2026 else "2026-2029"


def _committee_id(meeting: Meeting) -> Any:
    return identity(meeting.committee, _term(meeting.date))


def _meeting(meeting: Meeting) -> Answer:
    begin, end = (_moment(meeting.date, hour) for hour in (meeting.start, meeting.end))
    is_held = meeting.kind is Kind.REFERAT
    released = meeting.date + timedelta(days=(9 if "rettet" in meeting.version else 3) if is_held else -5)
    return {
        "Id": str(meeting.id),
        "MeetingBeginUtc": begin,
        "MeetingEndUtc": end,
        "ReleasedDate": _moment(released, time(10, 14, 7)).replace("+", ".2503117+"),
        "Dato": begin,
        "Sted": f"{meeting.place} ",
        "Afsluttet": is_held,
        "Moededeltagere": None,
        "Navn": NAMES[meeting.kind],
        "Description": None,
        "ElasticSearchResults": None,
        "SourceId": None,
        "IsSupplementaryAgenda": False,
    }


def _moment(day: date, hour: time) -> str:
    """Local time with its offset: +02:00 from the last Sunday of March to the last of October."""
    first, last = (date(day.year, month, 31) for month in (3, 10))
    turns = [each - timedelta(days=(each.weekday() + 1) % 7) for each in (first, last)]
    offset = "+02:00" if turns[0] <= day < turns[1] else "+01:00"
    return datetime.combine(day, hour).isoformat() + offset


def _member(name: str, *, is_absent: bool) -> Answer:
    typed = name.replace(" ", "  ") if noise.chosen(name, 4) else name
    return {"Name": typed, "Absent": is_absent, "ParticipationCancelled": False, "AttendanceType": 0}


def _item(sheet: Sheet, place: int, meeting: Meeting) -> Answer:
    document = identity(meeting.version, str(sheet.item.id), "document")
    return {
        "Lydfiler": None,
        "Ressourcer": None,
        "Presentations": None,
        "ItemDecision": None,
        "SagsNummer": sheet.case_number,
        "Navn": sheet.title,
        "Punktnummer": sheet.number,
        "Bilag": [
            {"HarPdfVersion": "true", "Order": 0, "Navn": name, "Id": str(identity(sheet.item.name, name))}
            for name in sheet.item.attachments
        ],
        "Documents": None,
        "Id": str(sheet.item.id),
        "IntegrationUid": NOBODY,
        "CorporationUid": NOBODY,
        "AgendaUid": str(meeting.id),
        "Number": sheet.number,
        "Sorting": place,
        "IsOpen": not sheet.item.is_closed,
        "CaseNumber": sheet.case_number,
        "SourceId": str(sheet.item.id.int % 90000 + 10000),
        "Caption": sheet.title,
        "CasePresentationUid": None,
        "ExternalAgendaItemAttendees": [],
        "Felter": [
            {
                "Navn": "",
                "Html": _html(sheet),
                "Tekst": None,
                "Id": NOBODY,
                "Link": "" if sheet.item.is_closed else f"{SITE}/Vis/Pdf/bilag/{document}",
                "DocumentId": NOBODY if sheet.item.is_closed else str(document),
            }
        ],
    }


# ── the text of an item ──────────────────────────────────────────────────────────────────────────────────────────────


def _html(sheet: Sheet) -> str:
    blocks = [block for block in sheet.blocks if block.part != "bilag"]
    earlier = "".join(_section(block) for block in blocks if block.part == "tidligere")
    parts = [
        f"<div>{_section(block)}{earlier}</div>\r\n" if block.part == "indstilling" else _section(block)
        for block in blocks
        if block.part != "tidligere"
    ]
    inside = "\r\n".join(parts)
    return f"<div><div id='sagsfremstillingContainer'>\r\n\r\n{inside}\r\n\r\n</div></div>"


def _section(block: Block) -> str:
    return f"<h3>{escape(block.heading)}</h3>\r\n{_span(block)}\r\n"


def _span(block: Block) -> str:
    opening = f"<span class='{_CLASSES[block.part]}'>" if block.part in _CLASSES else "<span>"
    return f"{opening}{_WORD}<div>{''.join(_lines(block.lines))}</div></span>"


def _lines(lines: tuple[Printed, ...]) -> Iterator[str]:
    """Paragraphs with blank ones between; neighbouring lines of a list or table in one element."""
    place = 0
    while place < len(lines):
        line = lines[place]
        group = list(_run(lines[place:]))
        if line.cells:
            yield _table(group)
        elif line.mark and line.mark != "•":
            yield _list(group, _count_before(lines[:place], line.level))
        else:
            group = [line]
            yield _paragraph(line)
            yield _BLANK
        place += len(group)


def _run(lines: tuple[Printed, ...]) -> Iterator[Printed]:
    """The lines from the first on that are of its kind."""
    for line in lines:
        if (bool(line.cells), line.mark == "•", bool(line.mark), line.level) != (
            bool(lines[0].cells),
            lines[0].mark == "•",
            bool(lines[0].mark),
            lines[0].level,
        ):
            return
        yield line


def _count_before(lines: tuple[Printed, ...], level: int) -> int:
    """How many lines of this list stand above, on the same level."""
    count = 0
    for line in lines:
        if line.mark and line.level == level:
            count += 1
        elif line.mark and line.level < level:
            count = 0
    return count


def _list(lines: list[Printed], before: int) -> str:
    start = f' start="{before + 1}"' if before else ""
    kind = "a" if lines[0].level else "1"
    return f'<ol{start} type="{kind}">{"".join(f"<li>{_spans(line.text)}</li>" for line in lines)}</ol>'


def _table(lines: list[Printed]) -> str:
    rows = ("".join(f"<td><p>{_spans(cell)}</p></td>" for cell in line.cells) for line in lines)
    return f'<table cellspacing="0" cellpadding="0">{"".join(f"<tr>{row}</tr>" for row in rows)}</table>'


def _paragraph(line: Printed) -> str:
    if line.is_heading:
        return f"<h4>{_spans(line.text)}</h4>"
    bullet = f"<span>•</span><span>{noise.NBSP * 3}</span>" if line.mark else ""
    return f"<p>{bullet}{_spans(line.text)}</p>"


def _spans(text: str) -> str:
    return "".join(f"<span>{escape(piece)}</span>" for piece in noise.pieces(noise.with_nbsp(text)))


def every() -> Rendered:
    """`udvalgsliste` for all documents there are."""
    return committees(loader.meetings())
