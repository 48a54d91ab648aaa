"""How each case system words and orders what every meeting has: one `House` for each format.

The parts of an item are those of `facts.Section.part` and these: "indstilling", "tidligere" (what other meetings
decided), "beslutning", "fravær", "kompetence" and "bilag". A house prints them in its `order` and calls them by its own
`headings`; parts it has no heading for are printed under the default ones of `HEADINGS`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

# What each part is (the section kinds of the contract), and what it is called where a house has no other name for it.
HEADINGS: dict[str, tuple[str, str]] = {
    "resume": ("summary", "Resume"),
    "sagsfremstilling": ("body", "Sagsfremstilling"),
    "supplerende": ("body", "Supplerende sagsfremstilling"),
    "økonomi": ("economy", "Økonomi"),
    "lovgrundlag": ("law", "Lovgrundlag"),
    "høring": ("hearing", "Høring"),
    "videre": ("other", "Videre proces"),
    "indstilling": ("recommendation", "Indstilling"),
    "tidligere": ("earlier_decision", "Tidligere beslutninger"),
    "beslutning": ("decision", "Beslutning"),
    "fravær": ("attendance", "Fraværende"),
    "kompetence": ("competence", "Sagen afgøres i"),
    "bilag": ("attachments", "Bilag"),
}
_CASE = ("resume", "sagsfremstilling", "supplerende", "lovgrundlag", "høring", "økonomi", "videre")


class Earlier(StrEnum):
    """How the decisions of other meetings are quoted: each under its own heading, in Sagsforløb blocks, or together
    under one heading with a line for each."""

    HEADED = "headed"
    BLOCKS = "blocks"
    OVERVIEW = "overview"


class Carried(StrEnum):
    """What a format may be unable to carry."""

    PAGES = "pages"
    START = "start"
    PLACE = "place"
    CASE_NUMBER = "case_number"
    ATTENDANCE = "attendance"
    ABSENT = "absent"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class House:
    """One house. In `own` and `earlier_heading`, {body}, {bodys} (genitive), {date}, {day} and {number} stand for the
    meeting's; in `attachment`, {document} and {record} are its number as two systems write it. `marks` are those of
    recommendation lines by level, with "1", "A" or "a" where the count stands; `closed` is a closed item's title."""

    name: str
    suffix: str
    order: tuple[str, ...]
    carries: frozenset[Carried]
    headings: dict[str, str] = field(default_factory=dict)
    own: str = "Beslutning"
    earlier: Earlier = Earlier.HEADED
    earlier_heading: str = "Beslutning i {body} den {date:%d-%m-%Y}"
    marks: tuple[str, str] = ("at", "- at")
    proposes: str = "{proposer} indstiller"
    closed: str = "Lukket: {title}"
    attachment: tuple[str, ...] = ("{name}",)  # its line; several are a row of cells
    is_run_in: bool = False  # the competence stands on the line of its heading
    shows_absence: bool = False  # a line for those absent, even when nobody was


_WHERE = frozenset({Carried.START, Carried.PLACE, Carried.CASE_NUMBER})
_EVERY = _WHERE | {Carried.ATTENDANCE, Carried.ABSENT}
_EDOC = {
    "resume": "Sammendrag",
    "økonomi": "Økonomiske konsekvenser og finansiering",
    "kompetence": "Beslutningen træffes af",
}
_ACADRE = {
    "resume": "Resumé",
    "økonomi": "Økonomi og organisatoriske konsekvenser",
    "supplerende": "Supplerende Sagsfremstilling",
}

# fmt: off
FIRSTAGENDA_JSON = House(
    "firstagenda-json", "json",
    ("supplerende", "resume", "indstilling", "tidligere", "sagsfremstilling", "lovgrundlag", "høring", "økonomi",
     "videre", "beslutning", "bilag"),
    _WHERE | {Carried.ATTENDANCE, Carried.LINK},
    {"resume": "Beslutningstema", "lovgrundlag": "Retsgrundlag", "økonomi": "Økonomiske konsekvenser"},
    marks=("1. at", "a. at"), proposes="{proposer} indstiller",
)
FIRSTAGENDA_HTML = House(
    "firstagenda-html", "html",
    ("beslutning", *_CASE[:-1], "indstilling", "videre", "tidligere", "bilag"),
    _WHERE,
    {"indstilling": "Beslutningspunkter", "tidligere": "Sagsforløb"},
    own="Beslutninger", earlier=Earlier.BLOCKS, marks=("At 1)", "- at"), proposes="{proposer} indstiller:",
)
FIRSTAGENDA_PDF = House(
    "firstagenda-pdf", "pdf",
    (*_CASE, "indstilling", "tidligere", "beslutning", "bilag"),
    _WHERE | {Carried.PAGES},
)
EDOC_PDF = House(
    "edoc-pdf", "pdf",
    (*_CASE, "bilag", "kompetence", "indstilling", "tidligere", "beslutning", "fravær"),
    _EVERY | {Carried.PAGES},
    _EDOC | {"fravær": "Følgende deltog ikke i behandlingen af punktet:"},
    own="{bodys} beslutning den {date:%d.%m.%Y} Punkt {number}",
    earlier_heading="{bodys} beslutning den {date:%d.%m.%Y} Punkt {number}",
    marks=("A)", "1)"), proposes="{proposer} indstiller, at", closed="{title}", shows_absence=True,
    attachment=("{document} - {name}",),
)
ACADRE_PDF = House(
    "acadre-pdf", "pdf",
    ("kompetence", *_CASE, "indstilling", "tidligere", "beslutning", "fravær", "bilag"),
    _EVERY | {Carried.PAGES},
    _ACADRE,
    own="Beslutning i {body} den {date:%d-%m-%Y}",
    marks=("1. at", "- at"), proposes="{proposer} indstiller,", closed="{title} (Lukket)", is_run_in=True,
    attachment=("{count}", "Åben", "{name}", "{record}"),
)
ACADRE_DOCX = House(
    "acadre-docx", "docx", ACADRE_PDF.order, _EVERY,
    _ACADRE,
    own="Beslutning i {body} den {date:%d-%m-%Y}",
    marks=("1. at", "- at"), proposes="{proposer} indstiller,", closed="{title} (Lukket)", is_run_in=True,
    attachment=("{count}", "Åben", "{name}", "{record}"),
)
SBSYS_XML = House(
    "sbsys-xml", "xml",
    (*_CASE, "kompetence", "indstilling", "tidligere", "beslutning", "bilag"),
    _WHERE | {Carried.ATTENDANCE},
    _EDOC,
    marks=("A. at", "1. at"), proposes="{proposer} indstiller", closed="{title}",
)
TEXT = House(
    "text", "txt",
    (*_CASE, "indstilling", "tidligere", "beslutning", "bilag"),
    _WHERE,
    {"resume": "Sagsresume"},
    proposes="{proposer} indstiller,",
)
MARKDOWN = House(
    "markdown", "txt",
    ("kommunikation", *_CASE, "indstilling", "tidligere", "beslutning", "bilag"),
    _WHERE,
    closed="{title} - LUKKET SAG",
)
KOEBENHAVN_JSON = House(
    "koebenhavn-json", "json",
    ("resume", "indstilling", "sagsfremstilling", "supplerende", "lovgrundlag", "høring", "økonomi", "videre",
     "tidligere", "beslutning", "bilag"),
    frozenset({Carried.LINK}),
    {"resume": "Problemstilling", "sagsfremstilling": "Løsning", "tidligere": "Oversigt over politisk behandling"},
    own="{bodys} beslutning i mødet den {day}", earlier=Earlier.OVERVIEW,
    earlier_heading="{bodys} beslutning i mødet den {day}",
    marks=("• at", "- at"), proposes="{proposer} indstiller,", closed="{title} (fortrolig)",
)
# fmt: on
HOUSES = {
    house.name: house
    for house in (
        FIRSTAGENDA_JSON,
        FIRSTAGENDA_HTML,
        FIRSTAGENDA_PDF,
        EDOC_PDF,
        ACADRE_PDF,
        ACADRE_DOCX,
        SBSYS_XML,
        TEXT,
        MARKDOWN,
        KOEBENHAVN_JSON,
    )
}
