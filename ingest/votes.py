"""Votes and attendance as minutes set them: heading and names as one block, and what a count of votes decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.model import Outcome, Span

_HEADING = re.compile(
    r"\W*(?:for|i ?mod|undlad\w*|undlod|hverken|stem(?:te|mer)|ja|nej|blank|fravær\w*|afbud|(?:ej |ikke )?til stede)\b"
    r"[^\n]{0,80}:\s*$|\W*(?:fravær\w*|afbud|ej til ?stede|ikke til ?stede|i ?mod|for|undlod|undlader)\W*$",
    re.IGNORECASE,
)
_NAME = r"(?:[A-ZÆØÅ][\w.'’-]*(?:\s+(?:[A-ZÆØÅ][\w.'’-]*|de|van|von|af|el|al)){1,5}(?:\s*\([^)\n]{1,40}\))?)"
_PARTY = r"(?:(?:Gruppe|Liste)\s+)?(?:[A-ZÆØÅ]|SF|DF|EL|LA|KF|RV|ALT|DD|KD)(?:\s*\(\d+\))?"
_NAMES = re.compile(rf"[-–•*]?\s*(?:{_NAME}|{_PARTY})(?:\s*(?:,|og|&|\+|/)\s*(?:{_NAME}|{_PARTY}))*\s*[.,;]?")
_COUNTED = r"(?: [^\W\d]+){0,4}\s*:?\s*\(?(\d{1,2})\b"
_FOR = re.compile(rf"\bfor\b{_COUNTED}|\b(\d{{1,2}}) (?:\w+ )?(?:stem\w+ )?for\b", re.IGNORECASE)
_AGAINST = re.compile(rf"\bi ?mod\b{_COUNTED}|\b(\d{{1,2}}) (?:\w+ )?(?:stem\w+ )?i ?mod\b", re.IGNORECASE)
# A count within the sentence it decides: "godkendt med 42 stemmer mod 4", "efter afstemning: For 14, imod 11".
_COUNT = re.compile(
    r"\b(?:med|efter afstemning:?)\s(?:stemmerne\s)?(?:for\s)?\d{1,2}\s?"
    r"(?:[-–]\s?\d|(?:stemme\w*\s?)?(?:\([^)\n]{0,80}\)\s?)?(?:for|(?:i ?)?mod|,))"
    r"(?:(?!,? (?:hvorefter|idet|dog|har)\b)[^\n])*",
    re.IGNORECASE,
)
_HOW = re.compile(r"\b(?:stemte|stemmer|undlod|undlader|tog forbehold|tager forbehold|forbehold fra)\b", re.IGNORECASE)
_BESIDE = re.compile(r"ændringsforslag|forslag(?:et)? om|forslag fra|tillægsforslag", re.IGNORECASE)
_LONGEST_NAMES = 400  # characters of one line of names


def blocks(text: str, sentences: Sequence[Span]) -> Iterator[Span]:
    """The sentences, those lines of names joined to the heading they stand under ("For stemte:", "Fraværende:")."""
    held: Span | None = None
    for span in sentences:
        if held is not None and _is_names(span.of(text)):
            held = Span(held.start, span.end)
            continue
        if held is not None:
            yield held
        held = span if _HEADING.match(span.of(text)) else None
        if held is None:
            yield span
    if held is not None:
        yield held


def counted(words: str) -> Span | None:
    """Where a decision's own clause tells the count it was taken by, up to what it led to."""
    match = _COUNT.search(words)
    return Span(*match.span()) if match else None


def tells(words: str) -> bool:
    """True for words that go on to say how somebody voted ("…, idet Liste K stemte imod")."""
    return bool(_HOW.search(words))


def winner(text: str) -> Outcome:
    """What a count of votes on the matter itself decides, where nothing else says it; `UNKNOWN` for a tie, without both
    figures, or when it was something beside the matter that was voted on."""
    in_favour, against = _FOR.search(text), _AGAINST.search(text)
    if in_favour is None or against is None or _BESIDE.search(text):
        return Outcome.UNKNOWN
    ayes, noes = (int(match[1] or match[2]) for match in (in_favour, against))
    if ayes == noes:
        return Outcome.UNKNOWN
    return Outcome.ADOPTED if ayes > noes else Outcome.REJECTED


def _is_names(words: str) -> bool:
    return len(words) <= _LONGEST_NAMES and _NAMES.fullmatch(words) is not None
