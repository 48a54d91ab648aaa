"""A saved page of a FirstAgenda site (one agenda or referat, with its items) → its meeting. What the page says beside
it, buttons and menus, is never read: everything is looked up by the place it has in the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest import dates, municipalities, privacy
from ingest.errors import NotMinutes
from ingest.model import Attendee
from ingest.outline import Block, Outline, OutlinedItem
from ingest.readers import firstagenda, markup, text
from ingest.readers.firstagenda import Site

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_ROW = re.compile(rb"class\s*=\s*[\"'][^\"']*\bpunktrow\b", re.IGNORECASE)
_WRAPPER = re.compile(rb"<title>\s*Dokumentvisning\s*</title>", re.IGNORECASE)
_SAVED_FROM = re.compile(
    r"saved from url=\(\d+\)(?P<url>\S+)|<link[^>]+rel=[\"']canonical[\"'][^>]+href=[\"'](?P<link>[^\"']+)"
)
_MEETING_ID = re.compile(r"[?&](?:amp;)?id=(?P<id>[0-9a-fA-F-]{36})")
_STYLE_SHEET = re.compile(r"/css/(?P<name>[\w-]+)\.css|/(?P<logo>[\w-]+?)[-_]logo\.")
# What marks a closed item: a class of the row or of something in it, or the words that stand for a picture.
_CLOSED = ".lukket, .closed, [class*=lukket], [alt^=Lukket], [aria-label^=Lukket]"
_CLICKED = frozenset("a button label li option".split())
_ADDRESS_AT = 20_000  # characters from the start of a page in which its address stands


def recognises(content: bytes) -> bool:
    """True for a page with the rows FirstAgenda sets items in, and for the page it shows a PDF in."""
    return bool(_ROW.search(content) or _WRAPPER.search(content[:4096]))


def outlines(content: bytes) -> tuple[Outline, ...]:
    """The meeting on the page. Raises `NotMinutes` where the page names no body or day, or only frames a PDF."""
    if not _ROW.search(content):
        raise NotMinutes(
            "the page FirstAgenda shows a PDF in, without the PDF; open the page in a browser and save the PDF itself, "
            "or fetch it with `python -m ingest sync ADDRESS-OF-THE-SITE --attachments`"
        )
    page = text.decode(content)
    return (_outline(markup.parse(page), page),)


def _outline(tree: LexborHTMLParser, page: str) -> Outline:
    heads = [_words(node) for selector in ("h1.dato", ".dato", "h1") for node in tree.css(selector)]
    held = next((day for head in heads if (day := dates.first(head))), None)
    committee = _first(tree, ".udvalg")
    if held is None or not committee:
        missing = "day" if committee else "committee"
        raise NotMinutes(f"a page of FirstAgenda's that names no {missing}; save it anew once it has loaded whole")
    site, guid = _address(page)
    name = heads[0] if heads else ""
    return Outline(
        municipality=_municipality(tree) or municipalities.of_host(site.host),
        committee=committee,
        date=held,
        start=next((clock for head in heads if (clock := dates.clock(head))), None),
        place=_first(tree, ".sted") or None,
        kind=firstagenda.kind(name, None),
        is_supplement=firstagenda.is_supplement(name),
        attendance=tuple(_attendees(tree)),
        items=tuple(
            _item(row, site, guid, is_closed=is_closed or privacy.is_closed_meeting(name))
            for row, is_closed in _rows(tree)
            if row.css_first(".overskrift")
        ),
        link=site.meeting(guid),
    )


def _rows(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, bool]]:
    """The rows in order, each with whether it stands below a group's heading that closes it ("Lukkede punkter"), be
    that a row of its own or not. What a row says inside, or a button, opens and closes nothing."""
    rows = {row.mem_id: row for row in tree.css(".punktrow")}
    inside = {node.mem_id for row in rows.values() for node in row.css("*")} - rows.keys()
    is_closed = False
    for node in tree.css("body *"):
        if node.mem_id in inside or node.tag in _CLICKED:
            continue
        is_row = node.mem_id in rows
        heading = _first(node, ".overskrift") if is_row else node.text(deep=False)
        is_closed = (is_closed or privacy.closes(heading)) and not privacy.opens(heading)
        if is_row:
            yield node, is_closed


def _address(page: str) -> tuple[Site, str]:
    """The site and the meeting's id, where a browser noted the page's address as it saved it."""
    match = _SAVED_FROM.search(page, 0, _ADDRESS_AT)
    address = (match["url"] or match["link"]) if match else ""
    guid = _MEETING_ID.search(address)
    return firstagenda.site([address]), guid["id"] if guid else ""


def _municipality(tree: LexborHTMLParser) -> str | None:
    """Whose site it is, as the files it is dressed with are named."""
    for node in tree.css("link[href], img[src]"):
        named = _STYLE_SHEET.search(node.attributes.get("href") or node.attributes.get("src") or "")
        if named and (name := municipalities.of_host(named["name"] or named["logo"])):
            return name
    return None


def _attendees(tree: LexborHTMLParser) -> Iterator[Attendee]:
    for cell in tree.css(".deltagere"):
        for block in markup.blocks(cell, lambda _: False):
            for name in re.split(r"[,;](?![^(]*\))", block.text):
                if name.strip(" •"):
                    yield firstagenda.attendee(name.strip(" •"))


def _item(row: LexborNode, site: Site, meeting: str, *, is_closed: bool) -> OutlinedItem:
    guid = (row.attributes.get("id") or "").removeprefix("punktrow_")
    title = _first(row, ".overskrift")
    return OutlinedItem(
        number=_first(row, ".label").rstrip("."),
        title=title,
        case_number=_first(row, ".sagsnummer") or None,
        is_closed=is_closed or row.css_first(_CLOSED) is not None,
        blocks=_blocks(row),
        attachments=tuple(name for node in row.css("a.bilag-link") if (name := _words(node))),
        attachments_heading="Bilag",
        link=site.item(meeting, guid),
    )


def _blocks(row: LexborNode) -> tuple[Block, ...]:
    """The item's text; below the container of today's pages, else what stands where older ones have it."""
    found = row.css(firstagenda.CONTAINER) or row.css(".punkt")
    return tuple(block for root in found for block in firstagenda.container(root))


def _first(node: LexborHTMLParser | LexborNode, selector: str) -> str:
    """The words of the first element that has any."""
    return next((words for each in node.css(selector) if (words := _words(each))), "")


def _words(node: LexborNode) -> str:
    return " ".join(node.text(deep=True).split())
