"""Text of documents → Markdown that shows it as it is, whatever characters it holds.

Document text is data: it can never become a heading, a link, an image, a list or HTML.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote as percent

# Every character that can begin markup anywhere in a line, in CommonMark or its dialects with tables, mathematics,
# strikethrough, mentions and bare addresses.
_ACTIVE = re.compile(r"[\\`*_{}\[\]<>#|~$&@!^=]|:(?=\S)|(?<=www)\.(?=\S)", re.IGNORECASE)
_AT_START = re.compile(r"^(?:[-+](?=\s|-|$)|\d{1,9}[.)](?=\s|$))")
_WEB = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)


def plain(text: str) -> str:
    """`text` on one line. Control characters, and such that turn the direction of writing, are left out."""
    return "".join(each for each in " ".join(text.split()) if unicodedata.category(each) not in ("Cc", "Cf"))


def is_web(address: str | None) -> bool:
    """True for an address of the web, which alone may become a link."""
    return address is not None and _WEB.match(address) is not None


def escaped(text: str) -> str:
    """`plain` text with every character that Markdown could read as markup escaped."""
    shown = _ACTIVE.sub(lambda match: "\\" + match[0], plain(text))
    return _AT_START.sub(lambda match: match[0][:-1] + "\\" + match[0][-1], shown)


def quoted(text: str) -> str:
    """`escaped` in Danish quotation marks."""
    return f"“{escaped(text)}”"


def link(words: str, address: str | None) -> str:
    """`words`, already escaped, as a link to a web address; just the words where there is none, or it is no web
    address."""
    if address is None or not is_web(address):
        return words
    return f"[{words}](<{percent(address, safe=':/?#=&%+,;@~!$*')}>)"
