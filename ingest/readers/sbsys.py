"""An SBSYS eDagsorden export (XML) → its meetings: members, items and their fields, whose content is HTML.

Parsed by lxml without entities, network or huge trees; a document that declares a DTD is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING

from ingest import privacy
from ingest.errors import NotMinutes, Unreadable
from ingest.loose_json import CLAIMS
from ingest.model import Attendee, MeetingKind
from ingest.outline import Block, Outline, OutlinedItem
from ingest.readers import firstagenda, markup

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = re.compile(rb"<(?:\w+:)?(?:Publication|Agendas?)[\s>/]")
_DTD = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_LARGEST = 200_000_000  # bytes
_MOMENTS = ("%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%d-%m-%Y", "%Y-%m-%d")
_MINUTES = re.compile(r"minutes|referat|protokol|protocol", re.IGNORECASE)
# What stands for "not told": in fields of case numbers, and as the content of a field that a template fills.
_NOTHING = re.compile(r"\W*|tomt indhold\W*", re.IGNORECASE)
_AWAY = re.compile(r"absent|afbud|fravær|declined|cancel|not\s?(participat|attend|present)|ikke", re.IGNORECASE)
_UNDECIDED = re.compile(r"not\s?decided|ikke (afklaret|besvaret)", re.IGNORECASE)


def recognises(content: bytes) -> bool:
    """True for XML whose root SBSYS writes."""
    head = content[:4096].replace(b"\0", b"")
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<" and bool(_ROOT.search(head))


def outlines(content: bytes) -> tuple[Outline, ...]:
    """The meetings of the export. Raises `Unreadable` when it is no well-formed XML, `NotMinutes` without a meeting."""
    root = _parsed(content)
    name = "".join(_words(root, "PublicationTypeAsEnum"))
    found = tuple(_outline(agenda, name) for agenda in root.iter("Agenda"))
    if not found:
        raise NotMinutes("an SBSYS export without a meeting (`Agenda`) in it")
    return found


def _parsed(content: bytes) -> _Element:
    from lxml import etree

    if len(content) > _LARGEST or _DTD.search(content[:100_000].replace(b"\0", b"")):
        raise Unreadable("the XML declares a DTD or is larger than any export; minutes have no use for either")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Unreadable(f"the XML is damaged or cut off ({fault}); export it anew") from fault
    if root.getroottree().docinfo.doctype:
        raise Unreadable("the XML declares a DTD; minutes have no use for one")
    return root


def _outline(agenda: _Element, publication: str) -> Outline:
    committee = _words(agenda, "Committee/Name") or _words(agenda, "Name")
    held = _moment(_words(agenda, "Meeting/When"))
    if held is None or not committee:
        raise NotMinutes(f"an agenda that names no {'day (`When`)' if committee else 'committee'}; export it anew")
    name = _words(agenda, "Name")
    is_concluded = bool(_words(agenda, "Meeting/Concluded") or _MINUTES.search(publication))
    return Outline(
        municipality=None,
        committee=committee,
        date=held.date(),
        start=held.time() if held.time() != time() else None,
        place=_words(agenda, "Meeting/Where") or None,
        kind=MeetingKind.REFERAT if is_concluded else MeetingKind.DAGSORDEN,
        is_supplement=_is_true(agenda, "IsExtendedAgenda") or firstagenda.is_supplement(name),
        attendance=tuple(_attendees(agenda.findall("Meeting/Members/MeetingMember"))),
        items=tuple(_item(each, is_closed=privacy.is_closed_meeting(name)) for each in agenda.findall("Items/Item")),
    )


def _moment(told: str) -> datetime | None:
    for form in _MOMENTS:
        try:
            return datetime.strptime(told[:19], form)
        except ValueError:
            continue  # the next form may fit
    return None


def _attendees(members: list[_Element]) -> Iterator[Attendee]:
    for member in members:
        status, note = _words(member, "ParticipationStatusAsText"), _words(member, "ParticipationNote")
        if name := _words(member, "Name"):
            yield Attendee(name, bool(_AWAY.search(status)) and not _UNDECIDED.search(status), note)


def _item(item: _Element, *, is_closed: bool) -> OutlinedItem:
    # Some exports leave the number itself empty: "2012-40011 - Klimatilpasning" stands beside it.
    case_number = _words(item, "Case/Number") or _words(item, "Case/NumberAndTitle").split(" - ")[0]
    is_public = _words(item, "IsPublic") or "true"
    enclosures = (_words(each, "Name") or _words(each, "FileName") for each in item.findall("Enclosures/Enclosure"))
    return OutlinedItem(
        number=_words(item, "Number") or _words(item, "Index"),
        title=_words(item, "Caption"),
        case_number=None if _NOTHING.fullmatch(case_number) else case_number,
        is_closed=is_closed or CLAIMS.get(is_public.lower(), False) is False,
        blocks=tuple(block for field in _in_order(item.findall("Fields/ItemField")) for block in _blocks(field)),
        attachments=tuple(name for name in enclosures if name),
        absent=tuple(each.name for each in _attendees(item.findall("Members/ItemMember")) if each.is_absent),
    )


def _in_order(fields: list[_Element]) -> list[_Element]:
    return sorted(fields, key=lambda field: int(index) if (index := _words(field, "Index")).isdecimal() else 0)


def _blocks(field: _Element) -> Iterator[Block]:
    """A field under its caption; none where nothing was written in it."""
    content = _words(field, "Content")
    if _words(field, "FieldTypeAsEnum").lower() == "html" or content.startswith("<"):
        blocks = markup.fragment(content)
    else:
        blocks = tuple(Block(line.strip()) for line in content.splitlines() if line.strip())
    if not all(_NOTHING.fullmatch(block.text) for block in blocks):
        yield Block(_words(field, "Caption"), is_heading=True)
        yield from blocks


def _is_true(element: _Element, path: str) -> bool:
    return _words(element, path).lower() in ("true", "1")


def _words(element: _Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
