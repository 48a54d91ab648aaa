"""The item each reference means, once exactly one is left; and the items that together are one case.

Links are looked for anew after every run, over all references, so that the order in which minutes arrive does not
matter, and are taken back when what they lead to is gone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ingest import danish, references
from ingest.archive import Archive
from ingest.holdings import ItemPlace
from ingest.model import Reference

# KLE 00 is the municipality's own administration: its numbers ("00.22.00-P35-1-26") run through all that a committee
# does in a year. A number of letters only or without a subject ("EMN-2025-003383", "25/26257") belongs to one case.
_CATCH_ALL = re.compile(r"00\.\d\d\.")
_MARKER = re.compile(
    r"^\W*(lukket|beslutning(ssag)?|orientering(ssag)?|efterretning|drøftelse|genoptaget|genbehandling|a-sag|b-sag"
    r"|\d\. behandling|endelig vedtagelse|svar på forslag fra [^:]{1,40}? om|forslag fra [^:]{1,40}? om)\b\W*",
    re.IGNORECASE,
)
_ALIKE = 0.6  # the share of the shorter title's words that the longer one holds, when both are about one matter


def link(archive: Archive) -> int:
    """Give every reference its item, where exactly one can be meant; returns how many were given or taken back."""
    places = archive.item_places()
    by_key = {place.key: place for place in places}
    by_day: dict[tuple[str, object], list[ItemPlace]] = defaultdict(list)
    by_case: dict[tuple[str, str], list[ItemPlace]] = defaultdict(list)
    by_meeting: dict[str, list[ItemPlace]] = defaultdict(list)
    for place in places:
        by_day[place.municipality, place.date].append(place)
        by_meeting[place.meeting].append(place)
        if place.case_number:
            by_case[place.municipality, place.case_number.casefold()].append(place)
    found: list[tuple[int, int, str | None]] = []
    for row in archive.references():
        home = by_key.get(row.item)
        if home is None:
            continue
        reference = row.reference
        if reference.date is not None:
            candidates = by_day[home.municipality, reference.date]
        elif reference.case_number is not None:
            candidates = by_case[home.municipality, reference.case_number.casefold()]
        else:
            candidates = by_meeting[home.meeting]
        target = resolve(reference, home, candidates)
        if target != reference.target:
            found.append((row.row, row.position, target))
    archive.set_targets(found)
    return len(found)


def resolve(reference: Reference, home: ItemPlace, candidates: Iterable[ItemPlace]) -> str | None:
    """The key of the one item that a reference in `home` can mean among `candidates`; None when none or several are
    left. A reference that names neither punkt nor case means the item of the same case at that meeting."""
    left = [place for place in candidates if place.key != home.key]
    if reference.date is not None:
        left = [place for place in left if place.date == reference.date]
    if reference.number is not None:
        left = [place for place in left if place.number == reference.number]
    if reference.committee is not None:
        left = [place for place in left if references.same_body(place.committee, reference.committee)]
    elif reference.number is not None and reference.date is None:
        left = [place for place in left if place.meeting == home.meeting]
    elif reference.date is not None:
        left = [place for place in left if _may_be_unnamed(place, home)]
    case_number = reference.case_number
    if reference.number is None and case_number is None and home.case_number and not is_catch_all(home.case_number):
        case_number = home.case_number
    if reference.case_number is not None and is_catch_all(reference.case_number):
        return None  # one item of that number may well be loaded, and another one meant
    if case_number is not None:
        left = [place for place in left if (place.case_number or "").casefold() == case_number.casefold()]
    is_specific = reference.number is not None or case_number is not None
    return left[0].key if len(left) == 1 and is_specific else None


def _may_be_unnamed(place: ItemPlace, home: ItemPlace) -> bool:
    """True when a reference that names no body can mean this item: its own body's, or its own case. Another body that
    happens to be the only one loaded of that day is not meant."""
    is_case = bool(home.case_number) and not is_catch_all(home.case_number or "")
    same_case_number = (place.case_number or "").casefold() == (home.case_number or "").casefold()
    return references.same_body(place.committee, home.committee) or (is_case and same_case_number)


def is_catch_all(case_number: str) -> bool:
    """True for a number that says which committee, not which case."""
    return bool(_CATCH_ALL.match(case_number))


def same_case(home: ItemPlace, others: Sequence[ItemPlace]) -> tuple[ItemPlace, ...]:
    """Those of `others`, all with the case number of `home`, that are of its case. A number that one meeting gives to
    items of different titles covers several matters: then the titles must be alike, too."""
    if home.case_number is None or is_catch_all(home.case_number):
        return tuple(place for place in others if place.key == home.key)
    titles: Mapping[str, set[frozenset[str]]] = defaultdict(set)
    for place in others:
        titles[place.meeting].add(_subject(place.title))
    if all(len(each) == 1 for each in titles.values()):
        return tuple(others)
    return tuple(place for place in others if place.key == home.key or _are_alike(place.title, home.title))


def same_subject(one: str, other: str) -> bool:
    """True when two titles have the same words, whatever kind of item they say it is ("Orientering - …")."""
    return bool(_subject(one)) and _subject(one) == _subject(other)


def _are_alike(one: str, other: str) -> bool:
    a, b = _subject(one), _subject(other)
    return a == b or (bool(a and b) and len(a & b) / min(len(a), len(b)) >= _ALIKE)


def _subject(title: str) -> frozenset[str]:
    """The words of a title without what kind of item it is."""
    while (shorter := _MARKER.sub("", title)) != title:
        title = shorter
    return danish.term_set(title)
