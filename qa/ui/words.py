"""Every word the app itself shows, in Danish and in English. What minutes say is never translated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ingest.model import MeetingKind, Outcome
from qa.model import AbstentionReason, Label, Language


@dataclass(frozen=True, slots=True)
class Words:
    """The app's words in one language. Braces are filled in by name."""

    language: Language

    # The frame
    ask: str
    meetings: str
    documents: str
    pages: str
    other_language: str
    skip: str
    offline: str

    # Asking
    start: str
    promise: str
    placeholder: str
    try_these: str
    example: str
    recent: str
    filter: str
    committee: str
    all_committees: str
    since: str
    until: str
    no_filter: str
    follows: str
    drop_subject: str
    new_subject: str
    answered: str
    not_answered: str

    # The answer
    outcomes: Mapping[Outcome, str]
    labels: Mapping[Label, str]
    abstentions: Mapping[AbstentionReason, str]
    adopted: str
    added: str
    votes: str
    nearest: str
    found: str
    more: str
    thread: str
    not_loaded: str
    this_item: str
    item: str
    page: str
    case: str
    show_place: str
    see_place: str
    loaded: str

    # An item
    back_to_answer: str
    quote_here: str
    source: str
    see_page: str
    page_image: str
    next_page: str
    previous_page: str
    no_page: str
    no_pages: str
    item_text: str
    next_item: str
    previous_item: str
    neighbours: str
    references: str
    no_date: str
    attachments: str
    closed: str
    no_item: str
    unheaded: str
    on_site: str
    earlier_version: str

    # Meetings
    no_meetings: str
    items: str
    count_items: tuple[str, str]
    count_meetings: tuple[str, str]
    kinds: Mapping[MeetingKind, str]
    all_meetings: str
    no_meeting: str
    at_time: str
    versions: str
    agenda: str
    older: str
    newer: str

    # Documents
    loaded_now: str
    count_files: tuple[str, str]
    count_passages: tuple[str, str]
    model: str
    dimensions: str
    no_model: str
    incomplete_model: str
    failed: str
    failed_advice: str
    behind: str
    behind_why: str
    files: str
    count_pages: tuple[str, str]
    add: str
    add_how: str

    # When there is nothing to show
    empty: str
    empty_why: str
    empty_then: str
    missing: str
    broken: str
    fault: str
    fault_advice: str


DANISH = Words(
    language=Language.DANISH,
    ask="Spørg",
    meetings="Møder",
    documents="Dokumenter",
    pages="Sider",
    other_language="English",
    skip="Gå til indholdet",
    offline="Alt bliver på denne maskine. Svarene er referaternes egne ord.",
    start="Hvad vil du vide?",
    promise="Svaret er referaternes egne ord, hver sætning med henvisning til møde, punkt og side.",
    placeholder="Skriv et emne eller et spørgsmål, og tryk Enter",
    try_these="Prøv for eksempel",
    example="Hvad blev besluttet om {subject}?",
    recent="Senest indlæste møder",
    filter="Afgræns",
    committee="Udvalg",
    all_committees="Alle udvalg",
    since="Fra og med",
    until="Til og med",
    no_filter="Fjern afgrænsningen",
    follows="Fortsætter emnet",
    drop_subject="Slip emnet, og spørg på ny uden det",
    new_subject="Nyt emne",
    answered="Svaret er klar: {lead}",
    not_answered="Intet svar: {lead}",
    outcomes=MappingProxyType(
        {
            Outcome.ADOPTED: "Tiltrådt",
            Outcome.ADOPTED_WITH_ADDITION: "Tiltrådt med tilføjelse",
            Outcome.DECIDED_OTHERWISE: "Besluttet",
            Outcome.NOTED: "Taget til efterretning",
            Outcome.DISCUSSED: "Drøftet",
            Outcome.POSTPONED: "Udsat",
            Outcome.WITHDRAWN: "Udgået",
            Outcome.SENT_ON: "Sendt videre",
            Outcome.REJECTED: "Ikke tiltrådt",
            Outcome.NONE: "Ingen beslutning",
            Outcome.SIGNED: "Underskrevet",
            Outcome.UNKNOWN: "Udfald ikke fastslået",
        }
    ),
    labels=MappingProxyType(
        {
            Label.DECIDED: "Besluttet her",
            Label.RECOMMENDED: "Indstillet",
            Label.ASSESSED: "Forvaltningens fremstilling",
            Label.REPORTED: "Tidligere beslutning, refereret",
        }
    ),
    abstentions=MappingProxyType(
        {
            AbstentionReason.NOT_LOADED: "Står ikke i det indlæste",
            AbstentionReason.NOTHING_DECIDED: "Ingen beslutning",
            AbstentionReason.POSTPONED: "Ikke endeligt afgjort",
            AbstentionReason.INFORMATION_ONLY: "Kun til orientering",
            AbstentionReason.CLOSED: "Lukket punkt",
        }
    ),
    adopted="Det indebærer (indstillingens linjer, som beslutningen tiltræder)",
    added="Tilføjet i beslutningen",
    votes="Stemmer og forbehold, som de står",
    nearest="Nærmeste punkter",
    found="Steder i referaterne",
    more="Vis flere ({number})",
    thread="Sagens gang",
    not_loaded="ikke indlæst",
    this_item="dette punkt",
    item="punkt\N{NO-BREAK SPACE}{number}",
    page="s.\N{NO-BREAK SPACE}{page}",
    case="sag {number}",
    show_place="vis stedet",
    see_place="Se stedet i kilden: {place}",
    loaded="Hvad er indlæst?",
    back_to_answer="Tilbage til svaret",
    quote_here="Det citerede er markeret i teksten, og på siden, hvor kilden har sider.",
    source="Kilde",
    see_page="Se siden i kilden",
    page_image="Billede af side {page} i {source}. Teksten står ved siden af.",
    next_page="Næste side",
    previous_page="Forrige side",
    no_page="Siden kan ikke vises: kildefilen er flyttet eller ændret, siden den blev indlæst.",
    no_pages="Kilden er en tekstfil uden sider.",
    item_text="Punktets tekst",
    next_item="Næste punkt",
    previous_item="Forrige punkt",
    neighbours="Punkterne før og efter",
    references="Henvisninger i teksten",
    no_date="uden dato",
    attachments="Bilag",
    closed="Lukket punkt: kun overskriften og en offentliggjort beslutning er gemt.",
    no_item="Punktet er ikke indlæst. Det kan være fjernet, eller adressen er skrevet forkert.",
    unheaded="Indledning",
    on_site="Se punktet på kommunens hjemmeside",
    earlier_version="Dette er en tidligere udgave. Se den gældende",
    no_meetings="Der er ingen møder i den valgte afgrænsning.",
    items="Punkter",
    count_items=("punkt", "punkter"),
    count_meetings=("møde", "møder"),
    kinds=MappingProxyType({MeetingKind.REFERAT: "Referat", MeetingKind.DAGSORDEN: "Dagsorden, ikke behandlet endnu"}),
    all_meetings="Alle møder",
    no_meeting="Mødet er ikke indlæst. Det kan være fjernet, eller adressen er skrevet forkert.",
    at_time="kl. {time}",
    versions="Tidligere udgaver",
    agenda="Dagsorden",
    older="Ældre møder",
    newer="Nyere møder",
    loaded_now="Hvad der er indlæst",
    count_files=("fil", "filer"),
    count_passages=("tekststykke", "tekststykker"),
    model="Sprogmodel",
    dimensions="{number} dimensioner",
    no_model="Ingen. Der søges kun på ord.",
    incomplete_model="{missing} tekststykker mangler endnu. Kør indlæsningen igen for at få dem med.",
    failed="Filer, der ikke kunne læses",
    failed_advice="Ret filen, og kør indlæsningen igen; så prøves den på ny.",
    behind="Filer bag en bedre kilde",
    behind_why="Mødet er indlæst fra en anden fil, for eksempel et referat i stedet for dagsordenen.",
    files="Indlæste filer",
    count_pages=("side", "sider"),
    add="Indlæs flere referater",
    add_how="Kør kommandoen i en terminal. PDF- og tekstfiler, og hele mapper, kan indlæses; det allerede indlæste "
    "røres ikke. Appen viser det nye, næste gang du spørger.",
    empty="Der er ikke indlæst noget endnu",
    empty_why="Punktsvar svarer ud fra kommunens referater. Indlæs det medfølgende eksempel eller dine egne:",
    empty_then="Genindlæs så denne side. Arkivet ventes her: {path}",
    missing="Findes ikke her",
    broken="Arkivet kan ikke åbnes",
    fault="Noget gik galt",
    fault_advice="Fejlen er skrevet i terminalen, hvor appen kører. Prøv igen, eller spørg på en anden måde.",
)

ENGLISH = Words(
    language=Language.ENGLISH,
    ask="Ask",
    meetings="Meetings",
    documents="Documents",
    pages="Pages",
    other_language="Dansk",
    skip="Skip to the content",
    offline="Everything stays on this machine. The answers are the minutes' own words.",
    start="What do you want to know?",
    promise="The answer is the minutes' own words, each sentence with its meeting, item and page.",
    placeholder="Type a subject or a question and press Enter",
    try_these="For example",
    example="What was decided about {subject}?",
    recent="Latest meetings loaded",
    filter="Narrow down",
    committee="Committee",
    all_committees="All committees",
    since="From",
    until="Until",
    no_filter="Remove the filter",
    follows="Continues the subject",
    drop_subject="Drop the subject and ask again without it",
    new_subject="New subject",
    answered="The answer is ready: {lead}",
    not_answered="No answer: {lead}",
    outcomes=MappingProxyType(
        {
            Outcome.ADOPTED: "Adopted",
            Outcome.ADOPTED_WITH_ADDITION: "Adopted with an addition",
            Outcome.DECIDED_OTHERWISE: "Decided",
            Outcome.NOTED: "Noted",
            Outcome.DISCUSSED: "Discussed",
            Outcome.POSTPONED: "Postponed",
            Outcome.WITHDRAWN: "Withdrawn",
            Outcome.SENT_ON: "Sent on",
            Outcome.REJECTED: "Not adopted",
            Outcome.NONE: "No decision",
            Outcome.SIGNED: "Signed",
            Outcome.UNKNOWN: "Outcome not established",
        }
    ),
    labels=MappingProxyType(
        {
            Label.DECIDED: "Decided here",
            Label.RECOMMENDED: "Recommended",
            Label.ASSESSED: "The administration's account",
            Label.REPORTED: "Earlier decision, reported",
        }
    ),
    abstentions=MappingProxyType(
        {
            AbstentionReason.NOT_LOADED: "Not in what is loaded",
            AbstentionReason.NOTHING_DECIDED: "Nothing decided",
            AbstentionReason.POSTPONED: "Not finally settled",
            AbstentionReason.INFORMATION_ONLY: "For information only",
            AbstentionReason.CLOSED: "Closed item",
        }
    ),
    adopted="What it entails (the lines of the recommendation that the decision adopts)",
    added="Added in the decision",
    votes="Votes and reservations, as stated",
    nearest="Nearest items",
    found="Places in the minutes",
    more="Show more ({number})",
    thread="The course of the case",
    not_loaded="not loaded",
    this_item="this item",
    item="item\N{NO-BREAK SPACE}{number}",
    page="p.\N{NO-BREAK SPACE}{page}",
    case="case {number}",
    show_place="show the place",
    see_place="See the place in the source: {place}",
    loaded="What is loaded?",
    back_to_answer="Back to the answer",
    quote_here="The quote is marked in the text, and on the page where the source has pages.",
    source="Source",
    see_page="See the page of the source",
    page_image="Picture of page {page} of {source}. Its text stands beside it.",
    next_page="Next page",
    previous_page="Previous page",
    no_page="The page cannot be shown: the source file was moved or changed since it was loaded.",
    no_pages="The source is a text file without pages.",
    item_text="The text of the item",
    next_item="Next item",
    previous_item="Previous item",
    neighbours="The items before and after",
    references="References in the text",
    no_date="undated",
    attachments="Attachments",
    closed="Closed item: only its heading and a published decision are kept.",
    no_item="The item is not loaded. It may have been removed, or the address is misspelt.",
    on_site="See the item at the municipality's site",
    earlier_version="This is an earlier version. See the current one",
    unheaded="Introduction",
    no_meetings="There are no meetings in the chosen range.",
    items="Items",
    count_items=("item", "items"),
    count_meetings=("meeting", "meetings"),
    kinds=MappingProxyType({MeetingKind.REFERAT: "Minutes", MeetingKind.DAGSORDEN: "Agenda, not treated yet"}),
    all_meetings="All meetings",
    no_meeting="The meeting is not loaded. It may have been removed, or the address is misspelt.",
    versions="Earlier versions",
    agenda="Agenda",
    at_time="at {time}",
    older="Older meetings",
    newer="Newer meetings",
    loaded_now="What is loaded",
    count_files=("file", "files"),
    count_passages=("passage", "passages"),
    model="Language model",
    dimensions="{number} dimensions",
    no_model="None. Only words are searched for.",
    incomplete_model="{missing} passages are still missing. Load again to include them.",
    failed="Files that could not be read",
    failed_advice="Mend the file and load again; it will be tried anew.",
    behind="Files behind a better source",
    behind_why="The meeting was loaded from another file, for instance minutes instead of the agenda.",
    files="Files loaded",
    count_pages=("page", "pages"),
    add="Load more minutes",
    add_how="Run the command in a terminal. PDF and text files, and whole folders, can be loaded; what is loaded "
    "already stays as it is. The app shows what is new the next time you ask.",
    empty="Nothing is loaded yet",
    empty_why="Punktsvar answers from the municipality's minutes. Load the sample that came with it, or your own:",
    empty_then="Then reload this page. The archive is expected here: {path}",
    missing="Not found here",
    broken="The archive cannot be opened",
    fault="Something went wrong",
    fault_advice="The error is written in the terminal that runs the app. Try again, or ask in another way.",
)


def of(language: Language) -> Words:
    """The app's words in a language."""
    return ENGLISH if language is Language.ENGLISH else DANISH
