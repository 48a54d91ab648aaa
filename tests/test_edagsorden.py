"""SBSYS eDagsorden XML → meetings: fields under their captions, decisions of several days, what a template left."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from ingest import reading
from ingest.errors import NotMinutes, Unreadable
from ingest.model import Attendee, MeetingKind, Minutes, SectionKind


def field(index: int, caption: str, content: str, *, is_feedback: bool = False, kind: str = "Html") -> str:
    return (
        f"<ItemField><Caption><![CDATA[{caption}]]></Caption><FieldTypeAsEnum>{kind}</FieldTypeAsEnum>"
        f"<Index>{index}</Index><IsFeedback>{is_feedback}</IsFeedback><Content><![CDATA[{content}]]></Content></ItemField>"
    )


def item(number: int, caption: str, *fields: str, case: str = "", is_public: bool = True, more: str = "") -> str:
    return (
        f"<Item><Caption><![CDATA[{caption}]]></Caption><Case><Number><![CDATA[{case}]]></Number></Case>{more}"
        f"<IsPublic>{is_public}</IsPublic><Number>{number}</Number><Fields>{''.join(fields)}</Fields></Item>"
    )


def agenda(*items: str, name: str = "Teknisk Udvalg", when: str = "20-01-2026 16:30:00", extended: bool = False) -> str:
    return f"""<Agenda ID="32"><IsExtendedAgenda>{extended}</IsExtendedAgenda>
    <Meeting ID="26"><Concluded></Concluded><Members>
    <MeetingMember><ParticipationStatusAsText>Participating</ParticipationStatusAsText><ParticipationNote></ParticipationNote>
    <Name><![CDATA[Ida Lund (A)]]></Name></MeetingMember>
    <MeetingMember><ParticipationStatusAsText>NotParticipating</ParticipationStatusAsText>
    <ParticipationNote><![CDATA[syg]]></ParticipationNote><Name><![CDATA[Bo Lind (V)]]></Name></MeetingMember>
    <MeetingMember><ParticipationStatusAsText>NotDecided</ParticipationStatusAsText><Name>Eva Kær</Name></MeetingMember>
    </Members><When><![CDATA[{when}]]></When><Where><![CDATA[Lokale 3 på Odder Rådhus]]></Where></Meeting>
    <Name><![CDATA[Møde]]></Name><Committee ID="8"><Name><![CDATA[{name}]]></Name></Committee>
    <Items>{"".join(items)}</Items></Agenda>"""


def export(*agendas: str, kind: str = "Final") -> str:
    return (
        f'\ufeff<?xml version="1.0" encoding="utf-8"?>\n<Publication><PublicationTypeAsEnum><![CDATA[{kind}]]>'
        f"</PublicationTypeAsEnum><Agendas>{''.join(agendas)}</Agendas></Publication>"
    )


def read(tmp_path: Path, xml: str) -> tuple[Minutes, ...]:
    path = tmp_path / "export"
    path.write_text(xml, encoding="utf-8")
    return reading.parse(path)[1]


UPPER_LETTERS = "<ol style='list-style-type: upper-alpha'><li>badet &aring;bnes</ol>"
BATH = item(
    2,
    "Nyt søbad",
    field(
        3,
        "INDSTILLING",
        "<p>Direktøren indstiller, at</p>" + UPPER_LETTERS,
    ),
    field(1, "Tidligere behandling", "Teknisk Udvalg den 3. marts 2025\nPunkt 4", kind="Multiline"),
    field(2, "", "<p>Badet ligger ved s&oslash;en.</p>"),
    field(4, "Høring", "<p>\n\t&nbsp;</p>"),
    field(5, "Lovgrundlag", "<p>Tomt indhold</p>"),
    field(
        6,
        "TEKNISK UDVALGS BESLUTNING",
        "<p><b>6. januar 2026:</b> Sagen blev udsat.</p><p>Bo deltog ikke.</p>"
        "<p><b>20. januar 2026:</b> Tiltr&aring;dt.</p>",
        is_feedback=True,
    ),
    case="-",
    more="<Enclosures><Enclosure><FileName>k.pdf</FileName><Name><![CDATA[Kort ]]></Name></Enclosure></Enclosures>",
)


def test_an_export_is_read_field_by_field(tmp_path: Path) -> None:
    (held,) = read(tmp_path, export(agenda(item(1, "Meddelelser"), BATH), kind="Minutes"))
    meeting = held.meeting
    assert (meeting.municipality, meeting.committee, meeting.kind) == ("Odder", "Teknisk Udvalg", MeetingKind.REFERAT)
    assert (meeting.date, meeting.start, meeting.place) == (date(2026, 1, 20), time(16, 30), "Lokale 3 på Odder Rådhus")
    assert meeting.attendance == (
        Attendee("Ida Lund (A)", False),
        Attendee("Bo Lind (V)", True, "syg"),
        Attendee("Eva Kær", False),
    )
    notices, bath = held.items
    assert (notices.number, notices.text) == ("1", "Punkt 1: Meddelelser\n")
    assert (bath.number, bath.title, bath.case_number, bath.attachments) == ("2", "Nyt søbad", None, ("Kort",))
    assert bath.text == (
        "Punkt 2: Nyt søbad\n\nTidligere behandling\nTeknisk Udvalg den 3. marts 2025\nPunkt 4\n\n"
        "Badet ligger ved søen.\n\nINDSTILLING\nDirektøren indstiller, at\nA. badet åbnes\n\n"
        "TEKNISK UDVALGS BESLUTNING\n\n"
        "6. januar 2026: Sagen blev udsat.\nBo deltog ikke.\n\n20. januar 2026: Tiltrådt.\n"
    )
    assert [(section.kind, section.heading) for section in bath.sections[1:]] == [
        (SectionKind.HISTORY, "Tidligere behandling"),
        (SectionKind.BODY, ""),
        (SectionKind.RECOMMENDATION, "INDSTILLING"),
        (SectionKind.OTHER, "TEKNISK UDVALGS BESLUTNING"),
        (SectionKind.EARLIER_DECISION, "6. januar 2026"),
        (SectionKind.DECISION, "20. januar 2026"),
    ]


def test_decisions_of_several_days_in_one_field_are_told_apart(tmp_path: Path) -> None:
    (held,) = read(tmp_path, export(agenda(BATH), kind="Minutes"))
    (bath,) = held.items
    assert [(each.date, each.is_own, each.span.of(bath.text)) for each in bath.decisions] == [
        (date(2026, 1, 6), False, "Sagen blev udsat.\nBo deltog ikke."),
        (date(2026, 1, 20), True, "Tiltrådt."),
    ]


@pytest.mark.parametrize(
    ("kind", "is_agenda"), [("Final", True), ("Draft", True), ("", True), ("Minutes", False), ("Referat", False)]
)
def test_an_agenda_decides_nothing(tmp_path: Path, kind: str, is_agenda: bool) -> None:
    (held,) = read(tmp_path, export(agenda(BATH), kind=kind))
    assert held.meeting.kind is (MeetingKind.DAGSORDEN if is_agenda else MeetingKind.REFERAT)
    assert len(held.items[0].own_decisions) == (0 if is_agenda else 1)


def test_every_meeting_of_an_export_that_has_items_is_read(tmp_path: Path) -> None:
    held = read(
        tmp_path,
        export(
            agenda(BATH, extended=True),
            agenda(name="Tomt Udvalg"),
            agenda(item(1, "Budget", case="26/77"), name="Byrådet", when="21-01-2026 00:00:00"),
        ),
    )
    assert [(each.meeting.committee, each.meeting.start, each.meeting.is_supplement) for each in held] == [
        ("Teknisk Udvalg", time(16, 30), True),
        ("Byrådet", None, False),
    ]
    assert held[1].items[0].case_number == "26/77"


def test_what_is_not_public_is_closed(tmp_path: Path) -> None:
    secret = item(3, "Køb af grund", field(1, "Sagsfremstilling", "<p>Prisen er 9 mio. kr.</p>"), is_public=False)
    (held,) = read(tmp_path, export(agenda(secret)))
    assert (held.items[0].is_closed, held.items[0].text) == (True, "Punkt 3: Køb af grund\n")


@pytest.mark.parametrize(
    ("xml", "error", "reason"),
    [
        (export(agenda(BATH))[:-400], Unreadable, "the XML is damaged or cut off"),
        ("<Publication>" + "<a>" * 5000, Unreadable, "the XML is damaged"),
        ('<!DOCTYPE Publication [<!ENTITY a "aaa">]><Publication>&a;</Publication>', Unreadable, "declares a DTD"),
        (export(), NotMinutes, "without a meeting"),
        (export(agenda(BATH, when="")), NotMinutes, "names no day"),
        (export(agenda(BATH, when="32-01-2026 10:00:00")), NotMinutes, "names no day"),
        (export(agenda()), NotMinutes, "the source lists no agenda items"),
    ],
)
def test_a_damaged_or_hostile_export_is_refused(tmp_path: Path, xml: str, error: type[Exception], reason: str) -> None:
    with pytest.raises(error, match=reason):
        read(tmp_path, xml)
