"""The section headings of minutes as ordered tables, and what each means; `item_forms` has what opens an item.

Extend the tables, not the code. The forms were collected from the published minutes of Danish municipalities; a clerk
can add a line for one that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from ingest.model import SectionKind

# Whole-line headings by what they mean, written without case and closing colon.
_HEADINGS: dict[SectionKind, str] = {
    SectionKind.SUMMARY: """
        resume; resumé; sagsresume; sagsresumé; sammendrag; sagens kerne; beslutningstema; sagstema;
        præsentation; anledning; sagens formål; formål; indledning; problemstilling""",
    SectionKind.BODY: """
        sagsfremstilling; supplerende sagsfremstilling; sagsbeskrivelse; beskrivelse af sagen; redegørelse;
        sagens indhold; baggrund; løsning; beskrivelse; oplæg""",
    SectionKind.RECOMMENDATION: """
        indstilling; indstillinger; administrativ indstilling; administrationens indstilling; forvaltningens
        indstilling; forvaltningen foreslår; forvaltningen indstiller; hovedindstilling; alternativ indstilling;
        beslutningspunkter; forvaltningens bemærkninger; direktionens indstilling; indstillingspunkter; forslag;
        administrationen indstiller; administrationen foreslår; kommunaldirektøren indstiller; kommunaldirektøren
        foreslår; direktøren indstiller; direktionen indstiller; borgmesteren indstiller""",
    SectionKind.DECISION: "beslutning; beslutninger; indstilling og beslutning; protokol; protokollat",
    SectionKind.EARLIER_DECISION: "oversigt over politisk behandling; tidligere beslutninger; tidligere beslutning",
    SectionKind.HISTORY: """
        sagsforløb; tidligere behandling; punktet behandlet tidligere; historik; politiske beslutninger og
        aftaler; sagens tidligere behandling; tidligere politisk behandling; sagens forløb""",
    SectionKind.ECONOMY: """
        økonomi; økonomi og finansiering; økonomiske konsekvenser;
        økonomiske konsekvenser og finansiering; økonomi og organisatoriske
        konsekvenser; økonomiske forhold og konsekvenser; økonomiske og personalemæssige konsekvenser""",
    SectionKind.LAW: """
        lovgrundlag; lovgrundlag mv.; lovgrundlag m.v.; lovhjemmel; lovgivning;
        retsgrundlag; retligt grundlag; retsregler og andre forskrifter; juridiske og planmæssige
        forhold""",
    SectionKind.HEARING: """
        høring; høring og sagsgang; inddragelse og høring; høring og inddragelse; inddragelse; borgerinddragelse""",
    SectionKind.COMPETENCE: """
        beslutningskompetence; beslutningen træffes af; sagen afgøres i; sagen afgøres af; sagen behandles i; hvem
        beslutter; kompetence; sagsgang; forventet sagsgang; sagsprocedure""",
    SectionKind.ATTACHMENTS: "bilag; vedhæftede filer; bilagsoversigt",
    SectionKind.ATTENDANCE: """
        tilstede; til stede; deltagere; mødedeltagere; afbud/fraværende; følgende deltog ikke i behandlingen af
        punktet; medlemmer;
        fraværende; ej til stede; ej tilstede; ikke til stede; ikke tilstede; afbud; fraværende med afbud;
        fraværende/afbud; fraværende uden afbud""",
    SectionKind.OTHER: """
        kommunikation; effekt; sundhedsmæssige konsekvenser; personalemæssige konsekvenser; videre proces;
        politisk handlerum; klima-, miljø- og bæredygtighedsmæssige konsekvenser; konsekvenser for andre udvalg;
        tidsperspektiv; borgmesterens afdelings påtegning; underskriftsside; underskrifter; bemærkninger; forvaltningens
        vurdering; administrationens vurdering; vurdering; handlemuligheder; sekretær""",
}
_KIND_OF: dict[str, SectionKind] = {
    " ".join(heading.split()): kind for kind, headings in _HEADINGS.items() for heading in headings.split(";")
}

_DAY = (
    r"(?P<date>\d{1,2}[-./]\d{1,2}[-./ ] ?\d{4}|\d{1,2}\.\d{1,2}\.\d{2}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}\.? ?[a-zæøå]{3,9} \d{4})"
)
_NUMBER = r"(?:[,;]? *\(?(?:pkt\.?|punkt|sag)(?: nr\.?)? *(?P<number>\d+)\)?)?"
_CLOCK = r"(?:,? kl\.? ?\d{1,2}(?:[.:]\d{2})?)?"
_WHEN = rf"(?:,? (?:den|d\.)|,| [-–(]|:)? ?{_DAY}{_CLOCK}\)?{_NUMBER}"
_COLLEGE = r"(?:udvalg(?:et)?|byråd(?:et)?|bestyrelsen?|råd(?:et)?|magistrat(?:en)?|repræsentation(?:en)?|nævn(?:et)?)"
# Headings that name the body and the day, of this meeting's decision or of an earlier one. First match wins.
_DECISIONS = tuple(
    re.compile(pattern + r"\s*:?$", re.IGNORECASE)
    for pattern in (
        rf"(?:tidligere )?beslutning(?:er)?(?: (?:i|på|fra) mødet?| fra)?{_WHEN}",
        rf"(?:tidligere )?(?:beslutning(?:er)?|behandling|behandlet) (?:i|fra|for|af|på) (?P<body>.+?){_WHEN}",
        rf"beslutning(?:er)?[:,]? (?P<body>\D+?){_WHEN}",
        rf"(?P<body>.+?)s beslutning(?:er)?(?: (?:i|på|fra)(?: sit)? mødet?| fra)?{_WHEN}",
        rf"(?P<body>\w\D+?), {_DAY}, (?:pkt\.?|punkt) (?P<number>\d+)",
        rf"(?P<body>(?-i:[A-ZÆØÅ])(?:[\w-]+,? ){{0,8}}?[\w-]*{_COLLEGE})s beslutning",
        r"(?P<body>\w+?)s beslutning",
    )
)
# The same, with the decision on the same line: "Teknisk Udvalg den 3. marts 2026: Afvist."
_DECIDED_ON_LINE = re.compile(
    rf"(?P<body>\w[^\d,:.]{{2,60}}{_COLLEGE}|udvalget for [^\d:.]{{3,60}}?){_WHEN}\s*:", re.IGNORECASE
)
_MENTION = re.compile(
    rf"(?P<body>(?-i:[A-ZÆØÅ§])[^:.;]{{0,80}}?{_COLLEGE}(?: for [^\d:.;]{{3,60}}?)?){_WHEN}\s*:?$", re.IGNORECASE
)
_OFFICE = r"(?:administrationen|forvaltningen|direktionen|direktøren|borgmesteren|cent(?:e)?ret|sekretariatet)"
# Headings that come in too many words to list them.
_FAMILIES = (
    (
        SectionKind.ECONOMY,
        r"(?:økonomi(?:ske)?|bevillingsmæssige|budgetmæssige)\b[\w ,/-]{0,60}\b(?:konsekvenser|finansiering|forhold)",
    ),
    (SectionKind.LAW, r"(?:lovgrundlag|retsgrundlag|lovgivning)(?:,| og|/)[\w ,./-]{2,50}"),
    (
        SectionKind.RECOMMENDATION,
        rf"{_OFFICE}s (?:indstilling|anbefaling|forslag)(?: til [\w -]{{3,50}})?|indstilling fra {_OFFICE}",
    ),
    (SectionKind.ATTACHMENTS, r"bilag til (?:sag|punkt|pkt\.?)(?: nr\.?)? ?\d+"),
)
_FAMILY = tuple((kind, re.compile(rf"(?:{pattern})\s*:?$", re.IGNORECASE)) for kind, pattern in _FAMILIES)
_OPENS_BODY = re.compile(r"(beslutningsforslag fra|indstilling fra) .+$", re.IGNORECASE)
# Headings some clerks let the text follow on the same line: "Sagen afgøres i: Byrådet", "Beslutning: Godkendt."
_RUN_IN = re.compile(
    r"(?P<heading>sagen afgøres (?:i|af)|sagen behandles i|beslutningen træffes af|fraværende med afbud|fraværende"
    r"|afbud/fraværende|afbud|(?:ej|ikke) til ?stede|følgende deltog ikke i behandlingen af punktet|sagsforløb"
    r"|resum[eé]|sagsresum[eé]|indstilling|beslutning|lovgrundlag(?: m\.?v\.)?|retsgrundlag"
    r"|(?:beslutningskompetence|kompetence|sagsgang|hvem beslutter)"
    rf"(?=\s*:(?:[^\n]*{_COLLEGE}\b|(?: ?,? ?(?-i:[A-ZÆØÅ]{{2,5}})\b)+\s*$)))\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_NAMES = frozenset({"protokol", "protokollat"})
_OPENERS, _PROPOSALS = frozenset({"formål", "indledning"}), frozenset({"forslag"})
_SAYS_WHO = re.compile(
    r"\b\w*(direktør|forvaltning|administration|borgmester|direktion|afdeling|chef|center|stab)\w*\b"
    r".* (foreslår|indstiller)\b",
    re.IGNORECASE,
)  # a motion's "Forslag" (Aarhus) is that of a party, and part of its text
_OFFICE_RECOMMENDS = re.compile(
    r"(?:[\wÆØÅæøå&,-]+ ){0,8}?\w*(?:direktøren|forvaltningen|administrationen|borgmesteren|direktionen|chefen|centret)"
    r"(?: (?:for|i) [\w &,-]{2,60}?)? indstiller"
    r"(?= ?[,:]? ?$|(?: (?:til|over for) [^.\n]{3,120}?)?[,:]? at\b| (?:til|over for) [^.\n]{3,120}[,:]$)",
    re.IGNORECASE,
)
_PROPOSES = re.compile(
    r"\b(indstil\w+|foreslå\w*|anbefal\w+)\b|^\W*at\b|^(?:[a-z]|\d{1,2})[.)] |^[-–•*] ?", re.IGNORECASE
)
_MAY_DECIDE = re.compile(r"beslutning|behandl|\d\W*$", re.IGNORECASE)  # the tables below cost more than this
_LONGEST = 160  # characters of a line that is a heading


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


@lru_cache(maxsize=20_000)  # a line is looked at on the way from page to item, and again in it
def section(line: str) -> Heading | None:
    """The section heading that `line` is, or begins with; None when it is none."""
    stripped = line.strip()
    if not stripped or len(stripped) > _LONGEST:
        return None
    length = len(line.rstrip())
    kind = _KIND_OF.get(stripped.rstrip(" :").casefold())
    is_name = stripped.casefold() in _NAMES  # of the whole document, unless a colon follows
    if kind is not None and not stripped[0].islower() and not is_name:
        return Heading(kind, stripped.rstrip(" :"), length)
    for family, pattern in _FAMILY:
        if pattern.match(stripped) and stripped[0].isupper():
            return Heading(family, stripped.rstrip(" :"), length)
    if _OPENS_BODY.match(stripped) and stripped.isupper():
        return Heading(SectionKind.BODY, stripped, length)
    may_decide = stripped[-1] != "." and (stripped[-1].isdigit() or _MAY_DECIDE.search(stripped) is not None)
    for pattern in _DECISIONS if may_decide else ():
        if match := pattern.match(stripped):
            return _decision(match, stripped, length)
    indent = len(line) - len(line.lstrip())
    if match := _DECIDED_ON_LINE.match(stripped):
        return _decision(match, match[0].rstrip(" :"), indent + match.end())
    if match := _RUN_IN.match(stripped):
        return Heading(_KIND_OF[match["heading"].casefold()], match["heading"], line.index(":") + 1)
    return None


def _decision(match: re.Match[str], text: str, length: int) -> Heading:
    named = match.groupdict()
    return Heading(SectionKind.DECISION, text, length, named.get("body"), named.get("date"), named.get("number"))


def mention(line: str) -> Heading | None:
    """What a line says that only names a body and a day, and perhaps a punkt ("Byrådet den 3. marts 2026 Punkt 5"): a
    heading of that body's decision, or a mention of it, by where it stands; None for any other line."""
    stripped = line.strip()
    match = _MENTION.match(stripped) if len(stripped) <= _LONGEST else None
    return _decision(match, stripped, len(line.rstrip())) if match else None


def fits(heading: Heading, below: str, seen: Set[SectionKind]) -> bool:
    """True when a heading that is also an ordinary word can be one here: `below` is the next line, `seen` the kinds of
    section above. A purpose opens a case; a proposal ("Forslag") proposes something."""
    name = heading.text.casefold()
    if name in _OPENERS:
        return not seen & {SectionKind.BODY, SectionKind.RECOMMENDATION, SectionKind.SUMMARY}
    return name not in _PROPOSALS or bool(_SAYS_WHO.search(below))


def says_who(line: str) -> bool:
    """True for a line in which an office recommends: the opening of a recommendation that has no heading."""
    return bool(_OFFICE_RECOMMENDS.match(line))


def proposes(line: str) -> bool:
    """True for a line that opens a recommendation: it says who recommends, or is a line of a list."""
    return bool(_PROPOSES.search(line))


def may_be_title(line: str) -> bool:
    """True for a line that no section begins with, or that only reads so: "Beslutning: Ny sti" is a title, too."""
    heading = section(line)
    return heading is None or (heading.kind is SectionKind.DECISION and is_run_in(heading, line))


def is_run_in(heading: Heading, line: str) -> bool:
    """True when text follows the heading on its own line."""
    return bool(line[heading.length :].strip(" :\n"))


def is_routing(heading: str) -> bool:
    """True for the heading of a section that says nothing about the case, only who gets a copy."""
    return heading.casefold() in _ROUTING
