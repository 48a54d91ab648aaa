"""The words of what is browsed: lists of bodies and items, a case, a committee's page; in Danish and in English."""

from __future__ import annotations

from dataclasses import dataclass

from qa.model import Language


@dataclass(frozen=True, slots=True)
class BrowseWords:
    """The words in one language. Braces are filled in by name."""

    # Lists
    lists: str
    bodies: str
    items: str
    count_agendas: tuple[str, str]
    only_agenda: str
    no_municipality: str
    from_to: str
    on_day: str
    its_meetings: str
    its_items: str
    its_page: str
    no_items: str
    older_items: str
    newer_items: str
    pages_of_items: str
    shown: str

    # Narrowing down
    words_in_title: str
    words_hint: str
    municipality: str
    all_municipalities: str
    outcome: str
    all_outcomes: str
    case_number: str
    more_filters: str
    narrowed: str
    drop: str
    drop_all: str
    ask_about: str

    # An item
    referring: str

    # A case
    see_case: str
    whole_case: str
    case: str
    course: str
    same_recommendation: str
    step_not_loaded: str
    nothing_decided: str
    on_agenda: str
    still_waits: str
    nothing_waits: str
    no_case: str
    which_case: str
    first_to_last: str
    count_steps: tuple[str, str]
    count_not_loaded: tuple[str, str]

    # A committee
    what_it_is: str
    last_year: str
    everything: str
    as_markdown: str
    as_word: str
    file_name: str
    which_body: str
    no_body: str
    no_meeting_then: str
    verbatim: str
    as_table: str
    contents: str
    more_cases: str


DANISH = BrowseWords(
    lists="Lister",
    bodies="Udvalg",
    items="Punkter",
    count_agendas=("kun som dagsorden", "kun som dagsordener"),
    only_agenda="Kun dagsorden",
    no_municipality="Uden kommune",
    from_to="{first} til {last}",
    on_day="den {day}",
    its_meetings="Møder",
    its_items="Punkter",
    its_page="Overblik: hvad udvalget har besluttet",
    no_items="Ingen punkter passer til det valgte.",
    older_items="Ældre punkter",
    newer_items="Nyere punkter",
    pages_of_items="Flere punkter",
    shown="{first}–{last} af {found}",
    words_in_title="Ord i overskriften",
    words_hint="fx lokalplan",
    municipality="Kommune",
    all_municipalities="Alle kommuner",
    outcome="Udfald",
    all_outcomes="Alle udfald",
    case_number="Sagsnummer, helt eller delvist",
    more_filters="Flere filtre",
    narrowed="Valgt",
    drop="Fjern: {what}",
    drop_all="Fjern alle",
    ask_about="Søg i hele teksten efter “{words}”",
    referring="Punkter, der henviser hertil",
    see_case="Se hele sagen med beslutningerne",
    whole_case="se hele sagen",
    case="Sag",
    course="Sagens gang, trin for trin",
    same_recommendation="Samme indstilling som i trinnet før.",
    step_not_loaded="Trinnet er nævnt i referaterne, men ikke indlæst. Hvad der blev besluttet, kan ikke vises.",
    nothing_decided="Der står ingen beslutning.",
    on_agenda="På dagsordenen. Intet er besluttet endnu.",
    still_waits="Afventer i sagen",
    nothing_waits="De indlæste referater siger ikke, at noget i sagen afventer.",
    no_case="Sagen er ikke indlæst. Den kan være fjernet, eller adressen er skrevet forkert.",
    which_case="Nummeret {number} står på flere sager. Vælg en:",
    first_to_last="Fra {first} til {last}",
    count_steps=("trin", "trin"),
    count_not_loaded=("trin ikke indlæst", "trin ikke indlæst"),
    what_it_is="Hvad udvalget har behandlet og besluttet, sag for sag, i referaternes egne ord.",
    last_year="De seneste 12 måneder",
    everything="Alt indlæst",
    as_markdown="Hent som Markdown",
    as_word="Hent som Word",
    file_name="overblik",
    which_body="Navnet kan betyde flere udvalg. Vælg et:",
    no_body="Udvalget er ikke indlæst. Det kan være fjernet, eller adressen er skrevet forkert.",
    no_meeting_then="Der er ikke indlæst noget møde i udvalget i perioden.",
    verbatim="Det, der har en streg foran eller står i citationstegn, er referaternes egne ord.",
    as_table="Vis tallene som tabel",
    contents="På denne side",
    more_cases="Vis de øvrige {number} sager",
)

ENGLISH = BrowseWords(
    lists="Lists",
    bodies="Committees",
    items="Items",
    count_agendas=("as an agenda only", "as agendas only"),
    only_agenda="Agenda only",
    no_municipality="No municipality",
    from_to="{first} to {last}",
    on_day="on {day}",
    its_meetings="Meetings",
    its_items="Items",
    its_page="Overview: what the committee decided",
    no_items="No items fit what is chosen.",
    older_items="Older items",
    newer_items="Newer items",
    pages_of_items="More items",
    shown="{first}–{last} of {found}",
    words_in_title="Words in the title",
    words_hint="e.g. lokalplan",
    municipality="Municipality",
    all_municipalities="All municipalities",
    outcome="Outcome",
    all_outcomes="All outcomes",
    case_number="Case number, or part of it",
    more_filters="More filters",
    narrowed="Chosen",
    drop="Remove: {what}",
    drop_all="Remove all",
    ask_about="Search the whole text for “{words}”",
    referring="Items that refer to this one",
    see_case="See the whole case with its decisions",
    whole_case="see the whole case",
    case="Case",
    course="The course of the case, step by step",
    same_recommendation="The same recommendation as in the step before.",
    step_not_loaded="The minutes mention this step, but it is not loaded. What was decided cannot be shown.",
    nothing_decided="No decision is recorded.",
    on_agenda="On the agenda. Nothing is decided yet.",
    still_waits="Pending in this case",
    nothing_waits="The loaded minutes do not say that anything in the case is pending.",
    no_case="The case is not loaded. It may have been removed, or the address is misspelt.",
    which_case="The number {number} stands on several cases. Choose one:",
    first_to_last="From {first} to {last}",
    count_steps=("step", "steps"),
    count_not_loaded=("step not loaded", "steps not loaded"),
    what_it_is="What the committee treated and decided, case by case, in the minutes' own words.",
    last_year="The last 12 months",
    everything="All that is loaded",
    as_markdown="Download as Markdown",
    as_word="Download as Word",
    file_name="overview",
    which_body="The name can mean several committees. Choose one:",
    no_body="The committee is not loaded. It may have been removed, or the address is misspelt.",
    no_meeting_then="No meeting of the committee is loaded in the period.",
    verbatim="What has a line before it or stands in quotation marks is the minutes' own words.",
    as_table="Show the numbers as a table",
    contents="On this page",
    more_cases="Show the other {number} cases",
)


def of(language: Language) -> BrowseWords:
    """The words in a language."""
    return ENGLISH if language is Language.ENGLISH else DANISH
