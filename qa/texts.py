"""Every sentence an answer says in the program's own words, in Danish and in English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.model import Attendee, Outcome
from qa.model import Claim, Coverage, Label, Language, Role
from qa.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Texts:
    """The program's own sentences in one language. Braces are filled in by name."""

    nothing_loaded: str
    not_found: str
    no_subject: str
    not_in_selection: str
    body_not_loaded: str
    period_not_loaded: str
    not_said: str
    votes_not_said: str
    attendance_not_said: str
    attendance_of_agenda: str
    nothing_decided: str
    only_discussed: str
    agenda_only: str
    postponed: str
    withdrawn: str
    information_only: str
    closed: str
    awaiting: str
    nearest: str
    coverage: str
    lexical_only: str
    the_case: str
    not_loaded: str
    found: str
    worded: str
    wording_late: str
    wording_refused: str
    wording_broken: str
    wording_unusable: str
    wording_unheld: str
    not_both: str
    came_first: str
    came_together: str
    vote_not_said: str
    not_then: str
    not_there: str
    not_then_there: str
    treated: str
    not_adopted: str
    awaiting_not_adopted: str
    numbers_missing: str
    roll: str
    present: str
    absent: str
    none_absent: str
    not_listed: str
    no_such_outcome: str
    no_closed: str
    of_many: str


DANISH = Texts(
    nothing_loaded="Der er ikke indlæst nogen referater endnu.",
    not_found="Det fremgår ikke af de indlæste referater.",
    no_subject="Spørgsmålet nævner ikke noget emne. Spørg til en sag, et udvalg eller en dag.",
    not_in_selection="Der er ikke indlæst noget om det for det udvalg og den periode, der er afgrænset til.",
    body_not_loaded="Der er ikke indlæst referater fra {bodies}, og de indlæste referater fortæller ikke om det.",
    period_not_loaded="Der er ikke indlæst noget møde {period}, og de indlæste referater fortæller ikke om det.",
    not_said="Emnet er behandlet, men det spurgte fremgår ikke af referatet.",
    votes_not_said="Referatet oplyser ikke, hvordan medlemmerne stemte.",
    attendance_not_said="De indlæste referater oplyser ikke, hvem der var til stede eller fraværende.",
    attendance_of_agenda="Der er kun indlæst en dagsorden til mødet. Den siger ikke, hvem der mødte.",
    nothing_decided="Punktet blev behandlet, men der blev ikke truffet nogen beslutning.",
    only_discussed="Punktet blev drøftet; der blev ikke truffet nogen beslutning.",
    agenda_only="Der er kun indlæst en dagsorden til mødet. Det viste er indstillet, ikke besluttet.",
    postponed="Punktet blev udsat; der er ikke truffet en endelig beslutning.",
    withdrawn="Punktet udgik eller blev taget af dagsordenen.",
    information_only="Punktet var en orientering, som blev taget til efterretning. Det er ikke en godkendelse.",
    closed="Punktet er behandlet for lukkede døre. Kun det offentliggjorte kan vises.",
    awaiting="En del af sagen afventer og er ikke endeligt afgjort.",
    nearest="Nærmeste punkt: {title} ({committee}, {date}, punkt {number}).",
    coverage="Indlæst: {meetings} {meeting_word} fra {committees}, {period}.",
    lexical_only="Der er kun søgt på ord, fordi sprogmodellen ikke er til rådighed.",
    the_case="Sagen",
    not_loaded="ikke indlæst",
    found="Fundet",
    worded="Formuleret af en sprogmodel; citaterne nedenfor er referatets egne ord",
    wording_late="Sprogmodellen nåede ikke at formulere svaret på {seconds} sekunder.",
    wording_refused="Sprogmodellen ville ikke formulere svaret ({status}).",
    wording_broken="Sprogmodellen, der skulle formulere svaret, kan ikke nås eller brød af.",
    wording_unusable="Sprogmodellens svar kunne ikke læses og er udeladt.",
    wording_unheld="Sprogmodellen gav ingen formulering, som referatet bærer.",
    not_both="“{matter}” fremgår ikke af de indlæste referater; kun resten vises.",
    came_first="Først: {first}. Derefter: {then}.",
    came_together="De blev behandlet samme dag, den {date}.",
    vote_not_said="Referatet oplyser ikke, hvordan {name} stemte.",
    not_then="Der er ikke fundet noget om det {period}.",
    not_there="Der er ikke fundet noget om det fra {bodies}.",
    not_then_there="Der er ikke fundet noget om det fra {bodies} {period}.",
    treated="Det blev behandlet af {committee} den {date} (punkt {number}: {title}).",
    not_adopted="Det er ikke vedtaget her: punktets udfald er “{outcome}”.",
    awaiting_not_adopted="Det, der spørges til, er ikke endeligt vedtaget: det afventer.",
    numbers_missing="Der er ikke indlæst noget punkt {numbers} der.",
    roll="Fra mødets deltagerliste",
    present="Til stede",
    absent="Fraværende",
    none_absent="Listen nævner ingen som fraværende.",
    not_listed="{name} står ikke på mødets deltagerliste.",
    no_such_outcome="Ingen af de indlæste punkter, der spørges til, har udfaldet “{outcome}”.",
    no_closed="Ingen af de indlæste punkter, der spørges til, er lukkede.",
    of_many="De første {shown} af {count} er vist.",
)

ENGLISH = Texts(
    nothing_loaded="No minutes have been loaded yet.",
    not_found="The loaded minutes do not say.",
    no_subject="The question names no subject. Ask about a matter, a committee or a day.",
    not_in_selection="Nothing about it is loaded for the committee and the period asked for.",
    body_not_loaded="No minutes of {bodies} are loaded, and the loaded minutes do not report it.",
    period_not_loaded="No meeting {period} is loaded, and the loaded minutes do not report it.",
    not_said="The subject was treated, but the minutes do not say what is asked.",
    votes_not_said="The minutes do not say how the members voted.",
    attendance_not_said="The loaded minutes do not say who was present or absent.",
    attendance_of_agenda="Only the agenda of the meeting is loaded. It does not say who came.",
    nothing_decided="The item was treated, but nothing was decided.",
    only_discussed="The item was discussed; nothing was decided.",
    agenda_only="Only the agenda of the meeting is loaded. What is shown is proposed, not decided.",
    postponed="The item was postponed; there is no final decision.",
    withdrawn="The item was withdrawn or taken off the agenda.",
    information_only="The item was for information and was taken note of. That is not an approval.",
    closed="The item was treated behind closed doors. Only what was published can be shown.",
    awaiting="Part of the matter is awaiting something and is not finally settled.",
    nearest="Nearest item: {title} ({committee}, {date}, item {number}).",
    coverage="Loaded: {meetings} {meeting_word} of {committees}, {period}.",
    lexical_only="Only words were searched for, since the language model is not available.",
    the_case="The case",
    not_loaded="not loaded",
    found="Found",
    worded="Worded by a language model; the quotes below are the minutes' own words",
    wording_late="The language model did not word the answer within {seconds} seconds.",
    wording_refused="The language model refused to word the answer ({status}).",
    wording_broken="The language model that was to word the answer cannot be reached or broke off.",
    wording_unusable="What the language model replied could not be read and is left out.",
    wording_unheld="The language model gave no wording that the minutes bear out.",
    not_both="The loaded minutes say nothing of “{matter}”; only the rest is shown.",
    came_first="First: {first}. Then: {then}.",
    came_together="They were treated on the same day, {date}.",
    vote_not_said="The minutes do not say how {name} voted.",
    not_then="Nothing about it was found {period}.",
    not_there="Nothing about it was found from {bodies}.",
    not_then_there="Nothing about it was found from {bodies} {period}.",
    treated="It was treated by {committee} on {date} (item {number}: {title}).",
    not_adopted="It was not adopted here: the item's outcome is “{outcome}”.",
    awaiting_not_adopted="What is asked about is not finally adopted: it is awaiting something.",
    numbers_missing="No item {numbers} is loaded there.",
    roll="From the meeting's list of members",
    present="Present",
    absent="Absent",
    none_absent="The list names nobody as absent.",
    not_listed="{name} is not on the meeting's list of members.",
    no_such_outcome="None of the loaded items asked about has the outcome “{outcome}”.",
    no_closed="None of the loaded items asked about is closed.",
    of_many="The first {shown} of {count} are shown.",
)


@dataclass(frozen=True, slots=True)
class Headings:
    """The program's own words in a digest and in the list of what waits. Braces are filled in by name."""

    digest: str
    every_line: str
    no_meetings: str
    unknown_committee: str
    nothing_pending: str
    meetings: str
    decided: str
    no_decisions: str
    pending: str
    amounts: str
    amounts_note: str
    abbreviations: str
    recurring: str
    case: str
    agenda: str
    closed: str
    elsewhere: str
    since: str
    before: str
    whole: str
    part: str
    waits_for: str
    by: str
    until: str
    concerns: str
    next_item: str
    pending_note: str
    leans_on: str
    outcomes: str
    outcomes_note: str
    period: str
    in_all: str


DANISH_HEADINGS = Headings(
    digest="Overblik: {body}",
    every_line="Alt i citationstegn står ordret i referaterne.",
    no_meetings="Der er ikke indlæst noget møde i {body} i perioden. Indlæst: {loaded}.",
    unknown_committee="Der er ikke indlæst noget udvalg, som “{name}” kan betyde. Indlæst: {loaded}.",
    nothing_pending="De indlæste referater siger ikke om noget, at det afventer.",
    meetings="Møder",
    decided="Behandlet, sag for sag",
    no_decisions="Ingen sager i perioden.",
    pending="Afventer",
    amounts="Beløb",
    amounts_note="Besluttede eller tiltrådte sætninger med beløb.",
    abbreviations="Forkortelser",
    recurring="Faste punkter",
    case="sag {number}",
    agenda="på dagsordenen, ikke besluttet",
    closed="lukket punkt; kun det offentliggjorte vises",
    elsewhere="Andre udvalg",
    since="siden {day}",
    before="i {body}",
    whole="hele punktet",
    part="en del af punktet",
    waits_for="afventer: “{words}”",
    by="hos: “{words}”",
    until="hvornår: “{words}”",
    concerns="gælder: “{words}”",
    next_item="på dagsordenen: {place}",
    pending_note="Efter alt, hvad der er indlæst; en senere behandling, som ikke er indlæst, kan have afgjort det.",
    leans_on="under: “{words}”",
    outcomes="Udfald over tid",
    outcomes_note="Punkter i referaterne efter udfald. Faste punkter og dagsordener tælles ikke med.",
    period="Periode",
    in_all="I alt",
)

ENGLISH_HEADINGS = Headings(
    digest="Digest: {body}",
    every_line="Everything in quotation marks stands letter for letter in the minutes.",
    no_meetings="No meeting of {body} is loaded in the period. Loaded: {loaded}.",
    unknown_committee="No committee is loaded that “{name}” can mean. Loaded: {loaded}.",
    nothing_pending="The loaded minutes say of nothing that it waits.",
    meetings="Meetings",
    decided="Treated, case by case",
    no_decisions="No cases in the period.",
    pending="Pending",
    amounts="Amounts",
    amounts_note="Decided or adopted sentences with a sum of money.",
    abbreviations="Abbreviations",
    recurring="Routine items",
    case="case {number}",
    agenda="on the agenda, not decided",
    closed="closed item; only what was published is shown",
    elsewhere="Other bodies",
    since="since {day}",
    before="before {body}",
    whole="the whole item",
    part="part of the item",
    waits_for="waits for: “{words}”",
    by="with: “{words}”",
    until="when: “{words}”",
    concerns="concerns: “{words}”",
    next_item="on the agenda: {place}",
    pending_note="By all that is loaded; a later treatment that is not loaded may have settled it.",
    leans_on="under: “{words}”",
    outcomes="Outcomes over time",
    outcomes_note="Items in the minutes by outcome. Routine items and agendas are not counted.",
    period="Period",
    in_all="In all",
)

_DANISH_MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
_ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


# What a claim's label and an outcome are called: (Danish, English).
_LABELS: dict[Label | Role, tuple[str, str]] = {
    Label.DECIDED: ("Besluttet", "Decided"),
    Label.RECOMMENDED: ("Indstillet, ikke besluttet", "Recommended, not decided"),
    Label.ASSESSED: ("Forvaltningens fremstilling", "The administration's account"),
    Label.REPORTED: ("Tidligere beslutning, refereret", "Earlier decision, reported"),
    Role.ADOPTED: (
        "Besluttet: indstillingens linjer, som beslutningen tiltræder",
        "Decided: the recommendation lines it adopts",
    ),
    Role.ADDITION: ("Tilføjet i beslutningen", "Added in the decision"),
    Role.VOTE: ("Stemmer og forbehold", "Votes and reservations"),
    Role.TITLE: ("Punktets overskrift", "The item's heading"),
}
_OUTCOMES: dict[Outcome, tuple[str, str]] = {
    Outcome.ADOPTED: ("tiltrådt", "adopted"),
    Outcome.ADOPTED_WITH_ADDITION: ("tiltrådt med tilføjelse", "adopted with an addition"),
    Outcome.DECIDED_OTHERWISE: ("besluttet", "decided"),
    Outcome.NOTED: ("taget til efterretning", "noted"),
    Outcome.DISCUSSED: ("drøftet", "discussed"),
    Outcome.POSTPONED: ("udsat", "postponed"),
    Outcome.WITHDRAWN: ("udgået", "withdrawn"),
    Outcome.SENT_ON: ("sendt videre", "sent on"),
    Outcome.REJECTED: ("forkastet", "rejected"),
    Outcome.NONE: ("ingen beslutning", "no decision"),
    Outcome.SIGNED: ("underskrevet", "signed"),
    Outcome.UNKNOWN: ("uklart udfald", "outcome unclear"),
}
_WAITING: dict[Waiting, tuple[str, str]] = {
    Waiting.POSTPONED: ("udsat", "postponed"),
    Waiting.AWAITING: ("afventer", "awaiting"),
    Waiting.RETURNING: ("kommer igen", "to come back"),
    Waiting.DEADLINE: ("opgave til forvaltningen", "for the administration to do"),
    Waiting.SENT_ON: ("sendt videre", "sent on"),
}


def headings(language: Language) -> Headings:
    """The words of digests in a language."""
    return DANISH_HEADINGS if language is Language.DANISH else ENGLISH_HEADINGS


def waiting(kind: Waiting, language: Language) -> str:
    """A way of waiting in words."""
    return _WAITING[kind][language is Language.ENGLISH]


def label_name(label: Label, language: Language) -> str:
    """Whose word something is, in words."""
    return _LABELS[label][language is Language.ENGLISH]


def label(claim: Claim, language: Language) -> str:
    """What a claim is: by its part in the answer where that says more than whose word it is."""
    names = _LABELS.get(claim.role) or _LABELS[claim.label]
    return names[language is Language.ENGLISH]


def whose(label: Label, language: Language) -> str:
    """Whose word it is."""
    return _LABELS[label][language is Language.ENGLISH]


def outcome(result: Outcome, language: Language) -> str:
    """An outcome in words."""
    return _OUTCOMES[result][language is Language.ENGLISH]


def names(members: Sequence[Attendee]) -> str:
    """Members with what stands beside their names: "Anna Bro (formand), Bo Lind"."""
    return ", ".join(f"{each.name} ({each.note})" if each.note else each.name for each in members)


def item_word(language: Language) -> str:
    """ "punkt" or "item"."""
    return "punkt" if language is Language.DANISH else "item"


def of(language: Language) -> Texts:
    """The sentences in a language."""
    return DANISH if language is Language.DANISH else ENGLISH


def day(when: date, language: Language) -> str:
    """ "28. april 2026" or "28 April 2026"."""
    if language is Language.DANISH:
        return f"{when.day}. {_DANISH_MONTHS[when.month - 1]} {when.year}"
    return f"{when.day} {_ENGLISH_MONTHS[when.month - 1]} {when.year}"


def months(first: date, last: date, language: Language) -> str:
    """A time of whole months within one year, in words: "april 2026", "april–juni 2026", a whole year "2026"."""
    names = _DANISH_MONTHS if language is Language.DANISH else _ENGLISH_MONTHS
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    begin, end = names[first.month - 1], names[last.month - 1]
    return f"{begin} {first.year}" if begin == end else f"{begin}–{end} {first.year}"


def period(first: date, last: date, language: Language) -> str:
    """One day or the span of days between two, in words; `date.min` and `date.max` are open ends."""
    if first == date.min:
        return ("til og med den " if language is Language.DANISH else "until ") + day(last, language)
    if last == date.max:
        return ("siden den " if language is Language.DANISH else "since ") + day(first, language)
    if first == last:
        return ("den " if language is Language.DANISH else "on ") + day(first, language)
    between = "fra {} til {}" if language is Language.DANISH else "from {} to {}"
    return between.format(day(first, language), day(last, language))


def loaded(coverage: Coverage, language: Language) -> str:
    """What the archive holds, in one sentence."""
    texts = of(language)
    if coverage.first is None or coverage.last is None:
        return texts.nothing_loaded
    words = ("møde", "møder") if language is Language.DANISH else ("meeting", "meetings")
    return texts.coverage.format(
        meetings=coverage.meetings,
        meeting_word=words[coverage.meetings != 1],
        committees=", ".join(coverage.committees),
        period=period(coverage.first, coverage.last, language),
    )
