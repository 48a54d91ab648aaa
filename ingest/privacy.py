"""What must not enter the archive: civil registration numbers, and what was said behind closed doors."""

from __future__ import annotations

import re

# ddmmyy-nnnn with the separators people write. Numbers issued since October 2007 may fail the modulus-11 check, so
# the check is not asked for; a possible day and month is. Dots inside the date only where a dash follows, since
# "12.10.25 2026" is a date and a year.
_CPR = re.compile(
    r"(?<![\w./-])(?:(?P<d>\d{2})(?P<m>\d{2})\d{2}[ \u00a0]?[-–—‐‑−]?[ \u00a0\n]?\d{4}"
    r"|(?P<d2>\d{2})(?P<s>[. /-])(?P<m2>\d{2})(?P=s)\d{2}\s?[-–—‐‑−]\s?\d{4})(?![\w/]|-\d|[.,]\d)"
)
_CLOSED_TITLE = re.compile(
    # "Lukket: T", "Lukket sag: T", "Lukket - T", "(Lukket) T", "Lukkede sager: T", "Lukket punkt 5: T"
    r"^\W*lukke(t|de)\b(\s*(punkt|sag|dagsordenspunkt|møde)(er)?( \d+)?)?\s*([\])]|[:.–—-]|$)"
    r"|[-–(]\s*lukket(\s+(sag|punkt))?\s*\)?\s*$"  # "T (Lukket)", "T - LUKKET SAG"
    r"|\bfortrolig(t|e)?\b",
    re.IGNORECASE,
)
_CLOSED_GROUP = re.compile(
    r"^\W*(lukke(t|de)\s+(sager|punkter|dagsorden|dagsordenspunkter|referat|møde|del)"
    r"|disse sager behandles for lukkede døre|sager? for lukkede døre)\W*$",
    re.IGNORECASE,
)
_OPEN_GROUP = re.compile(
    r"^\W*(åbne?|åbent)\s*(sager|punkter|dagsorden|dagsordenspunkter|referat|møde|del)?\W*$", re.IGNORECASE
)


def mask_cpr(text: str) -> str:
    """`text` with every civil registration number's digits replaced by "x", the same length, so that spans stand."""
    return _CPR.sub(_masked, text)


def _masked(match: re.Match[str]) -> str:
    day, month = int(match["d"] or match["d2"]), int(match["m"] or match["m2"])
    is_possible = 1 <= day <= 31 and 1 <= month <= 12
    return re.sub(r"\d", "x", match[0]) if is_possible else match[0]


def is_closed(title: str) -> bool:
    """True when an item's title says that it was treated behind closed doors."""
    return bool(_CLOSED_TITLE.search(title))


def closes(line: str) -> bool:
    """True for a group heading after which every item is closed ("Lukkede sager")."""
    return bool(_CLOSED_GROUP.match(line))


def opens(line: str) -> bool:
    """True for a group heading after which items are open again ("Åbne sager")."""
    return bool(_OPEN_GROUP.match(line))
