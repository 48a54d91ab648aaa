"""What must not enter the archive: civil registration numbers, and what was said behind closed doors."""

from __future__ import annotations

import re

# ddmmyy-nnnn with the separators people write. Numbers issued since October 2007 may fail the modulus-11 check, so
# the check is not asked for; a possible day and month is. Separators inside the date only where a dash follows, since
# "12.10.25 2026" is a date and a year. A file's name may hold one ("Notat_010180-1234.pdf"), or a label without a
# blank ("cpr.nr.010180-1234"). Letters before or after ten digits in a row make them an identifier of something else.
_DAY, _MONTH = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])"
_DASH, _BLANK = "[-–—‐‑−]", r"[ \u00a0]"
_CPR = re.compile(
    r"(?=[0-3])(?<!\d)(?<!\d[.-])(?:"  # a day opens every form; asked first, twenty times as fast
    rf"{_DAY}{_MONTH}(?:\d{{2}}|19\d{{2}}|20[01]\d){_BLANK}?{_DASH}[ \u00a0\n]?\d{{4}}"
    rf"|{_DAY}{_MONTH}\d{{2}}[/.\n]\d{{4}}"
    rf"|(?<=cpr )(?:{_DAY}[. ]{_MONTH}[. ]\d{{2}}|{_DAY}{_MONTH}19\d{{2}})[ \u00a0]\d{{4}}"
    rf"|{_DAY}(?P<s>[. /-]){_MONTH}(?P=s)\d{{2}}\s?{_DASH}\s?\d{{4}}"
    rf"|{_DAY}(?P<t>[./-]){_MONTH}(?P=t)(?:19\d{{2}}|200\d){_DASH}\d{{4}}"
    rf"|(?:(?<![^\W_])(?<![-/])|(?<=cpr)|(?<=nr)){_DAY}{_MONTH}\d{{2}}{_BLANK}?\d{{4}}(?![^\W_]|/\d)"
    r")(?!\d|[-.,]\d)",
    re.IGNORECASE,
)
_CLOSED_TITLE = re.compile(
    # "Lukket: T", "Lukket sag: T", "Lukket - T", "(Lukket) T", "Lukkede sager: T", "Lukket punkt 5: T"
    r"^\W*lukke(t|de)\b(\s*(punkt|sag|dagsordenspunkt|møde)(er)?( \d+)?)?\s*([\])]|[:.–—-]|$)"
    r"|^\W*lukke(t|de)\s*,|^\W*lukke(t|de) (sag|punkt) nr\.? ?\d+"  # "Lukket, T", "Lukket sag nr. 5: T"
    r"|^\W*(?-i:LUKKE(T|DE)) (?-i:[A-ZÆØÅ][a-zæøå])"  # "LUKKET Ejendomssag"
    r"|[-–(\[]\s*lukke(t|de)(\s+\w+)?\s*[)\]]?\s*$"  # "T (Lukket)", "T - LUKKET SAG", "T [Lukket]"
    r"|\bfor lukkede døre\b|\bikke[- ]offentligt?\b"
    r"|\bfortrolig(t|e)?\b",
    re.IGNORECASE,
)
_CLOSED_GROUP = re.compile(
    r"^\W*((punkter|sager) (på|til) )?(lukke(t|de)\s+"
    r"(sager|punkter|dagsorden|tillægsdagsorden|dagsordenspunkter|referat|møde|mødedel|del)(\s*\(.{0,40}\))?"
    r"|((disse|følgende) )?(sager?|punkter) ((blev|er|bliver) )?(behandle\w+ )?(for|bag) lukkede døre"
    r"|lukket (punkt|sag)\s*:|ikke[- ]offentlige (sager|punkter|del))\W*$",
    re.IGNORECASE,
)
_OPEN_GROUP = re.compile(
    r"^\W*(åbent?|åbne)\s*(sager|punkter|dagsorden|dagsordenspunkter|referat|møde|del)?\W*$", re.IGNORECASE
)


def mask_cpr(text: str) -> str:
    """`text` with every civil registration number's digits replaced by "x", the same length, so that spans stand."""
    return _CPR.sub(_masked, text)


def _masked(match: re.Match[str]) -> str:
    return re.sub(r"\d", "x", match[0])


def is_closed(title: str) -> bool:
    """True when an item's title says that it was treated behind closed doors."""
    return bool(_CLOSED_TITLE.search(title))


def closes(line: str) -> bool:
    """True for a group heading after which every item is closed ("Lukkede sager")."""
    return bool(_CLOSED_GROUP.match(line))


def opens(line: str) -> bool:
    """True for a group heading after which items are open again ("Åbne sager")."""
    return bool(_OPEN_GROUP.match(line))
