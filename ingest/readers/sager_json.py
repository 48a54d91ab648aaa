"""København's minutes as JSON with one entry for each item (`sager`) → the meetings they were treated at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ingest import privacy
from ingest.errors import NotMinutes
from ingest.model import MeetingKind
from ingest.outline import Block, Outline, OutlinedItem
from ingest.readers import firstagenda, record
from ingest.readers.record import Record

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_BULLET = re.compile(r"[•·▪●–-]\s")
_NUMBER = re.compile(r"(?:\d{1,2}|[a-zA-Z])[.)]\s")
_ITEM_ADDRESS = re.compile(r"/punkt-[^/]*/?$")
_WEB = re.compile(r"https?://\S+")


def recognises(content: bytes) -> bool:
    """True for JSON that names the field all items lie in, or the sections of one."""
    return record.opens(content) and record.names(content, "sager", "afsnit")


def outlines(content: bytes) -> tuple[Outline, ...]:
    """The meetings in the file, in the order their first item stands. Raises `Unreadable` for damaged JSON,
    `NotMinutes` where no item says when and by whom it was treated."""
    found = [each for top in record.parse(content) for each in _items(top)]
    meetings: dict[tuple[str, str, str], list[Record]] = {}
    for item in found:
        key = (item.words("udvalg"), item.words("dato"), item.words("type").lower())
        if key[0] and key[1]:
            meetings.setdefault(key, []).append(item)
    if not meetings:
        raise NotMinutes("JSON with `sager` of which none has both `udvalg` and `dato`")
    return tuple(_outline(*key, items) for key, items in meetings.items())


def _items(top: Record) -> tuple[Record, ...]:
    """The items of a file: an object of objects, a list, or the file itself."""
    if top.has("afsnit"):
        return (top,)
    listed = top.records("sager")
    return listed if any(each.has("udvalg", "afsnit") for each in listed) else top.record("sager").values()


def _outline(committee: str, day: str, kind: str, items: list[Record]) -> Outline:
    try:
        held = date.fromisoformat(day[:10])
    except ValueError as fault:
        raise NotMinutes(f"{committee}: the meeting's date {day[:40]!r} is none") from fault
    addresses = [address for item in items if (address := _address(item))]
    return Outline(
        municipality=next((name for item in items if (name := item.words("kommune"))), None),
        committee=committee,
        date=held,
        start=None,
        place=None,
        kind=MeetingKind.DAGSORDEN if "dagsorden" in kind else MeetingKind.REFERAT,
        is_supplement=firstagenda.is_supplement(kind),
        attendance=(),
        items=tuple(_item(item, is_closed=privacy.is_closed_meeting(kind)) for item in sorted(items, key=_place)),
        link=next((_ITEM_ADDRESS.sub("", each) for each in addresses if _ITEM_ADDRESS.search(each)), None),
    )


def _place(item: Record) -> int:
    number = re.match(r"\d{1,9}", item.words("nr"))
    return int(number[0]) if number else 0


def _address(item: Record) -> str | None:
    address = item.words("kilde")
    return address if _WEB.fullmatch(address) else None


def _item(item: Record, *, is_closed: bool) -> OutlinedItem:
    return OutlinedItem(
        number=item.words("nr"),
        title=item.words("titel"),
        case_number=item.words("sagsnummer", "sagsnr") or None,
        is_closed=is_closed or item.claim("lukket") is True or item.claim("aaben", "åben") is False,
        blocks=tuple(block for part in item.records("afsnit") for block in _blocks(part)),
        attachments=tuple(name for each in item.records("bilag") if (name := each.words("navn", "titel"))),
        attachments_heading="Bilag",
        link=_address(item),
    )


def _blocks(part: Record) -> Iterator[Block]:
    yield Block(part.words("titel"), is_heading=True)
    for paragraph in _PARAGRAPH.split(part.words("tekst").replace("\r", "")):
        yield from map(Block, _unwrapped(paragraph))


def _unwrapped(paragraph: str) -> Iterator[str]:
    """The lines of a paragraph: a break inside it is undone, unless a list mark follows it or a colon stands before."""
    above = ""
    for line in filter(None, map(str.strip, paragraph.split("\n"))):
        is_listed = _BULLET.match(line) or (_NUMBER.match(line) and above.endswith((".", ",", ";", ":")))
        if above and not is_listed and not above.endswith(":"):
            above += f" {line}"
            continue
        if above:
            yield above
        above = line
    if above:
        yield above
