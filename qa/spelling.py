"""A misspelt word → the term of the archive it most likely means."""

from __future__ import annotations

import threading
from collections import defaultdict

from qa.words import WordIndex

_SHORTEST, _MIDDLING, _LONG, _LONGEST = 5, 8, 11, 60
_ALIKE = 2  # letters with which words begin alike


class Speller:
    """The archive's terms, looked through at the first word that is not among them. Safe to share between threads."""

    def __init__(self, words: WordIndex) -> None:
        self._words = words
        self._lock = threading.Lock()
        self._by_length: dict[int, dict[str, int]] | None = None

    def nearest(self, term: str, *, slips: int = 2) -> tuple[str, ...]:
        """The commonest term of the archive at the smallest distance (insertions, deletions, substitutions and swaps
        of neighbours): one slip up to eleven letters, at most `slips` beyond. From eight letters on, two where two are
        allowed, none is nearer, and only one word that begins alike is so near. Empty when there is none, or for
        figures and words of fewer than five letters or more than sixty, which are too easily taken for another or no
        words."""
        if not _SHORTEST <= len(term) <= _LONGEST or any(character.isdigit() for character in term):
            return ()
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        by_length = self._known()

        def near(allowed: int) -> list[tuple[int, bool, int, str]]:
            return [
                (distance, found[0] != term[0], -by_length[length][found], found)
                for length in range(len(term) - allowed, len(term) + allowed + 1)  # a slip changes it by one at most
                for found, distance, _ in process.extract(
                    term, by_length.get(length, {}).keys(), scorer=OSA.distance, score_cutoff=allowed, limit=None
                )
                if length > 3
            ]

        if likely := near(1 if len(term) <= _LONG else slips):
            return (min(likely)[3],)
        alike = [each[3] for each in near(slips) if each[3][:_ALIKE] == term[:_ALIKE]] if len(term) >= _MIDDLING else []
        return tuple(alike) if len(alike) == 1 else ()

    def _known(self) -> dict[int, dict[str, int]]:
        """The terms that are words, and in how many passages each stands, by their length."""
        with self._lock:
            if self._by_length is None:
                self._by_length = defaultdict(dict)
                for term, count in self._words.vocabulary().items():
                    if term.isalpha():
                        self._by_length[len(term)][term] = count
            return self._by_length
