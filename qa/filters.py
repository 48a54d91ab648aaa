"""The words of a question that say who and when → filters: committee, municipality, period, punkt, case number.

Names of bodies and municipalities that are not loaded are kept apart: their decisions may still be reported elsewhere,
and if not, the answer must say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ingest import dates, headings, municipalities, references
from ingest.model import Meeting, Selection, Span

_PUNKT = re.compile(
    r"\b(?:dagsordens?)?(?:punkt(?:et)?|pkt\.?|(?:agenda )?item)\s*(?:nr\.?|no\.?|number)?\s*(?P<number>\d+[a-z]?)\b",
    re.I,
)
_SHORT_CASE = re.compile(
    r"\b(?:sag(?:snr|snummer| nr)?\.?|case)\s*:?\s*(?P<case>\d{2}/\d{2,6}|\d{2,4}-\d{3,7})\b", re.IGNORECASE
)
_LATEST = re.compile(
    r"\b(?:på )?(?:det |the )?(?:sidste|seneste|nyeste|last|latest|most recent) (?:\w+)?(?:møde|meeting)\w*",
    re.IGNORECASE,
)
_NAMES = "|".join(
    sorted((name for name in dates.MONTHS if len(name) > 3 or name in ("maj", "may")), key=len, reverse=True)
)
_RELATIVE_YEAR = r"sidste år|i fjor|last year|i år|this year"
_MONTH = re.compile(
    rf"\b(?:i|in|fra|from|of)\s+(?P<month>{_NAMES})(?:\s+(?P<year>\d{{4}}|{_RELATIVE_YEAR}))?\b", re.IGNORECASE
)
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_NAMES})\s+(?P<year>\d{{4}})\b", re.IGNORECASE)

# English names of the commonest bodies, and the Danish words they stand for.
_ENGLISH_BODIES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile(r"\b(?:(?:city|town|municipal) )?council\b(?! (?:house|meeting room))", re.I),
        ("byråd", "kommunalbestyrelse"),
    ),
    (re.compile(r"\btechnical committee\b", re.I), ("teknisk udvalg",)),
    (re.compile(r"\b(?:finance|economic|financial) committee\b", re.I), ("økonomiudvalg",)),
    (re.compile(r"\bemployment committee\b", re.I), ("beskæftigelsesudvalg",)),
    (re.compile(r"\bcultur(?:e|al) committee\b", re.I), ("kulturudvalg",)),
)
# What people call a municipality's highest body, whatever it is called in full.
_GENERAL_BODIES = (
    (re.compile(r"\bbyråd(?:et|ets)?\b", re.IGNORECASE), "byråd"),
    (re.compile(r"\bkommunalbestyrelse(?:n|ns)?\b", re.IGNORECASE), "kommunalbestyrelse"),
)
_NO_NAME = ("udvalget", "udvalg", "byråd", "byrådet")
# Municipalities whose names are also common words: not believed as the first word of a question.
_ALSO_WORDS = ("Vejen", "Greve", "Skive", "Faxe", "Assens", "Køge")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a question can be about: the meetings that are loaded."""

    meetings: tuple[Meeting, ...]

    @property
    def committees(self) -> tuple[str, ...]:
        """The committees' names, each once."""
        return tuple(dict.fromkeys(meeting.committee for meeting in self.meetings))

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities' names, each once."""
        return tuple(dict.fromkeys(meeting.municipality for meeting in self.meetings if meeting.municipality))


@dataclass(slots=True)
class Found:
    """What was found: the filters, the places of the words they were read from, names that are not loaded, and the day
    or month named, whether or not a meeting of it is loaded."""

    selection: Selection = field(default_factory=Selection)
    used: list[Span] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    period: tuple[date, date] | None = None

    def narrow(self, place: Span, **filters: object) -> None:
        """Add filters read from `place`."""
        self.used.append(place)
        self.selection = replace(self.selection, **filters)  # type: ignore[arg-type]  # names of Selection's fields


def find(text: str, catalogue: Catalogue, *, today: date) -> Found:
    """The filters in a question. `today` anchors "last year"."""
    found = Found()
    _numbers(text, found)
    _municipalities(text, catalogue, found)
    _committees(text, catalogue, found)
    _period(text, catalogue, today, found)
    return found


def without(text: str, used: list[Span]) -> str:
    """`text` without the places in `used`, single-spaced."""
    for span in sorted(set(used), key=lambda each: -each.start):
        text = f"{text[: span.start]} {text[span.end :]}"
    return " ".join(text.split())


def inherited(own: Selection, earlier: Selection) -> Selection:
    """`own` filters, and the earlier ones where it has none."""
    return Selection(
        own.municipalities or earlier.municipalities,
        own.committees or earlier.committees,
        own.since or earlier.since,
        own.until or earlier.until,
        own.numbers or earlier.numbers,
        own.case_number or earlier.case_number,
    )


# ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _numbers(text: str, found: Found) -> None:
    if cases := headings.case_numbers(text):
        start = text.index(cases[0])
        found.narrow(Span(start, start + len(cases[0])), case_number=cases[0])
    elif match := _SHORT_CASE.search(text):
        found.narrow(Span(*match.span()), case_number=match["case"])
    if match := _PUNKT.search(text):
        found.narrow(Span(*match.span()), numbers=(match["number"],))


# ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _municipalities(text: str, catalogue: Catalogue, found: Found) -> None:
    loaded: list[str] = []
    for match in re.finditer(r"(?<![\w-])[A-ZÆØÅ][\wæøå]+(?:-[A-ZÆØÅ][\wæøå]+)?", text):
        name = municipalities.listed(match[0])
        if name is None or (match.start() == 0 and match[0] in _ALSO_WORDS):
            continue
        if name not in catalogue.municipalities:
            found.unknown.append(name)
            continue
        loaded.append(name)
        if _stands_alone(text, Span(*match.span())):
            found.used.append(Span(*match.span()))
    if loaded:
        found.selection = replace(found.selection, municipalities=tuple(dict.fromkeys(loaded)))


def _stands_alone(text: str, span: Span) -> bool:
    """True unless the name is part of a longer one ("Aarhus Fremad", "Job Herning")."""
    after = re.match(r"\s+(\w+)", text[span.end :])
    before = re.search(r"(\w+)\s+$", text[: span.start])
    goes_on = after and after[1][0].isupper() and after[1] not in ("Kommune", "Kommunes", "Byråd", "Byråds")
    went_before = before and before[1][0].isupper() and span.start > len(before[0])
    return not goes_on and not went_before


def _committees(text: str, catalogue: Catalogue, found: Found) -> None:
    matching: list[str] = []
    for name, span in _named(text, catalogue):
        loaded = [each for each in catalogue.committees if references.same_body(each, name)]
        found.used.append(span)
        matching += loaded
        if not loaded and name not in found.unknown:
            found.unknown.append(name)
    for pattern, stems in _ENGLISH_BODIES:
        if match := pattern.search(text):
            loaded = [each for each in catalogue.committees if _stem(each).endswith(stems)]
            matching += loaded
            found.used += [Span(*match.span())] if loaded else []
    if matching:
        found.selection = replace(found.selection, committees=tuple(dict.fromkeys(matching)))


def _named(text: str, catalogue: Catalogue) -> list[tuple[str, Span]]:
    """The bodies a question names: loaded ones in any form, and others that look like one."""
    found: list[tuple[str, Span]] = []

    def is_free(match: re.Match[str]) -> bool:
        return not any(span.start < match.end() and match.start() < span.end for _, span in found)

    for committee in sorted(catalogue.committees, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(re.sub(r'(et|en)$', '', committee))}(?:et|en)?s?(?!\w)"
        if (match := re.search(pattern, text, re.IGNORECASE)) and is_free(match):
            found.append((committee, Span(*match.span())))
    for general, word in _GENERAL_BODIES:
        if (match := general.search(text)) and is_free(match):
            found += [(each, Span(*match.span())) for each in catalogue.committees if word in each.lower()]
    for match in references.BODY.finditer(text):
        name = match[0].removesuffix("s") if match[0].endswith("ets") else match[0]
        if name.lower() not in _NO_NAME and is_free(match):
            found.append((name, Span(*match.span())))
    return found


def _stem(committee: str) -> str:
    return re.sub(r"(et|en)$", "", committee.lower())


# ── when ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _period(text: str, catalogue: Catalogue, today: date, found: Found) -> None:
    """A day on which a loaded meeting was held, a month of one, or "the last meeting" becomes a filter."""
    held = {meeting.date for meeting in catalogue.meetings}
    days = list(dates.find(text))
    if days:
        found.period = (days[0][1], days[0][1])
        for span, day in days:
            if day in held:
                found.period = (day, day)
                found.narrow(span, since=day, until=day)
                return
    elif match := _MONTH_YEAR.search(text) or _MONTH.search(text):
        found.period = first, last = _month(match, today)
        if any(first <= day <= last for day in held):
            found.narrow(Span(*match.span()), since=first, until=last)
    elif match := _LATEST.search(text):
        names = found.selection.committees
        of_body = [meeting.date for meeting in catalogue.meetings if not names or meeting.committee in names]
        if of_body:
            found.narrow(Span(*match.span()), since=max(of_body), until=max(of_body))


def _month(match: re.Match[str], today: date) -> tuple[date, date]:
    month, said = dates.MONTHS[match["month"].lower()], (match["year"] or "").lower()
    if said.isdigit():
        year = min(max(int(said), 1), 9998)
    elif said in ("sidste år", "i fjor", "last year"):
        year = today.year - 1
    else:
        year = today.year if said or month <= today.month else today.year - 1
    first = date(year, month, 1)
    return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
