"""A publication site of our own on 127.0.0.1: invented meetings in the shapes the real sites were recorded with, and
any fault they may have, switched on for one address and as many requests as wanted."""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
import threading
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

ZERO = "00000000-0000-0000-0000-000000000000"
LIST = "/api/agenda/udvalgsliste"
AGENDA = "/api/agenda/dagsorden/"
PDF = b"%PDF-1.4\n% Kildemose\n%%EOF\n"
PATIENCE = 5.0  # seconds after which a slow answer comes all the same, so that no test hangs

COMMITTEES = ("Kulturudvalget", "Teknik- og Miljøudvalget", "Økonomiudvalget", "Byrådet")


class Fault(StrEnum):
    """What may go wrong with one answer."""

    BUSY = "HTTP 429, Retry-After in seconds"
    BUSY_UNTIL = "HTTP 429, Retry-After as a date"
    ERROR = "HTTP 500"
    UNAVAILABLE = "HTTP 503"
    NOT_FOUND = "HTTP 404"
    REFUSED = "HTTP 403"
    RESET = "the connection is reset"
    BROKEN_OFF = "half of the bytes announced"
    CUT = "half of the JSON, announced as all"
    SLOW = "nothing for longer than anyone waits"
    DRIPPING = "a few bytes now and then"
    APOLOGY = "a page, HTTP 200"
    MISLABELLED = "all of it, as text/html"
    HUGE = "no end to it"
    BAD_GZIP = "said to be gzip"
    CIRCLE = "redirects to itself"
    TO_A_FILE = "redirects to file:"
    TO_LOGIN = "redirects to a login page"


@dataclass(frozen=True, slots=True)
class SiteMeeting:
    """An agenda or minutes on the site."""

    id: str
    committee: str
    day: date
    is_minutes: bool = True
    name: str | None = "Referat"
    released: str = ""
    attachments: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return AGENDA + self.id


def invented(count: int, *, attachments: int = 0) -> list[SiteMeeting]:
    """So many meetings of four committees, one a week, the newest first; every third is an agenda."""
    return [
        SiteMeeting(
            id=identity(f"meeting {number}"),
            committee=COMMITTEES[number % len(COMMITTEES)],
            day=date(2026, 6, 1) - timedelta(weeks=number),
            is_minutes=number % 3 != 2,
            name="Dagsorden" if number % 3 == 2 else "Referat",
            attachments=tuple(identity(f"attachment {number}.{each}") for each in range(attachments)),
        )
        for number in range(count)
    ]


def identity(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


@dataclass
class Site:
    """What the server gives, and what it was asked. Change it at any time; it is served as it is at the moment."""

    meetings: dict[str, SiteMeeting] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))  # by path, used up in order
    broken: dict[str, Fault] = field(default_factory=dict)  # by path, for good
    files: dict[str, bytes] = field(default_factory=dict)  # what is attached, by id, where it is to be a real PDF
    before: dict[str, Callable[[], None]] = field(default_factory=dict)  # by path, done before it is answered
    retry_after: str = "1"
    wants_cookie: bool = False
    camel_case: bool = False
    requests: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)  # what went wrong in the server itself
    closing: threading.Event = field(default_factory=threading.Event)
    signatures: Counter[str] = field(default_factory=Counter)
    base: str = ""

    def publish(self, meetings: Sequence[SiteMeeting]) -> None:
        self.meetings |= {meeting.id: meeting for meeting in meetings}

    def republish(self, meeting: SiteMeeting, **changes: Any) -> SiteMeeting:
        """Under a new id; the old one answers HTTP 500 from now on, as seen on a real site."""
        del self.meetings[meeting.id]
        anew = replace(meeting, id=identity(f"{meeting.id} anew"), **changes)
        self.publish([anew])
        return anew

    def count(self, path: str) -> int:
        return self.requests.count(path)


@contextmanager
def serving(meetings: Sequence[SiteMeeting] = ()) -> Iterator[Site]:
    """The site, served until the end of the block, and reached without the proxy that may be set up here."""
    site = Site()
    site.publish(meetings)
    server = _Server(site)
    site.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with patch.dict(os.environ, NO_PROXY="127.0.0.1"):
            yield site
    finally:
        site.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()
    assert site.surprises == []


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site

    def handle_error(self, request: Any, client_address: Any) -> None:
        fault = sys.exc_info()[1]
        if not isinstance(fault, ConnectionError):  # the client hung up, as it should on a slow or huge answer
            self.site.surprises.append(repr(fault))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # header and body in one packet

    @property
    def site(self) -> Site:
        return cast(_Server, self.server).site

    def log_message(self, *arguments: Any) -> None:
        pass

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.site.requests.append(path)
        self.site.headers.append({key.lower(): value for key, value in self.headers.items()})
        self.site.before.get(path, lambda: None)()
        waiting = self.site.faults.get(path)
        fault = waiting.pop(0) if waiting else self.site.broken.get(path)
        if self.site.wants_cookie and path.startswith("/api/") and "visitor=1" not in self.headers.get("Cookie", ""):
            fault = fault or Fault.TO_LOGIN
        if fault:
            self._misbehave(fault, path)
        else:
            self._behave(path)

    def _behave(self, path: str) -> None:
        if path == "/":
            self._answer(200, b"<html><title>Dagsordener</title></html>", "text/html", {"Set-Cookie": "visitor=1"})
        elif path == "/Account/Login":
            self._answer(200, b"<html><title>Log ind</title></html>", "text/html; charset=utf-8")
        elif path == LIST:
            self._json(listed(self.site.meetings.values()))
        elif path.startswith(AGENDA):
            meeting = self.site.meetings.get(path.removeprefix(AGENDA))
            if meeting is None:
                self._answer(500, b'{"Message":"An error has occurred."}')
            else:
                self._json(agenda(meeting))
        elif path.startswith("/vis/pdf/bilag/"):
            self._wrapper(path.split("/")[4])
        elif path.startswith("/files/"):
            self._file(path.removeprefix("/files/"))
        else:
            self._answer(404, b"")

    def _json(self, value: Any) -> None:
        shape = in_camel_case(value) if self.site.camel_case else value
        self._answer(200, json.dumps(shape, ensure_ascii=False).encode())

    def _wrapper(self, attachment: str) -> None:
        self.site.signatures[attachment] += 1
        source = f"{self.site.base}/files/{attachment}?X-Amz-Expires=300&X-Amz-Signature={self._signature(attachment)}"
        page = f"""<!DOCTYPE html>\r\n<html><head><title>Dokumentvisning</title></head><body><div>
            <iframe src="{escape(source)}" id="pdfframe"></iframe></div></body></html>"""
        self._answer(200, page.encode(), "text/html; charset=utf-8")

    def _file(self, attachment: str) -> None:
        """The file, for the signature that was given out last."""
        signature = parse_qs(urlsplit(self.path).query).get("X-Amz-Signature")
        if signature == [self._signature(attachment)]:
            content = self.site.files.get(attachment, PDF + attachment.encode())
            self._answer(200, content, "application/pdf")
        else:
            self._answer(403, b"<Error><Code>AccessDenied</Code></Error>", "application/xml")

    def _signature(self, attachment: str) -> str:
        return f"{attachment[:8]}-{self.site.signatures[attachment]}"

    def _misbehave(self, fault: Fault, path: str) -> None:
        match fault:
            case Fault.BUSY | Fault.BUSY_UNTIL:
                self._answer(429, b"", headers={"Retry-After": self.site.retry_after})
            case Fault.ERROR | Fault.UNAVAILABLE | Fault.NOT_FOUND | Fault.REFUSED:
                self._answer(int(fault.value[-3:]), b"<html>Fejl</html>", "text/html")
            case Fault.RESET:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                self.connection.close()
            case Fault.BROKEN_OFF:
                whole = json.dumps(agenda(invented(1)[0])).encode()
                self._answer(200, whole[: len(whole) // 2], length=len(whole))
                self.close_connection = True
            case Fault.CUT:
                whole = json.dumps(agenda(invented(1)[0])).encode()
                self._answer(200, whole[: len(whole) // 2])
            case Fault.SLOW:
                self.site.closing.wait(PATIENCE)
                self.close_connection = True
            case Fault.DRIPPING:
                self._drip()
            case Fault.APOLOGY:
                self._answer(200, b"<html><h1>Siden er under vedligeholdelse</h1></html>", "text/html")
            case Fault.MISLABELLED:
                whole = listed(self.site.meetings.values()) if path == LIST else agenda(self.site.meetings[path[-36:]])
                self._answer(200, json.dumps(whole).encode(), "text/html")
            case Fault.HUGE:
                self._answer(200, b"[" * 1_000_000, length=10**12)
                self.close_connection = True
            case Fault.BAD_GZIP:
                self._answer(200, b"not gzip at all", headers={"Content-Encoding": "gzip"})
            case Fault.CIRCLE:
                self._answer(302, b"", headers={"Location": self.path})
            case Fault.TO_A_FILE:
                self._answer(302, b"", headers={"Location": "file:///etc/hostname"})
            case Fault.TO_LOGIN:
                self._answer(302, b"", headers={"Location": f"/Account/Login?ReturnUrl={path}"})

    def _drip(self) -> None:
        self._answer(200, b"", length=10**6)
        self.close_connection = True
        while not self.site.closing.wait(0.02):
            self.wfile.write(b"    ")
            self.wfile.flush()

    def _answer(
        self,
        status: int,
        content: bytes,
        kind: str = "application/json; charset=utf-8",
        headers: dict[str, str] | None = None,
        length: int | None = None,
    ) -> None:
        self.send_response(status)
        named = {"Content-Type": kind, "Content-Length": str(len(content) if length is None else length)}
        for name, value in (named | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()


def listed(meetings: Any) -> dict[str, Any]:
    """The list, as recorded: committees under free-text groups, one id for a committee each election term."""
    groups: dict[str, dict[str, list[SiteMeeting]]] = defaultdict(lambda: defaultdict(list))
    for meeting in meetings:
        groups[f"Udvalg {2026 if meeting.day.year >= 2026 else 2022}"][meeting.committee].append(meeting)
    return {
        "Udvalg": {
            group: [
                {"Id": identity(group + name), "Navn": name, "Moeder": [_entry(each) for each in members]}
                for name, members in committees.items()
            ]
            for group, committees in groups.items()
        }
    }


def _entry(meeting: SiteMeeting) -> dict[str, Any]:
    summer = 3 < meeting.day.month < 11
    moment = f"{meeting.day}T16:30:00+0{2 if summer else 1}:00"
    return {
        "Id": meeting.id,
        "MeetingBeginUtc": moment,
        "MeetingEndUtc": moment.replace("T16", "T18"),
        "ReleasedDate": meeting.released or f"{meeting.day + timedelta(days=2)}T10:53:07.7035726+01:00",
        "Dato": moment,
        "Sted": "Rådssalen ",
        "Afsluttet": meeting.is_minutes,
        "Moededeltagere": None,
        "Navn": meeting.name,
        "Description": None,
        "ElasticSearchResults": None,
        "SourceId": None,
        "IsSupplementaryAgenda": False,
    }


def agenda(meeting: SiteMeeting) -> dict[str, Any]:
    """The JSON of a meeting, as recorded: an open item with sections, and a closed one without."""
    entry = _entry(meeting) | {"Id": ZERO, "MeetingEndUtc": None, "ReleasedDate": None, "Description": ""}
    entry["Moededeltagere"] = [{"Name": "Ida  Holm", "Absent": False, "ParticipationCancelled": False}]
    sections = [("Sagsfremstilling", "", f"Sagen blev rejst den {meeting.day:%d-%m-%Y}.")]
    sections += [("Indstilling", "indstilling", "Forvaltningen indstiller, at planen godkendes.")]
    sections += [("Beslutning", "", "Godkendt.")] if meeting.is_minutes else []
    html = "\r\n".join(
        f"<h3>{heading}</h3>\r\n<span class='{name}'><meta name=\"generator\"><title>Dagsordenspunkt</title>"
        f"<div><p><span>{words}</span></p></div></span>"
        for heading, name, words in sections
    )
    files = [
        {"HarPdfVersion": "true", "Order": 0, "Navn": f"Bilag {number}", "Id": each}
        for number, each in enumerate(meeting.attachments, start=1)
    ]
    return {
        "Dagsordenpunkter": [
            _item(meeting, 1, "Plan for havnen", f"<div><div id='sagsfremstillingContainer'>{html}</div></div>", files),
            _item(meeting, 2, "Lukket: Salg af en grund", "", []),
        ],
        "Udvalg": {"Id": identity(meeting.committee), "Navn": meeting.committee, "Historisk": False},
        "Moede": entry,
        "TillaegsDagsorden": False,
        "Id": meeting.id,
        "Lydfiler": None,
        "LiveIntegrationEnabled": False,
    }


def _item(meeting: SiteMeeting, number: int, title: str, html: str, files: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "Felter": [{"Navn": "", "Html": html, "Tekst": None, "Id": ZERO, "Link": "", "DocumentId": ZERO}],
        "Presentations": None,
        "ItemDecision": None,
        "SagsNummer": f"26/{100 + number}",
        "Navn": title,
        "Punktnummer": str(number),
        "Bilag": files,
        "Documents": None,
        "Id": identity(f"{meeting.id} {number}"),
        "AgendaUid": meeting.id,
        "Number": str(number),
        "Sorting": number,
        "IsOpen": bool(html),
        "CaseNumber": f"26/{100 + number}",
        "Caption": title,
    }


def in_camel_case(value: Any) -> Any:
    """The same with keys like `meetingBeginUtc`; the names of groups are no keys, and stay."""
    if isinstance(value, list):
        return [in_camel_case(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key if key.startswith("Udvalg ") else key[0].lower() + key[1:]: in_camel_case(each)
        for key, each in value.items()
    }
