"""A misspelt word → the term of the archive it most likely means."""

from __future__ import annotations

import threading

from ingest.archive import Archive

_SHORTEST, _LONGEST = 5, 60


class Speller:
    """The archive's terms, loaded at the first word that is not among them. Safe to share between threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._terms: dict[str, int] | None = None

    def nearest(self, term: str, *, slips: int = 2) -> tuple[str, ...]:
        """The commonest term of the archive at the smallest distance (insertions, deletions, substitutions and swaps
        of neighbours): one slip up to eleven letters, at most `slips` beyond. Empty when there is none, or for figures
        and words of fewer than five letters or more than sixty, which are too easily taken for another or no words."""
        if not _SHORTEST <= len(term) <= _LONGEST or any(character.isdigit() for character in term):
            return ()
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 1 if len(term) <= 11 else slips
        terms = self._known()
        near = process.extract(term, terms.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=None)
        likely = [
            (distance, found[0] != term[0], -terms[found], found) for found, distance, _ in near if len(found) > 3
        ]
        return (min(likely)[3],) if likely else ()

    def _known(self) -> dict[str, int]:
        with self._lock:
            if self._terms is None:
                self._terms = {term: count for term, count in self._archive.vocabulary() if term.isalpha()}
            return self._terms
