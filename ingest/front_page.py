"""The lines above the first agenda item → the meeting: whose, when, where, and whether it is minutes or an agenda."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from itertools import takewhile

from ingest import attendance, dates, headings, municipalities
from ingest.errors import NotMinutes
from ingest.model import SUPPLEMENT, Meeting, MeetingKind

_HEAD_LIMIT = 4000  # characters; what stands above the first item and further down is a contents list
_REFERAT = re.compile(
    r"^\W*(?:åbent |lukket )?(?P<kind>referat|dagsorden|tillægsdagsorden|beslutningsprotokol|protokol)\b"
    r"(?:\s+(?:for\s+|fra\s+)?(?P<body>\S.*?))?(?:\s*,?\s+(?:d\.|den)\s.*|\s*,?\s+\d.*)?$",
    re.IGNORECASE,
)
_BODY_LINE = re.compile(
    r"^(?:[\w&,-]+ ){0,8}?\w*"
    r"(?:udvalg(?:et)?|byråd(?:et)?|bestyrelsen?|rådet|nævnet|magistraten|repræsentationen)\b[\w ,&()-]*$",
    re.IGNORECASE,
)
_ON_DAY = re.compile(r",? (?:d\.|den) \d.*$")  # "Kulturudvalget d. 12-03-2026" below "REFERAT"
_PLACE = re.compile(
    r"^(?:(?:Mødested|Sted|Lokale)\s*:?|Mødelokale:|Mødelokale(?= [A-ZÆØÅ]))\s+(?P<place>\S.*)$"
    r"|(?:^|\d,? )(?:i|på) (?P<room>[A-ZÆØÅ]\S.*)$",
    re.MULTILINE,
)
_CLOCK_LINE = re.compile(
    r"kl(?:\.|okken)?\s*\d{1,2}[.:]\d{2}(?:\s*[-–]\s*(?:kl\.\s*)?\d{1,2}[.:]\d{2})?\W*$", re.IGNORECASE
)
_BEGINS = re.compile(
    r"^(?:mødetidspunkt|mødetid|starttidspunkt|mødestart|start|tidspunkt|tid)\s*:?\s+(?P<clock>\d{1,2}[.:]\d{2})\b",
    re.IGNORECASE | re.MULTILINE,
)
_PLACE_LINES = 5  # of an address
_POSTAL = re.compile(r"\d{4} [A-ZÆØÅ]")
_VENUE = re.compile(
    r"(?:center|centret|rådhus|rådhuset|hus|huset|hotel|kro|skole|skolen|hallen|salen|lokale|museum)$", re.I
)
_STATES = re.compile(r"(?:åbent?|lukket|sekretær|referent|side)\b", re.IGNORECASE)
_MEETING_DAY = re.compile(r"^\W*(mødedato|mødedag|dato)\b|\b(referat|dagsorden)\b", re.IGNORECASE)
_OTHER_DAY = re.compile(
    r"\b(udskrevet|udskrift|offentliggjort|publiceret|godkendt|underskrevet|revideret)\b", re.IGNORECASE
)
_AGENDA = re.compile(r"\b\w*dagsorden\b|\bmødeindkaldelse\b", re.IGNORECASE)
_ITEM_ON_AGENDA = re.compile(r"\bgodkendelse af\b", re.IGNORECASE)  # a line of a contents list, not the document's name
_MINUTES = re.compile(r"\b\w*(referat|protokol)\w*\b|\bbeslutning", re.IGNORECASE)
_CONTENTS = re.compile(r"^\W*indholdsfortegnelse\W*$", re.IGNORECASE | re.MULTILINE)
# "Udvalget for plan, udvikling og kultur (PUK)": some papers of a body leave it out, so keys do.
_ACRONYM = re.compile(r"\s*\([A-ZÆØÅ]{2,6}\)\s*$")
_PROTOCOL = re.compile(r"^\W*(?:beslutnings)?protokol\W*$", re.IGNORECASE)
_ADJECTIVE = re.compile(r"^(fra |af |for )?(det )?(ekstraordinær|ordinær)\w*\b", re.IGNORECASE)
_LEADS = re.compile(r"^(?:(?:fra|af|for|det|den)\b\s*)+", re.IGNORECASE)  # "Referat af møde den 4. april"
_WEEKDAY = re.compile(r"^(?:man|tirs|ons|tors|fre|lør|søn)dag\b", re.IGNORECASE)
_SLUG = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def read(text: str, first_item: int, municipality: str | None) -> Meeting:
    """The meeting that `text` is the minutes of; its first item begins at `first_item`. `municipality` overrides the
    name found in the text. Raises `NotMinutes` when there is no date or no body; the message says which."""
    head = text[: min(first_item, _HEAD_LIMIT)]
    contents = _CONTENTS.search(head)
    head = head[: contents.start()] if contents else head
    held = _held(head)
    if held is None:
        raise NotMinutes("no date was found above the first agenda item")
    kind, committee, is_supplement = _kind_and_committee(head)
    if not committee:
        raise NotMinutes("no committee was found above the first agenda item")
    name = municipality or municipality_of(committee, head) or municipality_of(committee, text)
    return Meeting(
        key=key(name, committee, held, is_supplement=is_supplement),
        municipality=name,
        committee=committee,
        date=held,
        start=dates.clock(head) or _clock(head),
        place=_place(head),
        kind=kind,
        attendance=attendance.of_meeting(head),
        is_supplement=is_supplement,
    )


def _clock(head: str) -> time | None:
    """The time on a line that is labelled as that of the meeting, without "kl."."""
    match = _BEGINS.search(head)
    return dates.clock(f"kl. {match['clock']}") if match else None


def _place(head: str) -> str | None:
    """Where the meeting was held: as labelled, or what stands below the time ("Kl. 10:30") up to the next heading."""
    if match := _PLACE.search(head):
        return (match["place"] or match["room"]).strip()
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    at = next((number for number, line in enumerate(lines, start=1) if _CLOCK_LINE.match(line)), len(lines))
    below = _address(lines[at : at + _PLACE_LINES]) or list(takewhile(_may_be_place, lines[at : at + _PLACE_LINES]))
    return ", ".join(below) or None


def _address(lines: list[str]) -> list[str]:
    """The lines up to the one with the postal code, of which some may read like names ("Følle Strand")."""
    end = next((number for number, line in enumerate(lines, start=1) if _POSTAL.match(line)), 0)
    return lines[:end] if not any(headings.section(line) or dates.first(line) for line in lines[:end]) else []


def _may_be_place(line: str) -> bool:
    return not (
        headings.section(line)
        or (attendance.is_names(line) and not _VENUE.search(line))
        or dates.first(line)
        or _REFERAT.match(line)
        or _BODY_LINE.match(line)
        or _CONTENTS.match(line)
        or line.endswith((":", "."))
        or _STATES.match(line)
    )


def _held(head: str) -> date | None:
    """The day of the meeting: that of the line that says so or of the title, never of one on printing or approval."""
    lines = [line for line in head.split("\n") if not _OTHER_DAY.search(line)]
    marked = [line for line in lines if _MEETING_DAY.search(line)]
    return next((day for line in (*marked, *lines) if (day := dates.first(line))), None)


def _kind_and_committee(head: str) -> tuple[MeetingKind, str, bool]:
    """What the document is and whose, and whether it is a supplementary agenda. The body stands on the line that says
    "Referat", or on a line of its own."""
    kind, committee, is_supplement = MeetingKind.REFERAT, "", False
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    is_found = False
    for line in lines:
        if not is_found and (match := _REFERAT.match(line)):
            is_agenda = match["kind"].lower().endswith("dagsorden")
            is_supplement = match["kind"].lower().startswith("tillæg")
            kind, is_found = (MeetingKind.DAGSORDEN if is_agenda else MeetingKind.REFERAT), True
            if match["body"] and not dates.first(match["body"]) and not _WEEKDAY.match(match["body"]):
                committee = _body(match["body"].strip(" :"))
    if any(_PROTOCOL.match(line) for line in lines):
        kind = MeetingKind.REFERAT  # the agenda with what was decided (København 2007)
    if not _MINUTES.search(head) and any(_AGENDA.search(line) and not _ITEM_ON_AGENDA.search(line) for line in lines):
        kind = MeetingKind.DAGSORDEN
    if not committee:
        names = (_ON_DAY.sub("", line) for line in lines)
        committee = next((line for line in names if _BODY_LINE.match(line) and not dates.first(line)), "")
    return kind, committee, is_supplement


def _body(named: str) -> str:
    """The body in what follows "Referat": "af møde i Teknisk Udvalg" names one; "ekstraordinært møde" none."""
    match = re.search(r"\bmødet?\b(?:\s+i\s+(?P<body>\S.*))?", named, re.IGNORECASE)
    if match is None:
        return named
    if match["body"]:
        return match["body"]
    return "" if _ADJECTIVE.match(named) else _LEADS.sub("", named[: match.start()]).rstrip(" ,")


def municipality_of(committee: str, text: str) -> str:
    """Whose body this is, by its own name or by what `text` names most often; "" when neither tells."""
    return municipalities.of_body(committee) or municipalities.named(text) or ""


def key(municipality: str, committee: str, held: date, *, is_supplement: bool) -> str:
    """A meeting's key, for people to read: "herning/beskaeftigelsesudvalget/2026-04-28"."""
    end = SUPPLEMENT if is_supplement else ""
    return f"{slug(municipality) or 'ukendt'}/{slug(_ACRONYM.sub('', committee)) or 'ukendt'}/{held.isoformat()}{end}"


def slug(name: str) -> str:
    """`name` as keys write it: lower case, Danish letters spelled out, everything else a hyphen."""
    folded = unicodedata.normalize("NFKD", name.lower().translate(_SLUG)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
