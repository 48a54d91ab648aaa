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
    # Two parts of a GUID ("ab120380-1234-4f0c-8123-0123456789ab") are no number of a person.
    r")(?!\d|[-.,]\d|-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f]))",
    re.IGNORECASE,
)
_CLOSED_TITLE = re.compile(
    # "Lukket: T", "Lukket sag: T", "Lukket - T", "(Lukket) T", "Lukkede sager: T", "Lukket punkt 5: T"
    r"^\W*lukke(t|de)\b(\s*møde(r)?( \d+)?)?\s*([\])*/]|[:.–—-]|$)"
    r"|^\W*lukke(t|de)\s*,|^\W*(?-i:LUKKET)\b"  # "Lukket, T", "LUKKET T"
    # "Lukket punkt T", "Lukket sag nr. 5: T", "Lukkede orienteringer"
    r"|^\W*lukke(t|de)\s*((dagsordens|tillægs)?punkt|pkt\.?|(møde|beslutnings|efterretnings|orienterings)?sag"
    r"|orientering|drøftelse|beslutning|meddelelse)(er|r)?\b"
    r"|^\W*(?-i:LUKKEDE)\b"
    r"|[-–(\[]\s*lukke(t|de)(\s+\w+)?\s*[)\]]?\s*$"  # "T (Lukket)", "T - LUKKET SAG", "T [Lukket]"
    r"|[.;,]\s*lukket (punkt|sag)\W*$|\b(punktet|sagen) er lukket\b"  # "T. Lukket punkt"
    r"|\b(for|bag) lukke(t|de) døre?\b|\bikke[- ]offentligt?\b"
    r"|\bfortrolig(t|e)?\b",
    re.IGNORECASE,
)
_CLOSED_MEETING = re.compile(r"\blukke(t|de) (dagsorden|tillægsdagsorden|referat|møde|protokol)", re.IGNORECASE)
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


def is_closed_meeting(name: str) -> bool:
    """True when the name of a meeting's document says that all of it was treated behind closed doors ("Lukket referat
    torsdag den 12. marts")."""
    return bool(_CLOSED_MEETING.search(name))


def closes(line: str) -> bool:
    """True for a group heading after which every item is closed ("Lukkede sager")."""
    return bool(_CLOSED_GROUP.match(line))


def opens(line: str) -> bool:
    """True for a group heading after which items are open again ("Åbne sager")."""
    return bool(_OPEN_GROUP.match(line))
