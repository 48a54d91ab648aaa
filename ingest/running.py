"""A recommendation in one running line ("Direktøren indstiller, at A, at B og at C") → the lines in it."""

from __future__ import annotations

import re

from ingest.model import Span

_AT = re.compile(r"\bat\s+(?=\S)", re.IGNORECASE)
_BOUND = re.compile(r"(?P<comma>[,;]\s+(?:(?:og|samt)\s+)?|\s(?:og|samt)\s+)(?=at\s)", re.IGNORECASE)
# What has an "at" of its own: "… godkender, at gebyret hæves" is one line.
_TAKES_AT = re.compile(
    r"\b(?:\w+(?:nder|rder|lder|utter|alder|igger|ager|eler|yder|ikrer|tter|iller|ræder|edtager)"
    r"|tager til (?:efterretning|orientering)|tage til efterretning|godkende|beslutte"
    r"|anbefale[rs]?|indstille[rs]?|foreslå[rs]"
    r"|af|for|til|om|i|ved|på|med|efter|under|så|sådan|således|herunder|også"
    r"|hensyn|betingelse|bemærkning|tilføjelse|ændring|forbehold)\W*$",
    re.IGNORECASE,
)
_SENDS = re.compile(r"\b(?:indstiller|indstilles|foreslår|foreslås|anbefaler|anbefales)\b", re.IGNORECASE)
_READ = 4000  # characters of a line that are searched for further recommendations


def lines(text: str, line: Span) -> tuple[Span, ...]:
    """The recommendations in a line that says who recommends, each from its "at" on; empty when it has no "at".

    A further "at" begins a recommendation only where it cannot belong to what stands before it: the first one holds
    no clause of its own, or both speak of the same body ("at udvalget … og at udvalget …").
    """
    verb = _SENDS.search(text, line.start, line.end)
    first = _AT.search(text, verb.end(), line.end) if verb else None
    if first is None:
        return ()
    starts = [first.start()]
    subject = _subject(text, first.start())
    holds_clause = False
    for bound in _BOUND.finditer(text, first.end(), min(line.end, first.end() + _READ)):
        if _subject(text, bound.end()) != subject:
            before = text[max(starts[-1], bound.start() - 60) : bound.start()]
            holds_clause = holds_clause or bool(_TAKES_AT.search(before))
            if holds_clause:
                continue
        starts.append(bound.end())
    ends = [*starts[1:], line.end]
    return tuple(_closed(text, start, end) for start, end in zip(starts, ends, strict=True))


def is_whole(words: str) -> bool:
    """True for a line that holds a recommendation and ends like one of several ("…, at der købes seks biler,"), not one
    that leads to those below it ("…, at udvalget beslutter,")."""
    verb = _SENDS.search(words)
    rest = words[verb.end() :] if verb else ""
    holds = re.match(r",? at\s+\S+ \S+ \S", rest) is not None
    return holds and words.endswith((",", ";")) and not _SENDS.search(rest) and not _TAKES_AT.search(rest.rstrip(" ,;"))


def _subject(text: str, start: int) -> str:
    """The word after "at"."""
    word = re.compile(r"at\s+(\w+)", re.IGNORECASE).match(text, start)
    return word[1].lower() if word else ""


def _closed(text: str, start: int, end: int) -> Span:
    """Without the comma or "og" that leads to the next one."""
    words = text[start:end].rstrip(" ,;")
    for conjunction in (" og", " samt"):
        words = words.removesuffix(conjunction).rstrip(" ,;")
    return Span(start, start + len(words))
