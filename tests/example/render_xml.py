"""A meeting → the XML that SBSYS eDagsorden publishes.

The text is HTML in CDATA, with every Danish letter as an entity, empty spans, and letters for a list's numbers that
stand in the style alone. Fields that nobody filled in are there too. A closed item is known by `IsPublic` alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from html.entities import codepoint2name

from tests.example import noise
from tests.example.facts import NOTICE, Item, Kind, Meeting
from tests.example.houses import SBSYS_XML
from tests.example.rendered import Rendered
from tests.example.sheets import Block, Printed, Sheet, sheets

_STATES = {Kind.REFERAT: "Minutes", Kind.DAGSORDEN: "Final", Kind.TILLAEG: "Final"}
_ENTITIES = {code: f"&{name};" for code, name in codepoint2name.items() if code > 127}


def publication(meeting: Meeting) -> Rendered:
    """The published XML."""
    lines = [
        '<?xml version="1.0" encoding="utf-8" standalone="yes"?>',
        f"<!-- {NOTICE} -->",
        "<Publication>",
        _tag("Published", f"{meeting.date:%d-%m-%Y} 09:16:47"),
        '<PublishedBy ID="11">', _tag("EmailAddress", ""), _tag("Name", "Dorthe Vangsgaard"), "</PublishedBy>",
        _tag("EnclosureFileNamePattern", "{7}{4}"),
        _tag("OutputFileName", f"{meeting.slug}.xml"),
        _tag("PublicationTypeAsEnum", _STATES[meeting.kind]),
        "<Stylesheets />",
        "<Agendas>",
        f'<Agenda ID="{meeting.id.int % 1000}">',
        _tag("Frontpage", ""),
        _tag("IsExtendedAgenda", str(meeting.kind is Kind.TILLAEG)),
        *_meeting(meeting),
        _tag("Name", meeting.committee),
        '<Committee ID="8">',
        _tag("DefaultMeetingTime", "16:30"),
        _tag("Name", meeting.committee),
        _tag("PeriodStart", "01-01-2022 00:00:00"),
        "</Committee>",
        "<Items>",
        *(line for sheet in sheets(meeting, SBSYS_XML) for line in _item(sheet, meeting)),
        "</Items>", "</Agenda>", "</Agendas>", "</Publication>",
    ]  # fmt: skip
    return Rendered(b"\xef\xbb\xbf" + "\r\n".join(lines).encode("utf-8"))


def _tag(name: str, text: str) -> str:
    return f"<{name}><![CDATA[{text}]]></{name}>" if text else f"<{name}></{name}>"


def _meeting(meeting: Meeting) -> Iterator[str]:
    yield f'<Meeting ID="{meeting.id.int % 5000}">'
    yield _tag("Concluded", f"{meeting.date:%d-%m-%Y} {meeting.end:%H:%M:%S}" if meeting.kind is Kind.REFERAT else "")
    yield "<Members>"
    for number, each in enumerate(meeting.members):
        state = "NotParticipating" if each.is_absent else "Participating"
        name = f"{each.name} ({each.party})"
        yield f'<MeetingMember ID="{60 + number}">'
        yield _tag("ParticipationStatusAsValue", "2" if each.is_absent else "1")
        yield _tag("ParticipationStatusAsText", state if meeting.kind is Kind.REFERAT else "NotDecided")
        yield _tag("ParticipationNote", each.note)
        yield _tag("Name", name)
        yield f'<Member ID="{20 + number}">{_tag("EmailAddress", "")}{_tag("Name", name)}</Member>'
        yield "</MeetingMember>"
    yield "</Members>"
    yield _tag("When", f"{meeting.date:%d-%m-%Y} {meeting.start:%H:%M:%S}")
    yield _tag("Where", meeting.place)
    yield _tag("Until", f"{meeting.date:%d-%m-%Y} {meeting.end:%H:%M:%S}")
    yield "</Meeting>"


def _item(sheet: Sheet, meeting: Meeting) -> Iterator[str]:
    yield f'<Item ID="{sheet.item.id.int % 10000}">'
    yield _tag("Caption", sheet.title)
    yield from _case(sheet.item, sheet.title)
    yield from _enclosures(sheet)
    yield _tag("IsPublic", str(not sheet.item.is_closed))
    yield _tag("MeetingPrepationStateAsEnum", "Approved")
    yield _tag("Number", sheet.number)
    yield "<MeetingPlans />"
    yield "<Fields>"
    blocks = [block for block in sheet.blocks if block.part != "bilag"]
    for index, block in enumerate(blocks, start=1):
        yield from _field(block.heading, _content(block), index, is_feedback=block.part in ("beslutning", "tidligere"))
    if meeting.kind is not Kind.REFERAT:
        yield from _field("Beslutning", "", len(blocks) + 1, is_feedback=True)
    yield "</Fields>"
    yield "</Item>"


def _case(item: Item, title: str) -> Iterator[str]:
    yield '<Case ID="0">'
    yield _tag("Number", item.case_number)
    yield _tag("NumberAndTitle", f"{item.case_number} - {title}")
    yield _tag("Title", title)
    yield "</Case>"


def _enclosures(sheet: Sheet) -> Iterator[str]:
    if not sheet.item.attachments:
        yield "<Enclosures />"
        return
    yield "<Enclosures>"
    for number, name in enumerate(sheet.item.attachments, start=1):
        yield f'<Enclosure ID="{700 + number}">'
        yield '<Case ID="0">' + _tag("Number", "") + _tag("NumberAndTitle", " - ") + _tag("Title", "") + "</Case>"
        yield _tag("FileName", f"P:\\Dagsorden\\{name}.pdf")
        yield _tag("Name", f"{name} ")
        yield _tag("Number", str(number))
        yield "</Enclosure>"
    yield "</Enclosures>"


def _field(caption: str, content: str, index: int, *, is_feedback: bool) -> Iterator[str]:
    yield f'<ItemField ID="{470 + index}">'
    yield _tag("Caption", caption)
    yield _tag("FieldTypeAsEnum", "Html")
    yield _tag("HasContent", str(bool(content)))
    yield _tag("Index", str(index))
    yield _tag("IsFeedback", str(is_feedback))
    yield "<Images />"
    yield _tag("Content", content)
    yield "</ItemField>"


# ── the text of a field ──────────────────────────────────────────────────────────────────────────────────────────────


def _content(block: Block) -> str:
    parts: list[str] = []
    opened: list[int] = []  # the levels of the lists that are open
    for line in block.lines:
        level = line.level if line.mark and line.mark != "•" else -1
        while opened and opened[-1] > level:
            parts.append("</ol>")
            opened.pop()
        if level >= 0 and (not opened or opened[-1] < level):
            style = "decimal" if level else "upper-alpha"
            parts.append(f'<ol start="1" style="list-style-type: {style}">')
            opened.append(level)
        parts.append(_element(line, is_entry=level >= 0, rows=[each for each in block.lines if each.cells]))
    return "\r\n".join([*parts, *("</ol>" for _ in opened), ""])


def _element(line: Printed, *, is_entry: bool, rows: list[Printed]) -> str:
    text = _encoded(line.text)
    if is_entry:
        return f"\t<li>\r\n\t\t{text}</li>"
    if line.cells:
        row = "<tr>" + "".join(f"<td>\r\n{_encoded(cell)}</td>" for cell in line.cells) + "</tr>"
        return ("<table><tbody>" if line is rows[0] else "") + row + ("</tbody></table>" if line is rows[-1] else "")
    if line.mark:
        return f"<ul>\r\n\t<li>\r\n\t\t{text}</li>\r\n</ul>"
    return f"<p>\r\n\t<strong>{text}</strong></p>" if line.is_heading else f'<p>\r\n\t<span face="">{text}</span></p>'


def _encoded(text: str) -> str:
    return escape(noise.with_nbsp(text), quote=False).translate(_ENTITIES)
