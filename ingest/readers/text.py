"""Plain or Markdown-like text → one page."""

from __future__ import annotations

import codecs

from ingest.errors import Unreadable

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")


def recognises(content: bytes) -> bool:
    """True for content without the control bytes that only binary formats hold, and that is no HTML, XML or JSON: their
    marks would be read as words of the minutes."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"<", b"{"):
        return False
    return content.startswith(tuple(bom for bom, _ in _BOMS)) or not _CONTROL.intersection(content[:4096])


def pages(content: bytes) -> tuple[str, ...]:
    """The text as one page."""
    return (decode(content),)


def decode(content: bytes) -> str:
    """The text, decoded by its byte-order mark, else as UTF-8, else as Windows-1252 (old exports)."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as fault:
                raise Unreadable(f"not valid {encoding} although its first bytes say so ({fault.reason})") from fault
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
