"""The minutes → what their abbreviations stand for, where they say so: "Økonomi- og Erhvervsudvalget (ØU)".

Letters count as explained only when they are the initials of the words beside them, or of the parts of compounds among
them, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest import danish
from ingest.holdings import Entry
from ingest.model import SectionKind, Span
from qa.citation import cite, verify
from qa.model import Citation

_SHORT = r"[A-ZÆØÅ]{2,6}"
_AFTER = re.compile(rf"(?<=[\w.]) ?\((?P<short>{_SHORT})\)")
_BEFORE = re.compile(rf"(?<![\w(/-])(?P<short>{_SHORT}) \((?P<long>[^()\n]{{5,90}})\)")
_WORD = re.compile(r"[^\W\d_][\w'’]*-?")
_SMALL = frozenset("og i for til af på med en et den det de ved om under samt & i".split())
_SUSPENDED = re.compile(r"\w-,? (?:og |eller |& )?$")  # "Social- og ", before a word that goes with it


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """Letters, what they stand for in the minutes' own words, and where these say so."""

    short: str
    meaning: str
    citation: Citation


def find(entries: Iterable[Entry]) -> tuple[Abbreviation, ...]:
    """The abbreviations that open items explain, by their letters; each meaning once, where it stands first. Initials
    of a member are no abbreviation."""
    found: dict[tuple[str, str], Abbreviation] = {}
    for entry in entries:
        if entry.item.is_closed:
            continue
        members = {" ".join(each.name.split()).casefold() for each in entry.meeting.attendance}
        for span, meaning, short in _explained(entry.item.text):
            words = " ".join(meaning.of(entry.item.text).split())
            section = entry.item.section_at(span.start)
            is_told = section is None or section.kind not in (SectionKind.ATTENDANCE, SectionKind.ATTACHMENTS)
            citation = cite(entry, span)
            if is_told and words.casefold() not in members and verify(citation, entry):
                found.setdefault((short, words.casefold()), Abbreviation(short, words, citation))
    return tuple(sorted(found.values(), key=lambda each: (each.short, each.meaning.casefold())))


def _explained(text: str) -> Iterator[tuple[Span, Span, str]]:
    """Each explanation in a text: all of it, the meaning, and the letters."""
    for match in _AFTER.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        meaning = _meaning(text, Span(line, match.start()), match["short"])
        if meaning is not None:
            yield Span(meaning.start, match.end()), meaning, match["short"]
    for match in _BEFORE.finditer(text):
        span = Span(*match.span("long"))
        if stands_for(match["short"], span.of(text)):
            yield Span(*match.span()), span, match["short"]


def _meaning(text: str, before: Span, short: str) -> Span | None:
    """The fewest words right before the letters that these are the initials of; a suspended compound ("Social- og …")
    is taken whole."""
    words = list(_WORD.finditer(text, before.start, before.end))[-(2 * len(short) + 3) :]
    for word in reversed(words):
        span = Span(word.start(), before.end)
        is_whole = not _SUSPENDED.search(text, before.start, word.start())
        if is_whole and word[0].lower() not in _SMALL and stands_for(short, span.of(text)):
            return span
    return None


def stands_for(short: str, words: str) -> bool:
    """True when the letters are initials of the words: the first one of the first word, the last one of the last word,
    and all in order; parts of compounds are words, too, and small words between need no letter."""
    if re.search(r"[.;:!?]\s", words) or not words.strip():
        return False
    named = [word.rstrip("-") for word in _WORD.findall(words) if word.lower() not in _SMALL]
    if not named or len(short) < len(named) - 1 or named[0][0].upper() != short[0]:
        return False
    letters = [(part[0].upper(), index) for index, word in enumerate(named) for part in _parts(word)]
    return _in_order(short, letters, len(named) - 1)


def _parts(word: str) -> tuple[str, ...]:
    """A word, or the parts of it that it is put together of."""
    if "-" in word:
        return tuple(part for piece in word.split("-") if piece for part in _parts(piece))
    parts = danish.split(word.lower())
    return parts or (word,)


def _in_order(short: str, letters: list[tuple[str, int]], last: int) -> bool:
    """True when the letters of `short` are found one after the other among `letters` (each with its word's place), the
    first in the first word and the last in the last one."""
    at = 0  # the first letter is that of the first word
    for letter in short[1:-1]:
        at = next((place for place in range(at + 1, len(letters)) if letters[place][0] == letter), len(letters))
    return any(letter == short[-1] and word == last for letter, word in letters[at + 1 :])
