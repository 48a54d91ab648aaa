"""The words of an answer that is handed on, in Danish and in English. What minutes say is never translated."""

from __future__ import annotations

from dataclasses import dataclass

from qa.model import Language


@dataclass(frozen=True, slots=True)
class ExportWords:
    """Headings and the names of columns in one language. Braces are filled in by name."""

    asked: str
    filter: str
    committees: str
    since: str
    until: str
    follows: str
    reason: str
    adopted: str
    added: str
    votes: str
    found: str
    nearest: str
    thread: str
    undated: str
    coverage: str
    verbatim: str

    # What a row of the table is, and its columns
    part: str
    question: str
    note: str
    claim: str
    above: str
    step: str
    hit: str
    label: str
    body: str
    date: str
    item: str
    page: str
    title: str
    case: str
    outcome: str
    text: str
    citation: str
    link: str


DANISH = ExportWords(
    asked="Spurgt den {day} kl. {time}",
    filter="Afgrænset til",
    committees="udvalg: {names}",
    since="fra og med {day}",
    until="til og med {day}",
    follows="Fortsætter emnet",
    reason="Hvorfor der ikke er et endeligt svar",
    adopted="Det indebærer (indstillingens linjer, som beslutningen tiltræder)",
    added="Tilføjet i beslutningen",
    votes="Stemmer og forbehold, som de står",
    found="Steder i referaterne",
    nearest="Nærmeste punkter",
    thread="Sagens gang",
    undated="uden dato",
    coverage="Hvad der er søgt i",
    verbatim="Citaterne er referaternes egne ord, bogstav for bogstav.",
    part="Del",
    question="Spørgsmål",
    note="Bemærkning",
    claim="Udsagn",
    above="Står under",
    step="Sagens gang",
    hit="Sted fundet",
    label="Hvis ord",
    body="Udvalg",
    date="Dato",
    item="Punkt",
    page="Side",
    title="Overskrift",
    case="Sag",
    outcome="Udfald",
    text="Tekst",
    citation="Henvisning",
    link="Adresse",
)

ENGLISH = ExportWords(
    asked="Asked on {day} at {time}",
    filter="Narrowed down to",
    committees="committees: {names}",
    since="from {day}",
    until="until {day}",
    follows="Continues the subject",
    reason="Why there is no final answer",
    adopted="What it entails (the lines of the recommendation that the decision adopts)",
    added="Added in the decision",
    votes="Votes and reservations, as stated",
    found="Places in the minutes",
    nearest="Nearest items",
    thread="The course of the case",
    undated="undated",
    coverage="What was searched",
    verbatim="The quotes are the minutes' own words, letter for letter.",
    part="Part",
    question="Question",
    note="Note",
    claim="Statement",
    above="Stands under",
    step="Course of the case",
    hit="Place found",
    label="Whose word",
    body="Committee",
    date="Date",
    item="Item",
    page="Page",
    title="Heading",
    case="Case",
    outcome="Outcome",
    text="Text",
    citation="Citation",
    link="Address",
)


def of(language: Language) -> ExportWords:
    """The words in a language."""
    return ENGLISH if language is Language.ENGLISH else DANISH
