"""Words of a question → the words the minutes have for the same thing.

Two tables a clerk can extend: `english.txt` says what English words are in Danish minutes ("camera: kamera,
videoovervågning"), `everyday.txt` what everyday Danish is in those of the administration ("skåret ned: besparelse"). A
word is looked up by its stem, a phrase by the stems of its words, the longest first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

from ingest import danish
from qa.model import Language

_FILES = {Language.ENGLISH: "english.txt", Language.DANISH: "everyday.txt"}


class Lexicon:
    """One table: the stems of a word or phrase → the words that mean the same. Safe to share between threads."""

    def __init__(self, lines: Iterable[str], language: Language) -> None:
        """Raises `ValueError` for a line that is neither a remark nor "word, word: ord, ord"."""
        self._language = language
        self._known: dict[tuple[str, ...], tuple[str, ...]] = {}
        stem = self._stemmer()
        for line in lines:
            if not line.strip() or line.startswith("#"):
                continue
            asked, colon, written = line.partition(":")
            others = tuple(each.strip() for each in written.split(",") if each.strip())
            if not colon or not others:
                raise ValueError(f"not a line of a lexicon: {line!r}")
            for phrase in asked.split(","):
                key = tuple(stem(word) for _, word in danish.words(phrase))
                self._known[key] = tuple(dict.fromkeys((*self._known.get(key, ()), *others)))
        self._longest = max(map(len, self._known), default=0)

    def others(self, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The other words for those of `words`, which stand in the order of the question, that the table knows. Each
        word of a known phrase has those of the phrase."""
        stem = self._stemmer()
        stems, found, at = [stem(word) for word in words], dict[str, tuple[str, ...]](), 0
        while at < len(words):
            sizes = range(min(self._longest, len(words) - at), 0, -1)
            size = next((size for size in sizes if tuple(stems[at : at + size]) in self._known), 0)
            for word in words[at : at + size]:
                known = self._known[tuple(stems[at : at + size])]
                found[word] = tuple(dict.fromkeys((*found.get(word, ()), *known)))
            at += max(size, 1)
        return found

    def _stemmer(self) -> Callable[[str], str]:
        if self._language is Language.DANISH:
            return danish.stem
        import Stemmer

        english: Any = Stemmer.Stemmer("english")  # one for each call: it must not be shared between threads
        return lambda word: str(english.stemWord(word.lower()))


@lru_cache(maxsize=len(_FILES))
def of(language: Language) -> Lexicon:
    """The table for questions in this language."""
    text = resources.files("qa").joinpath(_FILES[language]).read_text(encoding="utf-8")
    return Lexicon(text.splitlines(), language)
