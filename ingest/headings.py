"""The headings of minutes as ordered tables: what opens an item, and what each section heading means.

Extend the tables, not the code. The forms were collected from the published minutes of Danish municipalities; a clerk
can add a line for one that is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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
        beslutningskompetence; beslutningen træffes af; sagen afgøres i; sagen behandles i; hvem beslutter;
        kompetence; sagsgang; forventet sagsgang; sagsprocedure""",
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


# Case numbers: forms that cannot be taken for anything else, and forms that a line of their own or a label makes sure.
_CASE_CERTAIN = (
    r"\d{2}\.\d{2}\.\d{2}\s?-?\s?[A-ZÆØÅ]\d{2}\s?-\s?[\d/-]*\d"
    r"|\d{2}\.\d{2}\.?(?:\d{2})?[A-ZÆØÅ]\d{2}\s?-\s?[\d/-]*\d|EMN-\d{2,4}[-/]\d+"
)
_CASE_VALUE = (
    rf"{_CASE_CERTAIN}|S?(?:19|20)\d{{2}}-(?!(?:19|20)\d\d\b)\d{{3,7}}[A-Z]?|\d{{2}}-\d{{5,6}}[A-Z]?|\d{{2}}/\d{{1,6}}"
    r"|\d{3}-\d{4}-\d+|BR \d{1,4}/\d{2,4}"
)
# The labels of a case number in the order they are believed; the numbers of documents, files and people are none.
_LABELS = (
    r"(?:acadre |edoc |journal)?(?:sags?[ -]?(?:nr|nummer|id)|emnenr|emnenummer)|sag",
    r"j\.?[ -]?(?:nr|nummer)|journal[ -]?(?:nr|nummer)|kle[ -]?(?:nr|nummer)?|(?<=/)",
)
_OTHER_LABELS = r"dok(?:ument)?\.?[ -]?(?:nr|nummer|id)|(?:sags)?initialer|sagsbehandler|brevid|(?:sags)?ansvarlig"
_PAIR = re.compile(
    rf"(?:(?P<label>{'|'.join(_LABELS)}|{_OTHER_LABELS})\b\s*\.?\s*:?\s*)?"
    rf"(?:(?P<value>{_CASE_VALUE}|\d{{5,8}}[A-Z]?)(?![\w/-])|(?P<word>[\w.@-]{{1,30}}))\s*[,;/|·]?\s*",
    re.IGNORECASE,
)
_CASE_BARE = re.compile(rf"(?:{_CASE_VALUE})$")
_CASE = re.compile(rf"(?<![\w.-])(?:{_CASE_CERTAIN})(?![\w-])")
_LONGEST_CASE_LINE = 120


def case_line(line: str) -> str | None:
    """The case number on a line that holds nothing but numbers of the case, with labels or without ("Sagsid. 20/4282
    Sagsinitialer: ab"); None when the line is none. Of two the one labelled as the case's own counts."""
    stripped = line.strip()
    if not stripped or len(stripped) > _LONGEST_CASE_LINE or not any(map(str.isdigit, stripped)):
        return None
    if _CASE_BARE.match(stripped):
        return stripped
    pairs = _pairs(stripped)
    for label in _LABELS:
        for name, value in pairs:
            if value and name and re.fullmatch(label, name, re.IGNORECASE):
                return value
    return next((value for name, value in pairs if value and not name and _CASE_BARE.match(value)), None)


def _pairs(line: str) -> list[tuple[str, str | None]]:
    """The labels of a line with their values; empty unless the whole line is made of them."""
    pairs: list[tuple[str, str | None]] = []
    position = 0
    while position < len(line):
        match = _PAIR.match(line, position)
        if match is None or match.end() == position or (match["label"] is None and match["value"] is None):
            return []
        is_bare = match["label"] is None and _CASE_BARE.match(match["value"] or "") is None
        if is_bare or (match["word"] and not re.fullmatch(_OTHER_LABELS, match["label"] or "", re.IGNORECASE)):
            return []
        pairs.append((match["label"] or "", match["value"]))
        position = match.end()
    return pairs


def case_numbers(text: str) -> tuple[str, ...]:
    """The case numbers mentioned in running text: only forms that years, amounts and fractions never take."""
    return tuple(match[0] for match in _CASE.finditer(text))
