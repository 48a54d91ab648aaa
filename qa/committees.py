"""A name as somebody types it → the loaded bodies it can mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest import front_page, references
from ingest.model import Meeting
from qa import bodies

_OF_IT = re.compile(r"[\s-]+kommune$", re.IGNORECASE)
_ANY = frozenset("udvalg udvalget raad raadet u ud udv".split())  # parts of so many names that they name none
_SHORTEST = 3  # letters of a part of a name


@dataclass(frozen=True, slots=True, order=True)
class Body:
    """A committee or council, with its municipality ("" where the sources do not say)."""

    municipality: str
    committee: str


def loaded(meetings: Iterable[Meeting]) -> tuple[Body, ...]:
    """The bodies that meetings are of, by municipality and name."""
    return tuple(sorted({Body(meeting.municipality, meeting.committee) for meeting in meetings}))


def find(name: str | None, municipality: str | None, held: Sequence[Body]) -> tuple[Body, ...]:
    """The bodies of `held` that a name can mean: those called so, in whatever case and form; else those that a question
    with these words would mean ("the council"); else those whose key it is ("teknisk-udvalg",
    "herning/teknisk-udvalg"); else those with the words in their names ("beskæftigelse"). All of them for None; of one
    municipality only, when that is given.
    """
    there = [each for each in held if municipality is None or _is_of(each, municipality)]
    if name is None:
        return tuple(there)
    for means in (_is_called, _is_meant, _has_key, _has_words):
        if found := tuple(each for each in there if means(each, name.strip())):
            return found
    return ()


def _is_of(body: Body, municipality: str) -> bool:
    return front_page.slug(_OF_IT.sub("", municipality)) == front_page.slug(_OF_IT.sub("", body.municipality))


def _is_called(body: Body, name: str) -> bool:
    return body.committee.casefold() == name.casefold() or references.same_body(body.committee, name)


def _is_meant(body: Body, name: str) -> bool:
    return bodies.means(name, body.committee)


def _has_key(body: Body, name: str) -> bool:
    keys = {front_page.slug(part) for part in (body.committee, re.sub(r"\s*\([^()]*\)", "", body.committee))}
    place = front_page.slug(body.municipality)
    return name.casefold() in keys | {f"{place}/{key}" for key in keys}


def _has_words(body: Body, name: str) -> bool:
    words = front_page.slug(name)
    return len(words) >= _SHORTEST and words not in _ANY and words in front_page.slug(body.committee)
