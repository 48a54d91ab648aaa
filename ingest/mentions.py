"""Running text → the earlier meetings, items and cases it mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from ingest import case_numbers, danish, dates, history
from ingest.model import Reference, Section, SectionKind, Span
from ingest.references import BODY

# The sections whose mentions are references; decisions and the blocks of a Sagsforløb are read as decisions instead.
_READ = frozenset(SectionKind) - {
    SectionKind.DECISION,
    SectionKind.EARLIER_DECISION,
    SectionKind.HISTORY,
    SectionKind.ATTACHMENTS,
    SectionKind.ATTENDANCE,
}
_MET = re.compile(r"\b\w*(udvalgs?møde|byrådsmøde|møde(t|r)?)\b|udvalget\b", re.IGNORECASE)
_THIS_BODY = re.compile(r"\budvalgets?\b(?! for\b)", re.IGNORECASE)
_COMMITTEE_MEETING = re.compile(r"(?<!\w)(?P<name>(?:[A-ZÆØÅ]\w*- og )?[A-ZÆØÅ]\w*udvalg)s?møde")
# Meetings of others than a body of the municipality.
_OTHER_MEETING = re.compile(
    r"\b\w*(?:borgermøde|dialogmøde|informationsmøde|bestyrelsesmøde|generalforsamling)|borgerinddragelse"
    r"|\bmøder? (?:med|mellem)\b|\bmødet? i (?:ældre|senior|handicap|ungdoms|unge|udsatte|integrations)råd"
    r"|\b(?:ældre|senior|handicap|ungdoms|unge|udsatte|integrations)rådets (?:\w+ ){0,2}møde",
    re.IGNORECASE,
)
# What makes a date that of something else: "pr. 1. oktober", "i mail af 18. september", a company's board.
_OTHER_DAY = re.compile(
    r"\b(?:pr\.?|senest|inden|fra og med|til og med|e?-?mail(?:en)? af|brev(?:et)? af|notat(?:et)? af|skrivelsen? af"
    r"|bestyrelsesmøde\w*|generalforsamling\w*|frist\w*(?: er)?|(?:trådte|træder) i kraft)\s*(?:den |d\. ?)?$",
    re.IGNORECASE,
)
# A decision called by its day.
_BY_DAY = re.compile(
    r"\b(?:byråds|udvalgs)?(?:beslutningsforslag|beslutning|vedtagelse)(?:et|en|s)? (?:af|fra) (?:den |d\. ?)?$", re.I
)
_SIGNED = re.compile(r"^[^.:;]{0,60} i (?:\w+ )?(?:[Bb]yråd|[Uu]dvalg)\w*,? (?:den|d\.)? ?$")

_RANGE = r"(?P<first>\d{1,4})(?:(?:-|–|/| til | og )(?P<last>\d{1,4}))?(?![\d.,]*\d|[\w%]| ?§)"
_WHICH = r"(?:punkt(?:et|erne)?|pkt\.?|sag(?:en|erne)?(?: nr\.?)?|dagsordens?punkt(?:et|erne)?)"
_NUMBER = re.compile(rf"\(?\b{_WHICH}\s*(?:nr\.? ?)?{_RANGE}", re.IGNORECASE)
# Without a day: an item of this very meeting. "Punkt 3 i aftalen" and "§ 4, pkt. 2" are points of something else.
_HERE = re.compile(
    rf"(?:\bsag(?:en|erne)?(?: nr\.?)? ?|\bdagsorden(?:ens|s)? ?(?:punkt(?:et|erne)?|pkt\.?) ?(?:nr\.? ?)?"
    rf"|\b(?:jf\.?|jævnfør|se(?: også)?|henvises til) (?:punkt|pkt\.?) ?(?:nr\.? ?)?"
    rf"|\b(?:punkt|pkt\.?) ?(?:nr\.? ?)?(?=\d{{1,4}} (?:på|i) (?:denne |dagens )?dagsorden)){_RANGE}"
    r"(?! (?:i(?! (?:denne |dagens )?dagsorden)|af|stk)\b)",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(
    r"\b(?:(?:fra|på|i)\b[^.;]*|den[^.;]*|(?:(?:fra|på) )?d\. ?)$|^, \(?$"
)  # from a number to its day
_HELD = re.compile(r"\b(?:holdt|holder|holdes|afhold\w+)\b[^.;]*\bmøde", re.IGNORECASE)  # by whom, nobody knows
_JOINS = re.compile(r",?(?: og| samt)? ?(?:den |d\. ?)?")  # "den 2. maj 2025 og den 6. juni 2025"
# "jf. punkt 71, 6. oktober 2020": whose meeting it was is not said.
_BESIDE_NUMBER = re.compile(r"(?<!stk\. \d, )\b(?:punkt|pkt\.|sag)(?: nr\.?)? ?\d{1,4},? \(?(?:den |d\. ?)?$", re.I)
_LONGEST_RANGE = 60
_IS_OF_NEXT = re.compile(
    r"(?:e?t?s)?(?:e?t)?(?: (?:møde|behandling)\w*)?,? ?(?:den |d\. ?)?"
)  # a body right before the next day
_LONGEST = 2000  # characters of a sentence that are looked through: the cost grows with the square of it
_NEAR = 120  # characters between a number and the day it goes with, where the number comes first


def find(
    text: str, heading_end: int, sections: Iterable[Section], *, held: date, committee: str
) -> tuple[Reference, ...]:
    """The references in an item's text below its own heading, in order; one for each punkt that is named.

    `held` and `committee` are the meeting's own: a meeting does not refer to itself. A date counts when its sentence
    names a body or a meeting of one. A number counts with a date, or alone when it can only be an item of this meeting;
    then date and committee are None.
    """
    found: list[Reference] = []
    for section in sections:
        is_told = section.kind is SectionKind.HISTORY and not history.has_steps(text, section.body)
        if section.kind in _READ or is_told:
            body = Span(max(section.body.start, heading_end), section.body.end)
            for sentence in danish.sentences(text, body):
                found += _in_sentence(text, sentence, held, committee)
    return tuple(found)


def _in_sentence(text: str, sentence: Span, held: date, committee: str) -> Iterator[Reference]:
    words = text[sentence.start : min(sentence.end, sentence.start + _LONGEST)]
    if not any(map(str.isdigit, words)):
        return
    every = list(dates.find(words))
    days = [(span, day) for span, day in every if day < held]
    bodies = _bodies(words, committee) if days else []
    starts = [*(span.start for span, _ in days[1:]), len(words)][: len(days)]
    above, told, used = 0, 0, None
    for (span, day), until in zip(days, starts, strict=True):
        numbers, told = _numbers(words, max(above, told), span, until)
        nearby = _free(words, bodies, above, span, until, used) if until < len(words) else bodies
        is_named, body = _whose(words, above, span, until, nearby)
        used = next((place for place, name in nearby if name == body), None)
        if is_named and (numbers or not _is_others(words, above, span, until, nearby)):
            yield from (Reference(sentence, day, number, body) for number in (numbers or (None,)))
        above = span.end
    if not every:
        for match in _HERE.finditer(words):
            yield from (Reference(sentence, None, number) for number in _range(match))
    yield from (Reference(sentence, case_number=number) for number in case_numbers.mentioned(words))


def _bodies(words: str, committee: str) -> list[tuple[Span, str]]:
    bodies = [(Span(*match.span()), match[0]) for match in BODY.finditer(words)]
    bodies += [(Span(*match.span()), f"{match['name']}et") for match in _COMMITTEE_MEETING.finditer(words)]
    if "udvalg" in committee.lower():  # in a committee's own minutes "udvalget" is that committee
        bodies += [(Span(*match.span()), committee) for match in _THIS_BODY.finditer(words)]
    return bodies


def _whose(words: str, above: int, day: Span, until: int, bodies: list[tuple[Span, str]]) -> tuple[bool, str | None]:
    """Whether a date is that of a meeting or decision, and of which body as far as it is named."""
    before = words[above : day.start]
    if _OTHER_DAY.search(before) or (_SIGNED.match(before) and not words[day.end :].strip(" )")):
        return False, None
    if by_day := _BY_DAY.search(before):
        start = above + by_day.start()
        owns = (name for span, name in bodies if span.end <= start and words[span.end : start].strip() in ("", "s"))
        return True, next(owns, None)
    if _BESIDE_NUMBER.search(before):
        return True, None
    near = [(_distance(day, span), name) for span, name in bodies if span.start < until]
    body = min(near, default=(0, None))[1]
    is_met = _MET.search(words, above, until) is not None and not _HELD.search(before)
    return body is not None or is_met or (above > 0 and bool(_JOINS.fullmatch(before))), body


def _is_others(words: str, above: int, day: Span, until: int, bodies: list[tuple[Span, str]]) -> bool:
    """True when a day is that of a meeting of others: what stands between a body and its day says so, or where no body
    stands before it, what stands around it and does not lead on to the next day."""
    ends = [span.end for span, _ in bodies if above <= span.start and span.end <= day.start]
    if ends:
        return _OTHER_MEETING.search(words, max(ends), day.start) is not None
    found = _OTHER_MEETING.finditer(words, max(above, day.start - _NEAR), until)
    return any(match.start() < day.start or not _IS_OF_NEXT.fullmatch(words, match.end(), until) for match in found)


def _free(
    words: str, bodies: list[tuple[Span, str]], above: int, day: Span, until: int, used: Span | None
) -> list[tuple[Span, str]]:
    """The bodies that a day may be of, where another day follows: one that stands before it, and is not that of the day
    above, keeps those after it from it ("A den 2. maj og B den 4. maj"); so does standing right before the next day."""
    before = [each for each in bodies if above <= each[0].start < day.start and each[0] != used]
    if before:
        return before
    return [
        (span, name)
        for span, name in bodies
        if span.start < day.start or _IS_OF_NEXT.fullmatch(words, span.end, until) is None
    ]


def _distance(day: Span, body: Span) -> int:
    """How far a body stands from a date; right before it is nearest of all."""
    if body.end <= day.start:
        gap = day.start - body.end
        return 0 if gap <= len(", den ") else gap
    return max(1, body.start - day.end)


def _numbers(words: str, above: int, day: Span, until: int) -> tuple[tuple[str, ...], int]:
    """The punkt numbers that go with a date: the first after it, or else one before it that leads on to it; and where
    they end, since no other date has them."""
    if after := _NUMBER.search(words, day.end, until):
        return _range(after), after.end()
    for match in _NUMBER.finditer(words, max(above, day.start - _NEAR), day.start):
        if _LEADS_ON.search(words[match.end() : day.start]):
            return _range(match), match.end()
    return (), above


def _range(match: re.Match[str]) -> tuple[str, ...]:
    """The numbers from first to last, or both where one is not the end of a range ("pkt. 3/4")."""
    first, last = match["first"], match["last"]
    if last is None:
        return (first,)
    low, high = int(first), int(last)
    return tuple(map(str, range(low, high + 1))) if low < high <= low + _LONGEST_RANGE else (first, last)
