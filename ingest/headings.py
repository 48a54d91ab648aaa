"""The headings of minutes as ordered tables: what opens an item, and what each section heading means.

Extend the tables, not the code. The forms were collected from the published minutes of Danish municipalities; a clerk
can add a line for one that is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest import privacy
from ingest.model import SectionKind

# Whole-line headings by what they mean, written without case and closing colon.
_HEADINGS: dict[SectionKind, str] = {
    SectionKind.SUMMARY: """
        resume; resumé; sagsresume; sagsresumé; sammendrag; sagens kerne; beslutningstema; sagstema;
        præsentation; anledning; sagens formål; indledning; problemstilling""",
    SectionKind.BODY: """
        sagsfremstilling; supplerende sagsfremstilling; sagsbeskrivelse; beskrivelse af sagen; redegørelse;
        sagens indhold; baggrund; løsning; beskrivelse; oplæg""",
    SectionKind.RECOMMENDATION: """
        indstilling; indstillinger; administrativ indstilling; administrationens indstilling; forvaltningens
        indstilling; forvaltningen foreslår; forvaltningen indstiller; hovedindstilling; alternativ indstilling;
        beslutningspunkter; forvaltningens bemærkninger; direktionens indstilling; indstillingspunkter""",
    SectionKind.DECISION: "beslutning; beslutninger; indstilling og beslutning",
    SectionKind.EARLIER_DECISION: "oversigt over politisk behandling; tidligere beslutninger; tidligere beslutning",
    SectionKind.HISTORY: """
        sagsforløb; tidligere behandling; punktet behandlet tidligere; historik; politiske beslutninger og
        aftaler; sagens tidligere behandling""",
    SectionKind.ECONOMY: """
        økonomi; økonomiske konsekvenser; økonomiske konsekvenser og finansiering; økonomi og organisatoriske
        konsekvenser; økonomiske forhold og konsekvenser; økonomiske og personalemæssige konsekvenser""",
    SectionKind.LAW: """
        lovgrundlag; retsgrundlag; retligt grundlag; retsregler og andre forskrifter; juridiske og planmæssige
        forhold""",
    SectionKind.HEARING: "høring; høring og sagsgang; inddragelse og høring",
    SectionKind.COMPETENCE: """
        beslutningskompetence; beslutningen træffes af; sagen afgøres i; sagen afgøres af; sagen behandles i; hvem
        beslutter; kompetence; sagsgang; forventet sagsgang; sagsprocedure""",
    SectionKind.ATTACHMENTS: "bilag; vedhæftede filer; bilagsoversigt",
    SectionKind.ATTENDANCE: """
        tilstede; til stede; afbud/fraværende; følgende deltog ikke i behandlingen af punktet; medlemmer;
        fraværende; ej til stede; ikke til stede; afbud; fraværende med afbud""",
    SectionKind.OTHER: """
        kommunikation; effekt; sundhedsmæssige konsekvenser; personalemæssige konsekvenser; videre proces;
        politisk handlerum; klima-, miljø- og bæredygtighedsmæssige konsekvenser; konsekvenser for andre udvalg;
        tidsperspektiv; borgmesterens afdelings påtegning; underskriftsside; bemærkninger; forvaltningens vurdering;
        administrationens vurdering""",
}
_KIND_OF: dict[str, SectionKind] = {
    " ".join(heading.split()): kind for kind, headings in _HEADINGS.items() for heading in headings.split(";")
}

_DAY = r"(?P<date>\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{1,2}\.\s*[a-zæøå]+\s+\d{4})"
_NUMBER = r"(?:,?\s*(?:pkt\.?|punkt)\s*(?P<number>\d+))?"
# Headings that name the body and the day, of this meeting's decision or of an earlier one. First match wins.
_DECISIONS = tuple(
    re.compile(pattern + r"\s*:?$", re.IGNORECASE)
    for pattern in (
        rf"beslutning(?:er)? (?:i|fra|for) (?P<body>.+?)(?: den| d\.|,)? {_DAY}{_NUMBER}",
        rf"beslutning(?:er)?,? (?P<body>\D+?)(?: den| d\.|,)? {_DAY}{_NUMBER}",
        rf"(?P<body>.+?)s beslutning (?:i mødet )?(?:den|d\.) {_DAY}{_NUMBER}",
        rf"(?P<body>\w[^\d,]+), {_DAY}, pkt\.? (?P<number>\d+)",
        r"(?P<body>\w+?)s beslutning",
    )
)
# The same, with the decision on the same line: "Teknisk Udvalg den 3. marts 2026: Afvist."
_DECIDED_ON_LINE = re.compile(
    r"(?P<body>\w[^\d,:.]{2,60}(?:udvalg(?:et)?|byråd(?:et)?|bestyrelsen?|rådet|magistraten)),?(?: den| d\.)? "
    rf"{_DAY}{_NUMBER}\s*:",
    re.IGNORECASE,
)
_OPENS_BODY = re.compile(r"(beslutningsforslag fra|indstilling fra) .+$", re.IGNORECASE)
# Headings some clerks let the text follow on the same line: "Bilag: 3", "Sagen afgøres i: Byrådet".
_RUN_IN = re.compile(
    r"(?P<heading>sagen afgøres i|sagen behandles i|beslutningen træffes af|fraværende|afbud|ej til stede"
    r"|ikke til stede|følgende deltog ikke i behandlingen af punktet)\s*:\s*\S",
    re.IGNORECASE,
)


# Sections that only say which offices get a copy (Herning: a matrix of initials whose columns are lost in text).
_ROUTING = frozenset({"kommunikation"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading understood. `body`, `date` (as written) and `number` are given where a decision's heading
    names them; `length` is how many characters of the line are the heading."""

    kind: SectionKind
    text: str
    length: int
    body: str | None = None
    date: str | None = None
    number: str | None = None

    @property
    def names_a_body(self) -> bool:
        """True for the heading of a decision that says whose it is, or of which day."""
        return self.kind is SectionKind.DECISION and (self.body is not None or self.date is not None)


@lru_cache(maxsize=10_000)  # every reader of a line asks anew
def section(line: str) -> Heading | None:
    """The section heading that `line` is, or begins with; None when it is none."""
    stripped = line.strip()
    if not stripped or len(stripped) > 160:
        return None
    length = len(line.rstrip())
    kind = _KIND_OF.get(stripped.rstrip(" :").casefold())
    if kind is not None and not stripped[0].islower():
        return Heading(kind, stripped.rstrip(" :"), length)
    if _OPENS_BODY.match(stripped) and stripped.isupper():
        return Heading(SectionKind.BODY, stripped, length)
    for pattern in _DECISIONS:
        if (match := pattern.match(stripped)) and not stripped.endswith("."):
            named = match.groupdict()
            return Heading(
                SectionKind.DECISION, stripped, length, named.get("body"), named.get("date"), named.get("number")
            )
    if match := _DECIDED_ON_LINE.match(stripped):
        length = len(line) - len(line.lstrip()) + match.end()
        return Heading(
            SectionKind.DECISION, match[0].rstrip(" :"), length, match["body"], match["date"], match["number"]
        )
    if match := _RUN_IN.match(stripped):
        heading = match["heading"]
        return Heading(_KIND_OF[heading.casefold()], heading, line.index(":") + 1)
    return None


def is_routing(heading: str) -> bool:
    """True for the heading of a section that says nothing about the case, only who gets a copy."""
    return heading.casefold() in _ROUTING


@dataclass(frozen=True, slots=True)
class ItemForm:
    """One way municipalities head an item. `needs_case` forms are only believed when a case number line follows."""

    pattern: re.Pattern[str]
    needs_case: bool


_MARK, _PUNKT, _NO = r"(?:• *)?", r"(?:(?:Lukket|LUKKET) [Pp]|P)unkt", r"(?P<number>\d{1,4}[a-zA-Z]?)"
# The form that a document uses is the first one that fits any of its lines; the others are then ordinary text.
ITEM_FORMS = (
    ItemForm(re.compile(rf"^{_MARK}{_PUNKT} {_NO} ?(?::|\.(?! *$)) *(?P<title>.*)$"), needs_case=False),
    ItemForm(re.compile(rf"^{_MARK}Pkt\. ?{_NO} ?[:.]? +(?P<title>\S.*)$"), needs_case=False),
    ItemForm(re.compile(rf"^{_MARK}Punkt {_NO} +(?P<title>\S.*)$"), needs_case=True),
    ItemForm(re.compile(rf"^{_MARK}(?P<number>\d{{1,4}}) ?[.:] *(?P<title>[^\W\d].*)$"), needs_case=True),
)


def is_closed_item(line: str) -> bool:
    """True for the heading of an item that was treated behind closed doors."""
    found = (match for form in ITEM_FORMS if (match := form.pattern.match(line)))
    return any(privacy.is_closed(match["title"]) or privacy.is_closed(line) for match in found)


# Case numbers: those that cannot be taken for anything else, and those that a line of their own or a label makes sure.
_CASE_CERTAIN = (
    r"\d{2}\.\d{2}\.\d{2}\s?-?\s?[A-ZÆØÅ]\d{2}\s?-\s?[\d/-]*\d"
    r"|\d{2}\.\d{2}\.?[A-ZÆØÅ]\d{2}\s?-\s?[\d/-]*\d|EMN-\d{2,4}[-/]\d+"
)
_CASE_VALUE = rf"{_CASE_CERTAIN}|S?\d{{4}}-\d{{3,7}}|\d{{2}}-\d{{5,6}}|\d{{2}}/\d{{1,6}}|\d{{3}}-\d{{4}}-\d+"
_CASE_LINE = re.compile(
    rf"^(?:(?:sags?\s?nr|sagsnummer|j\.?\s?nr|sagsid|journalnr|sag)\s*\.?\s*:?\s*(?P<labelled>{_CASE_VALUE}|\d{{5,7}}[A-Z]?)"
    rf"|(?P<bare>{_CASE_VALUE}))\s*$",
    re.IGNORECASE,
)
_CASE = re.compile(rf"(?<![\w.-])(?:{_CASE_CERTAIN})(?![\w-])")


def case_line(line: str) -> str | None:
    """The case number on a line of its own, with or without a label; None when the line is none."""
    match = _CASE_LINE.match(line.strip())
    return (match["labelled"] or match["bare"]) if match else None


def case_numbers(text: str) -> tuple[str, ...]:
    """The case numbers mentioned in running text: only forms that years, amounts and fractions never take."""
    return tuple(match[0] for match in _CASE.finditer(text))
