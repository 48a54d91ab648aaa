"""The words of meeting mode, in Danish and in English."""

from __future__ import annotations

from dataclasses import dataclass

from qa.model import Language


@dataclass(frozen=True, slots=True)
class ModeWords:
    """What meeting mode says. Braces are filled in by name."""

    mode: str
    back: str
    follow: str
    place: str
    decided: str
    recommended: str
    nothing_here: str
    last: str
    no_last: str
    open_ends: str
    no_open_ends: str
    alone: str
    placeholder: str
    asked: str
    everywhere: str
    forget: str
    tools: str
    previous: str
    next: str
    ask: str
    copy: str
    open: str
    whole: str
    leave: str
    agenda: str
    other: str
    all_meetings: str
    no_items: str


DANISH = ModeWords(
    mode="Forbered møde",
    back="Tilbage til mødet",
    follow="Følg mødet punkt for punkt",
    place="Punkt {number} · {at} af {count}",
    decided="Besluttet på mødet",
    recommended="Indstillet, ikke besluttet",
    nothing_here="Der står ingen indstilling eller beslutning i punktet.",
    last="Seneste beslutning i sagen",
    no_last="Der er ikke indlæst nogen tidligere beslutning i sagen.",
    open_ends="Afventer i sagen",
    no_open_ends="De indlæste referater siger ikke, at noget i sagen afventer.",
    alone="Der er ikke indlæst andre behandlinger af sagen.",
    placeholder="Spørg om denne sag",
    asked="Der er kun set efter i denne sag.",
    everywhere="Spørg i alt det indlæste",
    forget="Luk svaret",
    tools="Punktets knapper",
    previous="Forrige",
    next="Næste",
    ask="Spørg",
    copy="Kopiér",
    open="Åbn",
    whole="Åbn hele punktet",
    leave="Forlad",
    agenda="Dagsorden",
    other="Vælg et andet møde",
    all_meetings="Alle møder",
    no_items="Der er ingen punkter i mødet.",
)

ENGLISH = ModeWords(
    mode="Prepare",
    back="Back to the meeting",
    follow="Follow the meeting item by item",
    place="Item {number} · {at} of {count}",
    decided="Decided at the meeting",
    recommended="Recommended, not decided",
    nothing_here="The item holds no recommendation and no decision.",
    last="The last decision in the case",
    no_last="No earlier decision in the case is loaded.",
    open_ends="Pending in the case",
    no_open_ends="The loaded minutes say of nothing in the case that it is pending.",
    alone="No other treatment of the case is loaded.",
    placeholder="Ask about this case",
    asked="Only this case was looked through.",
    everywhere="Ask in all that is loaded",
    forget="Close the answer",
    tools="The item's buttons",
    previous="Previous",
    next="Next",
    ask="Ask",
    copy="Copy",
    open="Open",
    whole="Open the whole item",
    leave="Leave",
    agenda="Agenda",
    other="Choose another meeting",
    all_meetings="All meetings",
    no_items="The meeting has no items.",
)


def of(language: Language) -> ModeWords:
    """The words in a language."""
    return ENGLISH if language is Language.ENGLISH else DANISH
