"""Who took part and who was absent: the lists of a front page, and what an item says of its own treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.model import Attendee

# The headings of the lists, and whether those below are absent. First match wins.
_HEADINGS = tuple(
    (re.compile(rf"(?:{pattern})\s*(?::|$)\s*", re.IGNORECASE), is_absent)
    for pattern, is_absent in (
        (r"følgende deltog ikke i behandlingen af punktet", True),
        (r"(?:ikke|ej) (?:til ?stede|mødt)", True),
        (r"(?:fraværende|fravær|afbud)(?: (?:med|uden) afbud)?(?: ?/ ?(?:fraværende|afbud))?", True),
        (r"(?:mødte |deltagende )?medlemmer|indkaldelse|til ?stede|mødedeltagere|deltagere|fremmødte", False),
    )
)
_ENDS = re.compile(  # what stands below a list and is no member
    r"\W*(?:sekretær|referent|indholdsfortegnelse|(?:tillægs)?dagsorden|(?:åbent )?referat|bemærkninger|øvrige"
    r"|(?:fra )?forvalt|(?:fra )?administration|punkt\b|mødested|mødedato|mødelokale|lokale|dato|side|start|slut)",
    re.IGNORECASE,
)

_PARTICLE = r"(?:(?:de|van|von|af|el|al|bin|der|la|le|du|dos|da) )?"
_WORD = r"[A-ZÆØÅÄÖÉ](?:[\w'’-]{1,30}|\.)"
_PERSON = rf"(?<![\w.'’-]){_WORD}(?: {_PARTICLE}{_WORD}){{1,5}}"
_IN_BRACKETS = r"\s?\([^()\n]{1,80}\)"
_OFFICE = (  # what may stand behind a name, after a comma or dash
    r"(?:formand|næstformand|udvalgsformand|borgmester|(?:\d\. )?viceborgmester|medlem|stedfortræder|suppleant|sag"
    r"|punkt|pkt|deltog|fra|til|i stedet|afbud|fraværende|orlov|ferie|barsel|barselsorlov|sygdom|syg)"
)
_MEMBER = re.compile(
    rf"[-–•*]?\s*(?P<name>{_PERSON})(?P<notes>(?:{_IN_BRACKETS})*)(?P<office>\s?[,–-] ?{_OFFICE}\b[^\n;]*)?\s*[.,;]?$"
)
# Between two names: a comma, "og", or, where a list is set in columns, nothing but a blank.
_BETWEEN = re.compile(
    r"\s*[;|]\s*|,\s+(?=[A-ZÆØÅ])|\s+og\s+(?=[A-ZÆØÅ])|(?<=\))\s+(?=[A-ZÆØÅ])|(?<=formand)\s+(?=[A-ZÆØÅ])"
)
_IS_AWAY = re.compile(r"\b(?:afbud|fraværende|orlov|udeblev|ikke til stede|forhindret)\b", re.IGNORECASE)
_LONGEST = 400  # characters of a line of names

_PEOPLE = rf"(?P<names>{_PERSON}(?:{_IN_BRACKETS})?(?:(?:, | og ){_PERSON}(?:{_IN_BRACKETS})?)*)"
_EXCUSED = re.compile(rf"(?:[Aa]fbud|[Ff]ravær) fra {_PEOPLE}")
# How a sentence says that someone took no part.
_AWAY = (
    _EXCUSED,
    *(
        re.compile(rf"{_PEOPLE} {verb}")
        for verb in (
            r"(?:deltog|deltager|medvirkede) ikke (?:i|under|ved) (?:\w+ ){0,3}(?:behandling|drøftelse|afstemning)",
            r"(?:deltog|deltager) ikke(?= i (?:punktet|sagen|mødet)\b|[.,]|$)",
            r"var (?:forhindret|fraværende|ikke til stede|ej til stede|på orlov)",
            r"(?:udeblev|meldte afbud|(?:har|havde) meldt afbud|var udeblevet|forlod (?:mødet|lokalet))",
            r"(?:erklærede sig|(?:blev |er )?erklæret|var|er) inhabile?\b",
        )
    ),
)
_STAND_IN = (
    re.compile(rf"[Ii] stedet (?:mødte|deltog) (?P<name>{_PERSON})"),
    re.compile(
        rf"(?P<name>{_PERSON})(?:{_IN_BRACKETS})? (?:mødte|deltog) (?:op )?som (?:stedfortræder|suppleant)"
        rf"(?: for (?P<whom>{_PERSON}))?"
    ),
)


def of_meeting(head: str) -> tuple[Attendee, ...]:
    """The members that the lines above the first item list, in order, each once; those named as absent are.

    Empty when nobody is listed.
    """
    found: dict[str, Attendee] = {}
    is_absent: bool | None = None  # None outside a list
    for line in map(str.strip, head.split("\n")):
        rest = line
        if opened := _opened(line):
            is_absent, rest = opened
        elif _ENDS.match(line):
            is_absent = None
        for each in (*_told(rest), *(_listed(_of_list(rest), is_absent) if is_absent is not None else ())):
            known = found.get(each.name)
            if known is None or each.is_absent or (each.note and not known.note):
                found[each.name] = each
    return tuple(found.values())


def of_item(words: str) -> Iterator[str]:
    """The names, as stated, of those that `words` say took no part: in lists under a heading of absence, and in
    sentences that say so of someone."""
    in_list = False
    for line in filter(None, map(str.strip, words.split("\n"))):
        rest = line
        if opened := _opened(line):
            in_list, rest = opened
        listed = list(_members(rest)) if in_list else []
        in_list = in_list and (bool(listed) or not rest)
        yield from (name for name, _ in listed)
        if not listed:
            for pattern in _AWAY:
                yield from (name for match in pattern.finditer(line) for name in _parted(match["names"]))


def is_names(line: str) -> bool:
    """True for a line that holds nothing but names, as below "Fraværende:"."""
    return any(True for _ in _members(line))


def _opened(line: str) -> tuple[bool, str] | None:
    """Whether those listed from `line` on are absent, and what already stands on it; None when it opens no list."""
    for pattern, is_absent in _HEADINGS:
        if match := pattern.match(line):
            return is_absent, line[match.end() :]
    return None


def _listed(line: str, is_absent: bool) -> Iterator[Attendee]:
    for name, note in _members(line):
        yield Attendee(name, is_absent or bool(_IS_AWAY.search(note)), note)


def _of_list(line: str) -> str:
    """The line without what it says of somebody beside the list ("Bo Lind, Eva Holm, afbud fra Ib Krog")."""
    return _EXCUSED.sub("", line).strip(" ,;") if _EXCUSED.search(line) else line


def _told(line: str) -> Iterator[Attendee]:
    """Those that a sentence names: "Afbud fra Bo Lind. I stedet mødte Eva Mose.\""""
    for match in _EXCUSED.finditer(line):
        yield from (Attendee(name, True, "afbud") for name in _parted(match["names"]))
    for pattern in _STAND_IN:
        for match in pattern.finditer(line):
            whom = match.groupdict().get("whom")
            yield Attendee(match["name"].rstrip("."), False, f"stedfortræder for {whom}" if whom else "stedfortræder")


def _members(line: str) -> Iterator[tuple[str, str]]:
    """The people on a line with what stands beside each name; nobody if the line holds anything else."""
    parts = [part for part in _BETWEEN.split(line.strip()) if part] if len(line) <= _LONGEST else []
    matches = [match for part in parts if (match := _MEMBER.match(part))]
    if len(matches) == len(parts):
        for match in matches:
            notes = re.findall(r"\(([^()]*)\)", match["notes"])
            office = (match["office"] or "").strip(" ,–-.")
            yield match["name"].rstrip("."), ", ".join([*notes, *([office] if office else [])])


def _parted(names: str) -> Iterator[str]:
    for name in re.split(r", | og ", names):
        yield re.sub(r"\s?\([^()]*\)", "", name).strip(" .,")
