"""The noise of real files, made the same every time: broken lines and words, look-alike letters, odd spaces.

Where a place for noise is chosen, a checksum of the word there chooses it, so that it is spread and never moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from zlib import crc32

NBSP, SOFT_HYPHEN = "\u00a0", "\u00ad"

_VOWELS = "aeiouyæøå"
_BREAK = re.compile(rf"(?<=[a-zæøå]{{3}})(?=[bdfghjklmnprstv][{_VOWELS}][a-zæøå]{{2}})")
# At these hyphens a line may break and the hyphen stays: p-pladser, 2026-tal.
_KEPT = re.compile(r"(?<=^[a-zæøå]-)|(?<=\d-)(?=[a-zæøå])")
_AMOUNT = re.compile(r"(?<=\d) (?=kr\.|pct\.|mio\.|m²)")
_LOOK_ALIKE = str.maketrans("mest", "мест")


def chosen(word: str, every: int) -> bool:
    """True for one word in `every`, always the same ones."""
    return crc32(word.encode()) % every == 0


def with_nbsp(text: str) -> str:
    """A no-break space between a figure and its unit."""
    return _AMOUNT.sub(NBSP, text)


def with_soft_hyphens(text: str) -> str:
    """Invisible hyphens in some long words, as web texts have them."""
    return re.sub(r"[a-zæøå]{9,}", lambda word: _softened(word[0]) if chosen(word[0], 5) else word[0], text)


def _softened(word: str) -> str:
    return _BREAK.sub(SOFT_HYPHEN, word, count=1)


def with_look_alikes(text: str) -> str:
    """The letters m, e, s and t of one word as the Cyrillic ones of the same sound, as in the Herning sample."""
    return re.sub(r"(?<=[a-zæøå]{2})mest|mest(?=[a-zæøå]{2})|(?<=[a-zæøå])est(?=[a-zæøå]{3})", _foreign, text, count=1)


def _foreign(match: re.Match[str]) -> str:
    return match[0].translate(_LOOK_ALIKE)


def pieces(text: str) -> tuple[str, ...]:
    """`text` cut where word processors cut it into spans: before the "²" of "m²", and inside one word in nine."""
    text = text.replace("m²", "m\0²")
    cut = re.sub(r"\w{6,}", lambda word: f"{word[0][:3]}\0{word[0][3:]}" if chosen(word[0], 9) else word[0], text)
    return tuple(cut.split("\0"))


def wrapped(
    text: str, width: int, *, breaks_words: bool = True, never_first: frozenset[str] = frozenset()
) -> Iterator[str]:
    """The lines of a paragraph, at most `width` characters each. A word that does not fit may be broken by a hyphen;
    a word in `never_first` does not open a line, since it would open a new entry of a list there."""
    line = ""
    words = text.split(" ")
    for place, word in enumerate(words):
        if not line:
            line = word
        elif _fits(line, word, words[place + 1 : place + 2], width, never_first):
            line += f" {word}"
        else:
            head, tail = _broken(word, width - len(line) - 1) if breaks_words else ("", word)
            yield f"{line} {head}" if head else line
            line = tail
    yield line


def _fits(line: str, word: str, following: list[str], width: int, never_first: frozenset[str]) -> bool:
    if word in never_first:
        return True
    needed = len(line) + 1 + len(word)
    if following and following[0] in never_first:
        needed += 1 + len(following[0])
    return needed <= width


def _broken(word: str, room: int) -> tuple[str, str]:
    """The part of a word that fits in `room`, with its hyphen, and the rest; no part when it cannot be broken."""
    kept = [match.end() for match in _KEPT.finditer(word) if match.end() <= room]
    if kept:
        return word[: kept[-1]], word[kept[-1] :]
    if "-" in word or "." in word[:-1]:
        return "", word
    places = [match.start() for match in _BREAK.finditer(word) if match.start() + 1 <= room]
    return (word[: places[-1]] + "-", word[places[-1] :]) if places else ("", word)
