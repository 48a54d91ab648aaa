"""Any saved page → one page of text, for the rules of text to read: paragraphs and headings between blank lines.

Menus, forms, banners and the words every site has ("Udskriv", "Til toppen") are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.errors import Unreadable
from ingest.readers import markup, setting, text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_OPENING = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<(?:head|body|main|article|section|div|table|h[1-6]|p)[\s>]", re.IGNORECASE
)
_ROLES = frozenset("navigation banner contentinfo search dialog alertdialog alert menu menubar toolbar".split())
_LANDMARKS = frozenset({"nav", "footer", "aside"})
# Parts of a page by the names sites give them, whole words of an id or class.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(cookie\w*|consent|breadcrumbs?|navbar|navigation|skip-?(?:link|nav|to)\w*|back-?to-?top|social|share"
    r"|modal|popup|newsletter|sidebar|screen-reader-text|sr-only|visually-hidden)(?:$|[\s_-])",
    re.IGNORECASE,
)
_UI = frozenset(
    " ".join(words.split())
    for words in """
    til toppen; tilbage til toppen; gå til toppen; udskriv; udskriv siden; print; fold alle ud; fold alle ind; fold ud;
    fold ind; vis alle; vis mere; vis mindre; læs mere; læs op; del; del siden; du er her; gå til indhold;
    spring til indhold; menu; søg; luk; tilbage; tilbage til forsiden; til forsiden; hent som pdf; hent pdf;
    kopier link; log ind; accepter alle; afvis alle; tillad alle; kun nødvendige; download
    """.split(";")
)


def recognises(content: bytes) -> bool:
    """True for content that opens with a tag of a page, after comments and declarations at most."""
    head = re.sub(
        rb"<!--.*?-->|<\?.*?\?>", b"", content[:20_000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n"), flags=re.DOTALL
    )
    return bool(_OPENING.match(head.replace(b"\0", b"").lstrip()))


def pages(content: bytes) -> tuple[str, ...]:
    """The text of the page. Raises `Unreadable` when it has none: many sites fill their pages in the browser only."""
    body = markup.parse(text.decode(content)).body
    root = None if body is None else next((node for node in body.css("main, [role=main]") if _has_words(node)), body)
    found = () if root is None else markup.blocks(root, lambda node: node.tag in markup.HEADINGS, _is_furniture)
    written = setting.page(block for block in found if block.text.strip(" :.").casefold() not in _UI)
    if not written:
        raise Unreadable("the page has no text, since its site writes it in the browser; save or print it as PDF there")
    return (written,)


def _has_words(node: LexborNode) -> bool:
    return len(node.text(deep=True).split()) > 30


def _is_furniture(node: LexborNode) -> bool:
    if not node.is_element_node or node.tag in ("html", "body", "main"):
        return False
    given = node.attributes
    return (
        node.tag in _LANDMARKS
        or "hidden" in given
        or (given.get("role") or "").lower() in _ROLES
        or bool(_FURNITURE.search(f"{given.get('id') or ''} {given.get('class') or ''}"))
    )
