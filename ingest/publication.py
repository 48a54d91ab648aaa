"""One FirstAgenda Publication site: what it lists, its agendas and minutes as JSON, its attachments as PDF.

Nothing is kept here and nothing read beyond what a sync has to know. Keys are taken in either case, and what is missing
is missing (`loose_json`): sites differ, and one site differs from year to year.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from ingest import listing, loose_json, privacy
from ingest.errors import SyncFailed
from ingest.listing import COMMITTEES, Listing
from ingest.loose_json import Fields, identity, records, text, truth
from ingest.web import Answer, Fetch, shown

TRIES = 3  # for an answer that comes, but is not whole or not what was asked for

# The names a thing has been seen under, in small letters; the first that is filled counts.
ITEMS = ("dagsordenpunkter", "dagsordenspunkter", "agendaitems")
ATTACHMENTS = ("bilag", "documents")
NAME = ("navn", "name", "caption", "title")
ID = ("id", "uid", "uuid")
MEETING = ("moede", "meeting", "agenda")
OPEN = ("isopen", "ispublic", "aaben")


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """An attachment of an open item."""

    id: str
    name: str
    item: str


class Publication:
    """The site at `base`, asked through `fetch`. `base` is what people paste: the front page, a deep link, a bare host
    name. Raises `SyncFailed` when it is no web address; every method does when the site does not give what it should.
    """

    def __init__(self, base: str, fetch: Fetch) -> None:
        self.base = site_of(base)
        self._fetch = fetch

    def listing(self) -> Listing:
        """The committees and their meetings. One request."""
        answer = self._ask(f"{self.base}/api/agenda/udvalgsliste", _fault_of_list)
        return listing.read(answer.content)

    def address(self, meeting: str) -> str:
        """Where the JSON of a meeting is had."""
        return f"{self.base}/api/agenda/dagsorden/{quote(meeting, safe='')}"

    def agenda(self, meeting: str) -> bytes:
        """The JSON of a meeting, agenda or minutes, as the site sends it; whole, and with its list of items."""
        return self._ask(self.address(meeting), _fault_of_agenda).content

    def attachment(self, attachment: str, *, tries: int = 2) -> bytes:
        """The PDF of an attachment. It lies behind a page, under an address that holds for five minutes only, so the
        page is asked again when the file is not to be had there."""
        page = self._fetch(f"{self.base}/vis/pdf/bilag/{quote(attachment, safe='')}/?redirectDirectlyToPdf=false")
        if _is_pdf(page):
            return page.content
        try:
            return self._ask_once(_framed(page), _fault_of_pdf).content
        except SyncFailed:
            if tries <= 1:
                raise
        return self.attachment(attachment, tries=tries - 1)

    def _ask(self, address: str, fault_of: Callable[[Answer], str | None]) -> Answer:
        """An answer without fault, asked for up to `TRIES` times: a busy site sends half a list, or an apology."""
        for _ in range(TRIES - 1):
            answer = self._fetch(address)
            if fault_of(answer) is None:
                return answer
        return self._ask_once(address, fault_of)

    def _ask_once(self, address: str, fault_of: Callable[[Answer], str | None]) -> Answer:
        answer = self._fetch(address)
        if fault := fault_of(answer):
            raise SyncFailed(f"{shown(address)}: {fault}; try later, and open it in a browser if it stays so")
        return answer


def site_of(base: str) -> str:
    """ "Dagsordener.Example.dk/vis?id=…" → "https://dagsordener.example.dk". Raises `SyncFailed` for no web address."""
    pasted = base.strip().strip("<>\"'")
    scheme, found, rest = pasted.partition("://")
    if not found:
        scheme, rest = "https", pasted
    host = re.match(r"([\w.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?(?=[/?#]|$)", rest.lower())
    if scheme.lower() not in ("http", "https") or host is None:
        raise SyncFailed(f"{base!r}: is no address of a site; give one such as https://dagsordener.example.dk")
    return f"{scheme.lower()}://{host.group()}"


def attachment_address(meeting: str, attachment: str) -> str:
    """The address a store keeps an attachment under, by the address of its meeting; nothing is had there."""
    return f"{meeting}#bilag={quote(attachment, safe='')}"


def attached(agenda: bytes) -> tuple[AttachedFile, ...]:
    """The PDFs attached to the open items of a meeting, each once; `agenda` is what `Publication.agenda` gave. What
    looks closed is closed, also where the site does not say so of the item itself."""
    top = loose_json.fields(loose_json.load(agenda))
    meeting = loose_json.fields(loose_json.value(top, MEETING))
    is_open = not any(privacy.is_closed_meeting(text(each, name)) for each in (meeting, top) for name in NAME)
    files = (
        AttachedFile(identity(each, *ID), text(each, *NAME), identity(item, *ID))
        for item in records(top, *ITEMS)
        if _is_open(item, unless_told=is_open)
        for each in records(item, *ATTACHMENTS)
        if truth(each, "harpdfversion") is not False
    )
    return tuple({file.id: file for file in files if file.id}.values())


def _is_open(item: Fields, *, unless_told: bool) -> bool:
    if any(privacy.is_closed(text(item, name)) for name in NAME):
        return False
    told = truth(item, *OPEN)
    return (unless_told and not text(item, *OPEN)) if told is None else told


def _fault_of_list(answer: Answer) -> str | None:
    return _fault_of_json(answer, COMMITTEES, dict | list, "list of committees")


def _fault_of_agenda(answer: Answer) -> str | None:
    return _fault_of_json(answer, ITEMS, list, "list of agenda items")


def _fault_of_json(answer: Answer, names: tuple[str, ...], kind: Any, what: str) -> str | None:
    try:
        top = loose_json.load(answer.content)
    except ValueError:
        return "the answer is not whole JSON"
    return None if isinstance(loose_json.value(loose_json.fields(top), names), kind) else f"the answer has no {what}"


def _fault_of_pdf(answer: Answer) -> str | None:
    return None if _is_pdf(answer) else "the answer is not a PDF"


def _is_pdf(answer: Answer) -> bool:
    return b"%PDF-" in answer.content[:1024]  # readers allow for some bytes before it


def _framed(page: Answer) -> str:
    """The address of what a page shows in its frame. Raises `SyncFailed` when it has none on the web."""
    finder = _FrameFinder()
    finder.feed(page.content.decode("utf-8", "replace"))
    address = urljoin(page.address, finder.source) if finder.source else ""
    if urlsplit(address).scheme not in ("http", "https"):
        raise SyncFailed(f"{shown(page.address)}: the page shows no file; is the attachment still on the site?")
    return address


class _FrameFinder(HTMLParser):
    """Takes the source of the first frame out of a page; the parser undoes the `&amp;` in it."""

    source = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("iframe", "embed", "object") and not self.source:
            values = dict(attrs)
            self.source = (values.get("src") or values.get("data") or "").strip()
