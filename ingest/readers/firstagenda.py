"""What all of FirstAgenda's forms share: the body of an item, the address of a meeting, who was there, what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest import headings
from ingest.model import Attendee, MeetingKind
from ingest.outline import Block
from ingest.readers import markup

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

CONTAINER = "#sagsfremstillingContainer"
_HOST = re.compile(r"https?://([a-zA-Z0-9.-]+\.[a-zA-Z]{2,})(?=[/:?#]|$)")
_GUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_REFERAT = re.compile(r"\b\w*(referat|protokol)", re.IGNORECASE)
_ABSENT = re.compile(
    r"\s*(?:[(,–-]\s*|:\s*)(?P<note>(?:meldt )?(?:afbud|fraværende|ikke mødt|ikke til stede)[^()]*)\)?\s*$",
    re.IGNORECASE,
)
_AGENDA = re.compile(r"dagsorden|indkaldelse", re.IGNORECASE)


def body(html: str) -> tuple[Block, ...]:
    """The blocks of an item's `Html`, in any shape: plain text, markup without the container, or as published today."""
    if "<" not in html:
        return tuple(Block(line) for line in html.splitlines() if line.strip())
    tree = markup.parse(html)
    root = tree.css_first(CONTAINER) or tree.body
    return container(root) if root is not None else ()


def container(root: LexborNode) -> tuple[Block, ...]:
    """The blocks below a container. A section's `<h3>` stands in it directly, or in a `<div>` that does (Hvidovre sets
    the Indstilling and the decisions of earlier bodies into one); further down, an `<h3>` is part of a section's text.
    Where none stands there, headings are those of the highest rank, if one of them is known by its words.
    """

    def is_section(node: LexborNode) -> bool:
        above = node.parent
        if node.tag != "h3" or above is None:
            return False
        return root.mem_id in (above.mem_id, above.parent.mem_id if above.tag == "div" and above.parent else None)

    found = markup.blocks(root, is_section)
    rank = next((tag for tag in sorted(markup.HEADINGS) if root.css_first(tag) is not None), None)
    if rank is None or any(block.is_heading for block in found):
        return found
    ranked = markup.blocks(root, lambda node: node.tag == rank)
    return ranked if any(block.is_heading and headings.section(block.text) for block in ranked) else found


@dataclass(frozen=True, slots=True)
class Site:
    """The publication site that a meeting was found at; "" where the source does not name it."""

    host: str

    def meeting(self, meeting: str) -> str | None:
        """The address of a meeting, for people to open, relative to the site where that is not named; None when it
        cannot be told."""
        site = f"https://{self.host}" if self.host else ""
        return f"{site}/vis?id={meeting}" if _is_told(meeting) else None

    def item(self, meeting: str, item: str) -> str | None:
        """The address of one of its items. A meeting has several ids in its answers: it is the agenda's own."""
        return f"{address}&punktid={item}" if (address := self.meeting(meeting)) and _is_told(item) else None


def site(addresses: Iterable[str]) -> Site:
    """The site whose address is met first."""
    return Site(next((match[1].lower() for each in addresses if (match := _HOST.match(each))), ""))


def _is_told(guid: str) -> bool:
    """True for an id that is one: what is not known is written as zeros."""
    return bool(_GUID.fullmatch(guid)) and guid.strip("0-") != ""


def kind(name: str, is_concluded: bool | None) -> MeetingKind:
    """Minutes where the meeting is concluded or its name says so, else an agenda."""
    says_so = bool(_REFERAT.search(name)) and not _AGENDA.search(name)
    return MeetingKind.REFERAT if is_concluded or says_so else MeetingKind.DAGSORDEN


def is_supplement(name: str) -> bool:
    """True for the name of an agenda that adds items to another."""
    return "tillæg" in name.casefold()


def attendee(words: str, *, is_absent: bool = False) -> Attendee:
    """Who a line of the list of participants names: "Bo Lind (afbud)" was not there."""
    match = _ABSENT.search(words)
    name = (words[: match.start()] if match else words).strip(" ,-–")
    return Attendee(name, is_absent or match is not None, match["note"].strip() if match else "")
