"""The words of the page of what is pending, in Danish and in English. What waits, and how, is named in `qa.texts`."""

from __future__ import annotations

from dataclasses import dataclass

from qa.model import Language


@dataclass(frozen=True, slots=True)
class PendingWords:
    """What the page says. Braces are filled in by name."""

    pending: str
    looking: str
    lead: str
    every_line: str
    municipality: str
    all_municipalities: str
    committee: str
    all_committees: str
    count: tuple[str, str]
    none_here: str
    without_filter: str
    waits_for: str
    by: str
    until: str
    due: str
    passed: str
    concerns: str
    next_item: str
    days: str
    pages: str
    earlier: str
    later: str


DANISH = PendingWords(
    pending="Afventer",
    looking="Ser referaterne igennem for det, der afventer …",
    lead="Hvad der ifølge de indlæste referater afventer: på hvad, siden hvornår, hos hvem og til hvornår.",
    every_line="Alt i citat står ordret i referaterne.",
    municipality="Kommune",
    all_municipalities="Alle kommuner",
    committee="Udvalg",
    all_committees="Alle udvalg",
    count=("forhold afventer", "forhold afventer"),
    none_here="De indlæste referater siger ikke om noget i denne afgrænsning, at det afventer.",
    without_filter="Se alt, der afventer",
    waits_for="Afventer",
    by="Hos",
    until="Hvornår",
    due="Frist",
    passed="passeret",
    concerns="Gælder",
    next_item="På dagsordenen",
    days="siden {day}",
    pages="Flere, der afventer",
    earlier="Forrige",
    later="Næste",
)

ENGLISH = PendingWords(
    pending="Pending",
    looking="Going through the minutes for what is pending …",
    lead="What is pending by the minutes that are loaded: on what, since when, with whom and until when.",
    every_line="All that is quoted stands letter for letter in the minutes.",
    municipality="Municipality",
    all_municipalities="All municipalities",
    committee="Committee",
    all_committees="All committees",
    count=("matter pending", "matters pending"),
    none_here="The loaded minutes say of nothing in this range that it is pending.",
    without_filter="See all that is pending",
    waits_for="Waits for",
    by="With",
    until="When",
    due="Due",
    passed="passed",
    concerns="Concerns",
    next_item="On the agenda",
    days="since {day}",
    pages="More that is pending",
    earlier="Previous",
    later="Next",
)


def of(language: Language) -> PendingWords:
    """The words in a language."""
    return ENGLISH if language is Language.ENGLISH else DANISH
