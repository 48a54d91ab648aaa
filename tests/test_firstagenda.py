"""FirstAgenda's JSON and its saved pages → meetings: in any case, with fields missing, in the order they are held."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from ingest import municipalities, reading
from ingest.errors import NotMinutes, Unreadable
from ingest.model import Attendee, MeetingKind, Minutes, SectionKind
from ingest.outline import Block
from ingest.readers import firstagenda, firstagenda_json, firstagenda_page

MEETING, FIRST, SECOND = (f"{n}1111111-2222-3333-4444-55555555555{n}" for n in (1, 2, 3))
ZERO = "00000000-0000-0000-0000-000000000000"
SITE = "https://dagsordener.hoeje-taastrup.dk"
ASPOSE = '<meta name="generator" content="Aspose.Words"><title>Dagsordenspunkt</title>'
HTML = f"""<div><div id='sagsfremstillingContainer'>\r\n
<h3>Beslutningstema</h3>\r\n<span class='beslutningstema'>{ASPOSE}<div><p><span>Søbadet er 85 m</span><span>2</span>
</p><p><span>\u00a0</span></p></div></span>\r\n
<div><h3>Indstilling</h3>\r\n<span class='indstilling'>{ASPOSE}<div><p>Direktøren indstiller,</p><ol start="1">
<li>at badet åbnes</li><li>at der afsættes</li></ol><ol type="a"><li>10.000 kr. til broen</li></ol></div></span>
<h3>Beslutning i Teknisk Udvalg den 03-03-2026</h3>\r\n<span>{ASPOSE}<div><p>Anbefales.</p></div></span></div>
<h3>Sagsfremstilling</h3>\r\n<span>{ASPOSE}<div><h3><span>Om badet</span></h3><p>Badet ligger<br>ved søen.</p>
<table><tr><th>År</th><th>Pris</th></tr><tr><td>2026</td><td>500</td></tr></table></div></span>
<h3>Beslutning</h3>\r\n<span>{ASPOSE}<div><p>Indstillingen er tiltrådt.</p></div></span>
</div></div>"""


def answer(**changes: Any) -> dict[str, Any]:
    """The interface's answer for one meeting, with `changes` to its top level."""
    items = [
        item(3, "Lukket: Køb af grund", IsOpen=False, Id=ZERO, Felter=[{"Html": "", "Link": "", "Tekst": None}]),
        item(1, "Godkendelse af dagsorden", Felter=[{"Html": "<div><div id='sagsfremstillingContainer'></div></div>"}]),
        item(
            2,
            "Nyt  søbad ",
            Id=SECOND,
            Felter=[{"Navn": "", "Html": HTML, "Link": f"{SITE}/Vis/Pdf/bilag/{FIRST}", "DocumentId": FIRST}],
            Bilag=[{"HarPdfVersion": "true", "Order": 0, "Navn": "Kort over søen", "Id": FIRST}],
        ),
    ]
    return {
        "Dagsordenpunkter": items,
        "Udvalg": {"Id": ZERO, "Navn": "Økonomiudvalget", "Historisk": False},
        "Moede": {
            "Id": ZERO, "Dato": "2026-03-24T17:00:00+01:00", "Sted": "Salen ", "Afsluttet": True, "Navn": None,
            "Moededeltagere": [
                {"Name": "Ida  Lund", "Absent": False, "ParticipationCancelled": False},
                {"Name": "Bo Lind", "Absent": True, "ParticipationCancelled": False},
                {"Name": "Eva Kær", "Absent": False, "ParticipationCancelled": True},
            ],
        },
        "TillaegsDagsorden": False,
        "Id": MEETING,
    } | changes  # fmt: skip


def item(number: int | str, title: str, **changes: Any) -> dict[str, Any]:
    return {"Number": str(number), "Sorting": number, "Caption": title, "IsOpen": True, "CaseNumber": "26/77"} | changes


def read(tmp_path: Path, value: object) -> Minutes:
    path = tmp_path / "svar"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    _, (held,) = reading.parse(path)
    return held


def lowered(value: object) -> object:
    """The same answer with the names of its fields in lower camel case, as the vendor's interface writes them today."""
    if isinstance(value, dict):
        return {name[0].lower() + name[1:]: lowered(held) for name, held in value.items()}
    return [lowered(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("in_case", [lambda value: value, lowered], ids=["upper", "lower"])
def test_a_meeting_is_read_whatever_case_its_fields_are_in(tmp_path: Path, in_case: Any) -> None:
    held = read(tmp_path, in_case(answer()))
    meeting = held.meeting
    assert (meeting.municipality, meeting.committee) == ("Høje-Taastrup", "Økonomiudvalget")
    assert (meeting.date, meeting.start, meeting.place) == (date(2026, 3, 24), time(17, 0), "Salen")
    assert (meeting.kind, meeting.is_supplement) == (MeetingKind.REFERAT, False)
    assert meeting.link == f"{SITE}/vis?id={MEETING}"
    assert meeting.attendance == (
        Attendee("Ida Lund", False),
        Attendee("Bo Lind", True),
        Attendee("Eva Kær", True, "afbud"),
    )
    assert [(each.number, each.title, each.is_closed) for each in held.items] == [
        ("1", "Godkendelse af dagsorden", False),
        ("2", "Nyt søbad", False),
        ("3", "Lukket: Køb af grund", True),
    ]
    assert [each.link for each in held.items] == [None, f"{SITE}/vis?id={MEETING}&punktid={SECOND}", None]


def test_only_headings_of_the_container_are_sections_and_nothing_of_the_markup_is_text(tmp_path: Path) -> None:
    bath = read(tmp_path, answer()).items[1]
    assert bath.text == (
        "Punkt 2: Nyt søbad\n26/77\n\n"
        "Beslutningstema\nSøbadet er 85 m2\n\n"
        "Indstilling\nDirektøren indstiller,\n1. at badet åbnes\n2. at der afsættes\na. 10.000 kr. til broen\n\n"
        "Beslutning i Teknisk Udvalg den 03-03-2026\nAnbefales.\n\n"
        "Sagsfremstilling\nOm badet\nBadet ligger\nved søen.\nÅr | Pris\n2026 | 500\n\n"
        "Beslutning\nIndstillingen er tiltrådt.\n\n"
        "Bilag\nKort over søen\n"
    )
    assert [section.kind for section in bath.sections] == [
        SectionKind.OTHER,
        SectionKind.SUMMARY,
        SectionKind.RECOMMENDATION,
        SectionKind.EARLIER_DECISION,
        SectionKind.BODY,
        SectionKind.DECISION,
        SectionKind.ATTACHMENTS,
    ]
    earlier, own = bath.decisions
    assert (earlier.body, earlier.date, earlier.is_own) == ("Teknisk Udvalg", date(2026, 3, 3), False)
    assert (own.body, own.span.of(bath.text), own.is_own) == ("Økonomiudvalget", "Indstillingen er tiltrådt.", True)
    assert bath.attachments == ("Kort over søen",)


def test_the_other_interface_of_the_vendor_is_read_too(tmp_path: Path) -> None:
    held = read(
        tmp_path,
        {
            "committeeName": "Kulturudvalget",
            "meetingBeginUtc": "2026-06-02T14:30:00Z",
            "meetingLocation": "Rådhuset",
            "minutesOfMeeting": True,
            "agendaUid": MEETING,
            "agendaItems": [
                {
                    "number": "4.",
                    "caption": "Tilskud til koret",
                    "isOpen": True,
                    "caseNumber": None,
                    "presentations": [
                        {"type": "Html", "title": "Indstilling", "content": "<p>at koret får 5.000 kr.</p>"},
                        {"type": "Html", "title": "Resume", "content": "Koret synger."},
                    ],
                    "itemDecision": {"created": "2026-06-03", "updated": None, "text": "Udsat til næste møde."},
                    "documents": [{"uuid": FIRST, "title": "Ansøgning", "order": 0}],
                }
            ],
        },
    )
    (choir,) = held.items
    assert (held.meeting.date, held.meeting.start) == (date(2026, 6, 2), time(16, 30))  # in UTC, and summer
    assert (held.meeting.committee, held.meeting.place) == ("Kulturudvalget", "Rådhuset")
    assert (held.meeting.kind, choir.number, choir.case_number) == (MeetingKind.REFERAT, "4", None)
    assert choir.attachments == ("Ansøgning",)
    assert choir.text == (
        "Punkt 4: Tilskud til koret\n\nIndstilling\nat koret får 5.000 kr.\n\nResume\nKoret synger.\n\n"
        "Beslutning\nUdsat til næste møde.\n\nBilag\nAnsøgning\n"
    )
    assert [each.span.of(choir.text) for each in choir.own_decisions] == ["Udsat til næste møde."]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", []),
        ("Badet åbner.\r\n\r\nDet er koldt.", ["Badet åbner.", "Det er koldt."]),
        ("<p>Badet åbner.</p>tekst uden ramme", ["Badet åbner.", "tekst uden ramme"]),
        ("<h2>Indstilling</h2><p>at badet åbnes</p>", ["# Indstilling", "at badet åbnes"]),
        ("<h2>Badet i byen</h2><p>Det åbner.</p>", ["Badet i byen", "Det åbner."]),
        ("<div><h3></h3><p>Lead.</p></div>", ["# ", "Lead."]),
        ("<section><h3>Resume</h3><h4>Om</h4>Kort.</section>", ["# Resume", "Om", "Kort."]),
        ("<div><h3>Ufuldstændig<p>Åbent", ["# Ufuldstændig Åbent"]),
    ],
)
def test_the_body_of_an_item_is_read_in_any_shape(html: str, blocks: list[str]) -> None:
    assert [("# " if block.is_heading else "") + block.text for block in firstagenda.body(html)] == blocks


def test_headings_that_no_markup_shows_are_told_by_their_words(tmp_path: Path) -> None:
    html = "<p><b>Indstilling</b></p><p>at badet åbnes</p><p><b>Beslutning</b></p><p>Godkendt.</p>"
    fields = [{"Navn": "Sagsfremstilling", "Html": html}]
    attached = [{"Navn": "Resume"}, {"Navn": "Kort"}]
    (only,) = read(tmp_path, answer(Dagsordenpunkter=[item(7, "Søbad", Felter=fields, Bilag=attached)])).items
    assert [section.heading for section in only.sections] == [
        "",
        "Sagsfremstilling",
        "Indstilling",
        "Beslutning",
        "Bilag",
    ]
    assert [each.span.of(only.text) for each in only.own_decisions] == ["Godkendt."]


@pytest.mark.parametrize(
    ("name", "is_concluded", "kind", "is_supplement"),
    [
        ("Referat", True, MeetingKind.REFERAT, False),
        ("Referat 1. behandling budget", None, MeetingKind.REFERAT, False),
        ("Lukket referat", None, MeetingKind.REFERAT, False),
        (None, True, MeetingKind.REFERAT, False),
        (None, False, MeetingKind.DAGSORDEN, False),
        ("Dagsorden", False, MeetingKind.DAGSORDEN, False),
        ("Tillægsdagsorden", False, MeetingKind.DAGSORDEN, True),
        ("Godkendelse af referat og dagsorden", None, MeetingKind.DAGSORDEN, False),
    ],
)
def test_minutes_and_agendas_are_told_apart(
    tmp_path: Path, name: str | None, is_concluded: bool | None, kind: MeetingKind, is_supplement: bool
) -> None:
    told = {"Dato": "2026-03-24", "Navn": name, "Afsluttet": is_concluded}
    meeting = read(tmp_path, answer(Moede=told)).meeting
    assert (meeting.kind, meeting.is_supplement, meeting.start) == (kind, is_supplement, None)


def test_nothing_of_a_closed_item_gets_through_but_its_decision(tmp_path: Path) -> None:
    html = "<div id='sagsfremstillingContainer'><div><h3>{}</h3><p>{}</p></div><h3></h3><p>Sælger er Bo Lind.</p></div>"
    closed = [
        item(1, "Køb", IsOpen=False, Felter=[{"Html": html.format("Beslutning", "Godkendt.")}]),
        item(
            2,
            "Lukket: Køb",
            Felter=[{"Html": html.format("Sagsfremstilling", "Prisen er 9.")}],
            Bilag=[{"Navn": "Pris"}],
        ),
        item("A", "Lukket: Salg", Felter=[{"Html": "Prisen er 9 mio. kr."}]),
    ]
    held = read(tmp_path, answer(Dagsordenpunkter=closed))
    assert [each.text for each in held.items] == [
        "Punkt 1: Køb\n26/77\nBeslutning\nGodkendt.\n\n",
        "Punkt 2: Lukket: Køb\n26/77\n",
        "Punkt A: Lukket: Salg\n26/77\n",
    ]
    assert [each.attachments for each in held.items] == [(), (), ()]
    assert all(each.is_closed for each in held.items)


@pytest.mark.parametrize(
    ("content", "error", "reason"),
    [
        ({"Udvalg": {"Udvalg 2026": [{"Id": ZERO, "Navn": "Byrådet", "Moeder": []}]}}, NotMinutes, "it lists meetings"),
        ({"Dagsordner": [], "AntalResultater": 0}, NotMinutes, "python -m ingest sync"),
        ({"Id": ZERO, "Navn": "Byrådet", "Moeder": [{"Id": ZERO}]}, NotMinutes, "it lists meetings and holds none"),
        (answer(Moede=None), NotMinutes, "has no date"),
        (answer(Moede={"Dato": "i morgen"}), NotMinutes, "the meeting's date 'i morgen' is none"),
        (answer(Udvalg=None), NotMinutes, "names no committee"),
        (answer(Dagsordenpunkter=None), NotMinutes, "the source lists no agenda items"),
        (json.dumps(answer())[:900], Unreadable, "the JSON is damaged or cut off"),
        ('{"Dagsordenpunkter": ' + "[" * 100_000, Unreadable, "the JSON cannot be read"),
        ("<html><title>Dokumentvisning</title><iframe src=x></iframe></html>", NotMinutes, "shows a PDF in"),
    ],
)
def test_an_answer_that_is_no_meeting_says_what_it_is(
    tmp_path: Path, content: object, error: type[Exception], reason: str
) -> None:
    with pytest.raises(error, match=reason) as fault:
        read(tmp_path, content)
    assert str(fault.value).startswith(f"{tmp_path / 'svar'}: ")


def test_the_items_of_closed_minutes_are_closed_unless_they_say_otherwise(tmp_path: Path) -> None:
    told = {"Dato": "2026-03-24", "Navn": "Lukket referat", "Afsluttet": True}
    items = [item(1, "Køb", IsOpen=None), item(2, "Budget", IsOpen=True)]
    held = read(tmp_path, answer(Moede=told, Dagsordenpunkter=items))
    assert [each.is_closed for each in held.items] == [True, False]


PAGE = f"""<html><head><title>Teknisk Udvalg</title><link href="/dist/css/aabenraa.css" rel="stylesheet">
<script>var punkt = "Fold alle ud";</script></head><body><button>Hent hele referatet</button>
<h1 class="green dato">Referat 1. oktober 2025 kl. 15.45</h1>
<h2><span class="udvalg">Teknisk Udvalg</span> - <span class="sted">Lokale 3</span></h2>
<table><tr><td>Mødedeltagere:</td><td class="deltagere"><div>Ida Lund</div><div>Bo Lind (afbud)</div></td></tr></table>
<table><tr class="punktrow" id="punktrow_{FIRST}"><td><span class="label label-default">1</span></td><td>
<button class="overskrift-btn"><h2 class="overskrift">Cykelsti</h2></button><div class="details">
<span class="sagsnummer">EMN-2025-010561</span><div class="punkt"><h3></h3><div><div id="sagsfremstillingContainer">
<div><h3>Beslutninger</h3><span class="resume"><div>Sagen blev udsat.</div></span><h3></h3>
<span class="resume"><div>Endelig plan for stien.</div></span>
<h3>Resume</h3><span><div>Stien er kort.</div></span></div>
</div></div></div><h3>Bilag</h3><ul><li><span class="label pdf-label">PDF</span><a class="bilag-link">Kort</a></li></ul>
</div></td><td><ul><li><a href="#">Kopier link</a></li></ul></td></tr>
<tr class="punktrow" id="punktrow_{SECOND}"><td><span class="label">2</span></td>
<td><h2 class="overskrift">Lukket: Køb</h2></td></tr></table><p>Tip en ven</p></body></html>"""


def test_a_saved_page_gives_the_meeting_and_none_of_the_words_around_it(tmp_path: Path) -> None:
    held = read(tmp_path, PAGE)
    meeting = held.meeting
    assert (meeting.municipality, meeting.committee, meeting.place) == ("Aabenraa", "Teknisk Udvalg", "Lokale 3")
    assert (meeting.date, meeting.start, meeting.kind) == (date(2025, 10, 1), time(15, 45), MeetingKind.REFERAT)
    assert meeting.attendance == (Attendee("Ida Lund", False), Attendee("Bo Lind", True, "afbud"))
    track, closed = held.items
    assert track.text == (
        "Punkt 1: Cykelsti\nEMN-2025-010561\n\nBeslutninger\nSagen blev udsat.\n\nEndelig plan for stien.\n\n"
        "Resume\nStien er kort.\n\nBilag\nKort\n"
    )
    assert [each.span.of(track.text) for each in track.own_decisions] == ["Sagen blev udsat."]
    assert (track.attachments, track.link) == (("Kort",), None)
    assert (closed.title, closed.is_closed, closed.text) == ("Lukket: Køb", True, "Punkt 2: Lukket: Køb\n")


@pytest.mark.parametrize(
    "group",
    [
        '<tr class="gruppe"><td><h3><i class="icon"></i> Lukkede punkter</h3></td></tr>',
        '<tr class="punktrow"><td><h2 class="overskrift">Lukkede sager</h2></td></tr>',
    ],
)
def test_rows_below_a_heading_of_closed_items_are_closed_until_one_of_open_items(tmp_path: Path, group: str) -> None:
    rows = "".join(
        f'{before}<tr class="punktrow"><td><span class="label">{number}</span><h2 class="overskrift">Sag {number}</h2>'
        f'<div class="punkt"><h3>Sagsfremstilling</h3><p>Teksten i {number}.</p>{inside}</div></td></tr>'
        for number, before, inside in (
            (1, "<tr><td><a>Lukkede punkter</a></td></tr>", "<p>Lukkede sager</p>"),
            (2, "", ""),
            (3, group, "<p>Åbne sager</p>"),
            (4, "", ""),
            (5, "<tr><td>Åbne punkter</td></tr>", ""),
        )
    )
    head = PAGE[: PAGE.index("<table><tr class")]
    held = read(tmp_path, f"{head}<table>{rows}</table></body></html>")
    told = {each.title: each for each in held.items}
    assert [told[f"Sag {number}"].is_closed for number in range(1, 6)] == [False, False, True, True, False]
    assert "Teksten i 2." in told["Sag 2"].text
    assert "Teksten" not in told["Sag 3"].text + told["Sag 4"].text


def test_a_page_that_says_where_it_was_saved_from_is_linked_to() -> None:
    address = f"{SITE}/vis?id={MEETING}"
    (outline,) = firstagenda_page.outlines(f"<!-- saved from url=(0093){address} -->\n{PAGE}".encode())
    assert (outline.link, outline.items[0].link) == (address, f"{address}&punktid={FIRST}")


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("dagsordener-referater.hvidovre.dk", "Hvidovre"),
        ("dagsorden.brondby.dk", "Brøndby"),
        ("dagsordener.lyngby-taarbaek.dk", "Lyngby-Taarbæk"),
        ("www.esbjergkommune.dk", "Esbjerg"),
        ("dagsordener-aarhus.example.dk", "Aarhus"),
        ("dagsordener.rk.dk", "Rødovre"),
        ("publication.firstagenda.com", None),
        ("", None),
    ],
)
def test_a_site_names_its_municipality(host: str, name: str | None) -> None:
    assert municipalities.of_host(host) == name


def test_answers_in_one_list_are_as_many_meetings() -> None:
    other = answer(Udvalg={"Navn": "Byrådet"}, Dagsordenpunkter=[item(1, "Budget")])
    found = firstagenda_json.outlines(json.dumps([answer(), other]).encode())
    assert [(each.committee, len(each.items)) for each in found] == [("Økonomiudvalget", 3), ("Byrådet", 1)]
    assert found[1].items[0].blocks == ()
    assert found[0].items[1].blocks[0] == Block("Beslutningstema", is_heading=True)
