"""The points of a decision made point by point ("Ad 1: …", "Indstillingens 2.-3. at-punkt …") → the lines they decide.

A *marked* point stands behind its mark and runs to the next one. A *named* point is a clause whose subject it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.model import Recommendation, Span

_ITEM = r"(?:\d{1,2}(?:\.?[a-hA-H](?!\w))?|[a-zA-Z](?!\w)|[ivx]{2,4}(?!\w))"
_NUMBER = rf"{_ITEM}(?:\.?\s?(?:[-–,+&]|og|til|samt)\s?{_ITEM}){{0,9}}"
# "Ad 1: Godkendt.", "At 2. Tiltrådt", "Ad 2.a-d" on a line of its own, "Ad 1 Godkendt", "Pkt. 3: …"
_MARK = re.compile(
    rf"(?:(?<=\s)|^)(?:(?:A[dDtT](?:-punkt)?|a[dt](?=\s\S+\s?:))\.?\s?(?P<ad>{_NUMBER})\s?"
    r"(?:[:.)]+|[-–](?=\s)|(?=\s[A-ZÆØÅ])|(?=\n|$))"
    rf"|(?:Pkt\.|PKT\.|Punkt|Indstillingspunkt|Beslutningspunkt|Delpunkt)\s(?P<punkt>{_NUMBER})\s?"
    r"(?:[:.)]+|(?=\n|$)))\s*"
)  # fmt: skip
# "1. Godkendt." on lines of their own; "a) Godkendt b) Forkastet" in one.
_LISTED = re.compile(r"(?:^[ ]*|(?<=\s))(?P<number>\d{1,2}|[a-z])(?P<close>[).:])[ ]+(?=\S)", re.MULTILINE)

_ORDINALS = "første anden tredje fjerde femte sjette syvende ottende niende tiende".split()
_PLACES = {word: place for place, word in enumerate(_ORDINALS, start=1)} | {"andet": 2}
_ORDINAL = rf"(?:\d{{1,2}}\.?|[a-h](?!\w)|{'|'.join(_PLACES)})"
_COUNT = rf"{_ORDINAL}(?:\s?(?:[-–,+]|og|til)\s?{_ORDINAL}){{0,9}}"
_NOUN = r"(?:at[- ]?punkt(?:er)?|at(?:['’]?er)?|punkt(?:er)?|pind|dot|indstillingspunkt(?:er)?|beslutningspunkt(?:er)?)"
_NAMED = re.compile(
    rf"\W*(?:og |mens |medens |men |hvorimod )?(?P<own>(?:indstillingen|forslaget)s? )?"
    rf"(?:(?:(?:at-|indstillings|beslutnings)?punkt(?:erne)?|pkt\.?|at) (?P<after>{_COUNT})"
    rf"|(?P<before>{_COUNT}) {_NOUN})(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
_LABELS = re.compile(
    r"(?P<dash>[-–]|\btil\b)|(?:og|samt)\b|(?P<label>\d{1,2}(?:\.?\s?[a-z](?!\w))?|[a-z]+)", re.IGNORECASE
)
_LABEL = re.compile(r"(?P<figure>\d{1,2})?\.?\s?(?P<letter>[a-z])?(?!\w)", re.IGNORECASE)


_Label = tuple[str | None, str | None]  # figure and letter: "2.a" is (2, a)


@dataclass(frozen=True, slots=True)
class Mark:
    """A point's number as written, and its words: behind the mark that stands at `start`, or the clause that names it.
    `is_of_recommendation` is False for "punkt 3", which may as well be an item of the agenda."""

    number: str
    span: Span
    start: int = 0
    is_of_recommendation: bool = True


def marked(text: str) -> tuple[Mark, ...]:
    """The points behind "Ad 1:" and the like, in order."""
    matches = list(_MARK.finditer(text))
    return _between(text, [(match["ad"] or match["punkt"], match) for match in matches])


def listed(text: str) -> tuple[Mark, ...]:
    """The parts of a plain list that counts up from 1 or a; empty when there is none of two parts or more.

    Whether they are points of a decision only their words can say.
    """
    found: list[tuple[str, re.Match[str]]] = []
    for match in _LISTED.finditer(text):
        number = match["number"]
        opens_line = match.start() == 0 or text[match.start() - 1] == "\n" or match[0][0] == " "
        is_next = number == _after(found[-1][0]) if found else number in ("1", "a") and opens_line
        if is_next and (not found or match["close"] == found[0][1]["close"]):
            found.append((number, match))
    return _between(text, found) if len(found) > 1 else ()


def named(clause: str) -> Mark | None:
    """The point a clause is about ("Punkt 1 og 3 godkendes", "Første at blev tiltrådt"), its span the whole clause."""
    match = _NAMED.match(clause)
    if match is None:
        return None
    is_own = bool(match["own"]) or match["before"] is not None or bool(re.search(r"[-–,]| og ", match["after"]))
    return Mark((match["after"] or match["before"]).strip(" ."), Span(0, len(clause)), is_of_recommendation=is_own)


def lines_of(number: str, recommendations: tuple[Recommendation, ...]) -> tuple[Recommendation, ...]:
    """The recommendation lines that a point decides: those with its number or letter, or at its place where they have
    none; of "2.a-d" the lines a to d under line 2. Empty unless every line it names is there once: never a guess."""
    lines: list[Recommendation] = []
    above: tuple[Recommendation, ...] = recommendations
    for figure, letter in _labels(number):
        if figure:
            line = _line(figure, recommendations)
            if line is None:
                return ()
            above = line.children
            if letter is None:
                lines.append(line)
                continue
        named = letter or ""
        line = _lettered(named, recommendations) if above is recommendations else _line(named, above)
        if line is None:
            return ()
        lines.append(line)
    return tuple(dict.fromkeys(lines))


def is_whole(numbers: list[str]) -> bool:
    """True when the points count up from 1 without a gap, to more than one: then all may have been decided."""
    labels = [label for number in numbers for label in _labels(number)]
    figures = {int(figure) for figure, letter in labels if figure and not letter}
    letters = {ord(letter.lower()) - ord("a") + 1 for figure, letter in labels if letter and not figure}
    return any(len(places) > 1 and places == set(range(1, len(places) + 1)) for places in (figures, letters))


def _between(text: str, marks: list[tuple[str, re.Match[str]]]) -> tuple[Mark, ...]:
    """Each point's words: from its mark to the next, without white space at the ends."""
    ends = [match.start() for _, match in marks[1:]] + [len(text)] * bool(marks)
    points = []
    for (number, match), end in zip(marks, ends, strict=True):
        words = text[match.end() : end].strip()
        start = text.find(words, match.end()) if words else match.end()
        points.append(Mark(number, Span(start, start + len(words)), match.start()))
    return tuple(points)


def _after(number: str) -> str:
    return f"{int(number) + 1}" if number.isdecimal() else chr(ord(number) + 1)


def _labels(number: str) -> list[_Label]:
    """The figures and letters a number names: "2.a-c" gives (2, a), (None, b), (None, c)."""
    words = re.sub(r"\w+", lambda word: str(_PLACES.get(word[0].lower(), word[0])), number)
    labels: list[_Label] = []
    is_range = False
    for match in _LABELS.finditer(words):
        if match["dash"]:
            is_range = True
        elif match["label"]:
            parts = _LABEL.fullmatch(match["label"])
            label = (parts["figure"], parts["letter"]) if parts else (None, match["label"])
            labels += _filled(labels[-1], label) if is_range and labels else []
            labels.append(label)
            is_range = False
    return labels


def _filled(low: _Label, high: _Label) -> Iterator[_Label]:
    """What stands between the ends of a range."""
    if high[0] and low[0]:
        yield from ((f"{figure}", None) for figure in range(int(low[0]) + 1, int(high[0])))
    elif low[1] and high[1] and len(low[1]) == len(high[1]) == 1:
        yield from ((None, chr(code)) for code in range(ord(low[1].lower()) + 1, ord(high[1].lower())))


def _line(label: str, lines: tuple[Recommendation, ...]) -> Recommendation | None:
    """The one line with this number or letter; where none has it, the unnumbered line at its place."""
    same = [line for line in lines if (line.number or "").casefold() == label.casefold()]
    if same:
        return same[0] if len(same) == 1 else None
    place = int(label) if label.isdecimal() else ord(label.lower()) - ord("a") + 1 if len(label) == 1 else 0
    if not 1 <= place <= len(lines):
        return None
    at_place = lines[place - 1]
    is_other_kind = at_place.number is not None and at_place.number.isdecimal() != label.isdecimal()
    return at_place if at_place.number is None or (is_other_kind and _counts_up(lines)) else None


def _lettered(letter: str, lines: tuple[Recommendation, ...]) -> Recommendation | None:
    """The one line with this letter, wherever it stands; where no line holds others, the one at its place."""
    below = [child for line in lines for child in line.children]
    if any((line.number or "").casefold() == letter.casefold() for line in lines) or not below:
        return _line(letter, lines)
    nested = [child for child in below if (child.number or "").casefold() == letter.casefold()]
    return nested[0] if len(nested) == 1 else None


def _counts_up(lines: tuple[Recommendation, ...]) -> bool:
    numbers = [(line.number or "").casefold() for line in lines]
    return all(before and _after(before) == after for before, after in pairwise(numbers))
