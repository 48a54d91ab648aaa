"""The ways municipalities head an agenda item, as one ordered table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from ingest import privacy


class Evidence(IntEnum):
    """What stands below a line that looks like an item's heading; more is surer."""

    NOTHING = 0
    HEADING = 1  # a section heading
    CASE = 2  # a case number


@dataclass(frozen=True, slots=True)
class ItemForm:
    """One way to head an item. `pattern` matches a whole line and names the groups number, title and perhaps case.

    `needs` is the least evidence that makes such a line a heading; lines of a form that needs none may lack it where
    their numbers fit between those of sure ones. `is_below`: the line stands below the title, not on it.
    """

    pattern: re.Pattern[str]
    needs: Evidence
    is_below: bool = False


_MARK, _NO = r"(?:• *)?", r"(?P<number>\d{1,4}[a-zA-Z]?)"
_PUNKT = r"(?:(?:Lukket|LUKKET) [Pp]unkt|P(?:unkt|UNKT)|Dagsordenspunkt)(?: nr\.?)?"
_TITLE, _WORD = r"(?P<title>\S.*)", r"(?P<title>[\"”»(\[]?[^\W\d_].*)"

PUNKT = ItemForm(re.compile(rf"{_MARK}{_PUNKT} {_NO} ?(?::|\.(?! *$)) *(?P<title>.*)$"), Evidence.NOTHING)
# SBSYS: "4 (Lukket) T"; of a closed item the mark is kept in the title.
_STATE = r"(?:\((?:Åben|Åbent|Offentlig|Offentligt)\) *|(?=\((?:Lukke[td]|Ikke[- ]offentlig|Fortrolig)))"
# The surest form of a document is its form; of two as sure the one that stands first. All else is ordinary text.
ITEM_FORMS = (
    PUNKT,
    ItemForm(re.compile(rf"{_MARK}P(?:kt|KT)\.? ?(?:nr\. ?)?{_NO} ?[:.]? +{_TITLE}$"), Evidence.NOTHING),  # Roskilde
    ItemForm(re.compile(rf"(?P<number>\d{{1,4}})[.:]? {_STATE}{_TITLE}$"), Evidence.NOTHING),
    ItemForm(re.compile(rf"{_MARK}{_PUNKT} {_NO}\.?(?P<title>)$"), Evidence.CASE),  # Aalborg: the title below
    ItemForm(re.compile(rf"{_MARK}{_PUNKT} {_NO}(?: [-–])? +{_TITLE}$"), Evidence.HEADING),  # Fredericia, Ringsted
    ItemForm(re.compile(rf"(?P<title>)[Ss]ag nr\.? ?{_NO}$"), Evidence.HEADING, is_below=True),  # Rødovre
    ItemForm(re.compile(rf"Sag(?: nr\.)? {_NO} ?[:.–-] *{_TITLE}$"), Evidence.HEADING),
    ItemForm(
        re.compile(rf"Nr\. ?{_NO}\.?(?: +(?P<case>[A-Z]{{2,3}} \d+/\d{{2,4}})\.?| [-–:])? +{_TITLE}$"),
        Evidence.HEADING,  # Fredensborg "Nr.178 - T", København 2007 "Nr. 20 BR 366/07. T"
    ),
    ItemForm(re.compile(rf"{_MARK}(?P<number>\d{{1,4}}) ?[.:] *{_WORD}$"), Evidence.HEADING),  # Syddjurs, Stevns
    ItemForm(re.compile(rf"• *(?P<number>\d{{1,4}}) +{_WORD}$"), Evidence.HEADING),  # Viborg
    ItemForm(re.compile(r"(?P<number>\d{1,4}) *(?P<title>[A-ZÆØÅ]\w.*)$"), Evidence.CASE),  # Frederikssund "39Title"
)
# Where no heading is numbered, each item begins with its case number, or the title above it (Kolding, Aabenraa).
UNNUMBERED = ItemForm(
    re.compile(r"(?P<number>)(?P<title>)(?:sags?\s?nr|sagsnummer|sagsid)\b.*$", re.IGNORECASE),
    Evidence.CASE,
    is_below=True,
)

# Heads of groups of items: what stands right above an item and belongs to none.
_GROUP = re.compile(
    r"(?:[A-ZÆØÅ][.)] )?(?:åbne |lukkede )?(?:(?:efterretnings|orienterings|beslutnings|drøftelses|behandlings"
    r"|indstillings|afgørelses|meddelelses|temadrøftelses)(?:sager|punkter)"
    r"|(?:sager|punkter) (?:til|der) (?:afgørelse|efterretning|drøftelse|beslutning|orientering|behandling|afgøres"
    r"|behandles)(?: (?:i|af|for) [\w ,-]{3,60})?|(?:dagsordens|tillægs)?punkter|sager)\W*$",
    re.IGNORECASE,
)


def is_heading(line: str, *, at_least: Evidence = Evidence.CASE) -> bool:
    """True when `line` has the look of an item's heading, in any form that needs no more evidence than `at_least`."""
    return any(form.needs <= at_least and form.pattern.match(line) for form in ITEM_FORMS)


def is_closed_item(line: str) -> bool:
    """True for the heading of an item that was treated behind closed doors."""
    found = (match for form in ITEM_FORMS if not form.is_below and (match := form.pattern.match(line)))
    return any(privacy.is_closed(match["title"]) or privacy.is_closed(line) for match in found)


def is_group(line: str) -> bool:
    """True for a line that only heads a group of items ("Efterretningssager")."""
    return bool(_GROUP.match(line.strip())) or privacy.opens(line) or privacy.closes(line)
