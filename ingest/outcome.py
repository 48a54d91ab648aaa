"""The wording of a decision → its outcome, what it adds, and what it says of votes.

Rules stand in ordered tables and read one sentence (or one "Ad 1: …" point) at a time; the readings are then put
together. Text that no rule knows gives `UNKNOWN` alone, and an addition beside an approval.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest import danish
from ingest.model import Outcome, Span

# What one sentence can be, beside an outcome: how members voted, a matter of form, or an addition.
_VOTE, _FORM, _ADDITION = "vote", "form", "addition"

_ADOPT = (
    r"(tiltr(å|aa)dte?|tiltræder|godkend(t|te|es|er)|vedt(aget|og|ager|ages)|bevilge(t|s)|bevilget|imødekomme(s|t))"
)
_BODY = r"(byrådet|udvalget|kommunalbestyrelsen|regionsrådet|økonomiudvalget|et flertal|et enigt)"
_MATTER = r"(indstilling\w*|forslag\w*|punkt\w*|sagen|det|dagsorden\w*|det indstillede|anbefaling\w*)"
_POSTPONE = r"(uds(at|ættes?|atte|ætter)|udskyd(es|t)|udskudt|henstår|genoptages?)"

# First match wins: a rule stands above every rule it is an exception to.
RULES: tuple[tuple[Outcome | str, str], ...] = (
    # Votes and reservations, which never change what was decided.
    (_VOTE, r"^(for|i ?mod)\b\s*(:|\(|\d+\W*$|(\S+ ){0,6}stem(te|mer)\b)|^(undlader?|undlod)\b"),
    (_VOTE, r"(tog|tager|tages|tage) forbehold|kunne ikke (tiltræde|støtte|stemme for)"),
    (_VOTE, r"ønske(de|r) (til|ført til) protokol"),
    (_VOTE, rf"^(?!.*\b(forkastet|{_ADOPT})\b).*undlod at stemme"),
    (_VOTE, r"^(\S+ ){0,8}(stemte|(?<!\d )stemmer) (for|imod|hverken)\b(?!.*\b(bortfald|forkast|vedtag|godkend))"),
    (_VOTE, r"^\W*\([A-ZÆØÅ,+ ]+\) stem(te|mer) (for|imod)"),
    (_FORM, r"^sagen bedes tilbagesendt|^(fravær|fraværende|afbud|ej til stede|ikke til stede)\b"),
    (_FORM, r"^mødet (sluttede|blev hævet|hævet|hævedes|afsluttet)\b"),
    (_FORM, r"deltog ikke i (sagens|punktets)? ?behandling"),
    (_FORM, r"var forhindret i at deltage|^der blev ikke truffet beslutning|erklærede sig inhabil"),
    # Only part of what was recommended, or something else in its stead.
    (Outcome.DECIDED_OTHERWISE, rf"{_ADOPT}.*\b(undtagelse af|undtagen|bortset fra|ekskl\w*|i stedet for)\b"),
    (Outcome.DECIDED_OTHERWISE, rf"\b(bortset fra|med undtagelse af|ændres, så|kun punkt)\b.*{_ADOPT}"),
    (Outcome.DECIDED_OTHERWISE, rf"\bfor så vidt angår\b.*{_ADOPT}"),
    (Outcome.DECIDED_OTHERWISE, rf"ændringsforslag\w*\b.*\b{_ADOPT}|\b{_ADOPT} ændringsforslag"),
    (Outcome.DECIDED_OTHERWISE, r"i stedet for indstillingen"),
    # "Ikke" on either side of the verb.
    (Outcome.REJECTED, rf"\b({_ADOPT}|følges|fulgt|imødekommes)\b (\w+ ){{0,2}}ikke\b|\bikke (fulgt|følges)\b"),
    # An approval sent back to the department that wrote the recommendation (Aarhus): reads like a return.
    (Outcome.ADOPTED, r"^tilbagesendes .*\bhar (vedtaget|tiltrådt|godkendt)\b"),
    (Outcome.ADOPTED, rf"^\W*(\w+ ){{0,3}}{_ADOPT},? (med (den|de|følgende|denne)|idet|dog|under forudsætning)\b"),
    (Outcome.ADOPTED, rf"^\W*(\w+ ){{0,3}}{_ADOPT},? på betingelse\b"),
    (Outcome.WITHDRAWN, r"^\W*(punkt(et)?|sag(en)?|pkt\.)( nr\.)?( \d+)? (udgår|udgik|tages af|(er|blev) taget af)\b"),
    (Outcome.DISCUSSED, r"^\W*drøftet\b"),
    (Outcome.SIGNED, r"protokol\w* (er |blev |blevet )?(\w+ )?(underskrevet|underskrives|godkendt og underskrevet)"),
    (Outcome.POSTPONED, r"udsat uden behandling"),
    # A vote count says who won: the first number is the winning side.
    (Outcome.REJECTED, r"\b(forkastet|nedstemt|faldt|afvist)\b.*\d+ (stemmer )?(i?mod)"),
    (Outcome.REJECTED, r"stemte (i)?mod .*(bortfald|forkast)"),
    (Outcome.DECIDED_OTHERWISE, r"(og|men) ikke som indstillet"),
    (Outcome.DECIDED_OTHERWISE, rf"^\W*indstillingens? (at|punkt|pkt\.?|at-punkt) \d+\b.*{_ADOPT}"),
    (Outcome.DECIDED_OTHERWISE, r"\b(delt|første del)\b.{0,200}\b(vedtaget|godkendt)\b.{0,200}\b(afvist|forkastet)"),
    (Outcome.DECIDED_OTHERWISE, r"afslag\b.*\b(mens|dog) .*imødekommes"),
    (Outcome.DECIDED_OTHERWISE, r"indstillingen bortfald(t|er) (dermed|herefter)"),
    (Outcome.REJECTED, r"\bikke\b (\w+ ){0,2}(tiltr(å|aa)dt|godkend(t|es)|vedtaget|imødekomme\w*|fremme)"),
    (Outcome.REJECTED, r"anbefale(s|r) ikke|nyder ikke fremme"),
    (Outcome.REJECTED, r"\b(forkastet|forkastes|afvist|afvises|afslås|afslået|afslag|nedstemt|ikke hjemmel)\b"),
    # Sent on to another body, whatever the verb.
    (Outcome.SENT_ON, r"indstille(s|r) (\w+ ){0,3}(til|over ?for) |indstille(s|r) (godkendt|vedtaget|tiltrådt)"),
    (Outcome.SENT_ON, r"(udvalget|nævnet|rådet) indstiller"),
    (Outcome.SENT_ON, r"\banbefale(s|r|de|t)\b"),
    (Outcome.SENT_ON, r"\b(oversende(s|r)?|oversendt|videresende(s|r)?|fremsende(s|r)?|fremsendt)\b"),
    (Outcome.SENT_ON, r"\b(sendes (tilbage|videre|retur|til)|sendt (til|videre)|henvises til|hjemvises)\b"),
    (Outcome.SENT_ON, r"\bat (oversende|fremsende|videresende|sende sagen)\b"),
    # Taken off the agenda, or put off.
    (Outcome.WITHDRAWN, r"(taget|tages|tog|udgår|udgik|trukket|trak)\b.*\b(dagsorden(en)?|mødet|ansøgning|tilbage)"),
    (Outcome.WITHDRAWN, r"^\W*(punkt(et)?|sag(en)?) (\d+ )?(udgår|udgik|tages af)|tages af,"),
    (Outcome.WITHDRAWN, r"\b(bortfald(er|t)|udgår|udgik)\b"),
    (Outcome.POSTPONED, rf"\b{_POSTPONE}\b(?!.*\bforslaget er godkendt)"),
    (Outcome.POSTPONED, r"\bat udsætte\b|behandles (igen )?på (et kommende|næste)|forelægges igen"),
    # To note, which is not approval; talked over, which is neither.
    (Outcome.NOTED, r"\b(tag(et|es|er)|tog)\b.*\b(til|til?il) (efterretning|orientering)"),
    (Outcome.NOTED, r"^\W*til (efterretning|orientering)\b"),
    (Outcome.NOTED, r"\borientering(en)? (er |blev )?(givet|gives|godkendt)|\b(blev|er) orienteret\b|orienterede"),
    (Outcome.DISCUSSED, r"\bdrøft(et|ede|es|er|else af|edes)\b|temadrøftelse|havde en (første )?drøftelse"),
    (Outcome.NONE, r"^\W*(ingen|intet)\b.{0,40}$|^\W*$"),
    # Adopted.
    (Outcome.ADOPTED, rf"{_MATTER}\b.*\b({_ADOPT}|fulgt|følges)\b"),
    (Outcome.ADOPTED, r"\btiltrådte\b|\bkunne tiltræde\b"),
    (Outcome.ADOPTED, rf"\b{_BODY}\b.*\b(vedtog|godkendte|tiltrådte|vedtager|godkender|tiltræder)\b"),
    (Outcome.ADOPTED, rf"^\W*(\w+ ){{0,3}}{_ADOPT}\b"),
    # A decision in its own words.
    (Outcome.DECIDED_OTHERWISE, r"\b(besluttede|beslutter|besluttet|pegede på|peger på)\b"),
    (Outcome.DECIDED_OTHERWISE, r"\b(valgte|vælger|udpegede|udpeger|valgt|udpeget)\b"),
)  # fmt: skip
_COMPILED = tuple((reading, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for reading, pattern in RULES)

_READ = 1000  # characters of a sentence that the rules see: their cost grows with the square of it

# "Ad 1: Godkendt.", "At 2. Tiltrådt", "Ad 2.a-d …", "Ad 1-2: …", "Pkt. 3: …"
_POINT = re.compile(
    r"(?:(?<=\s)|^)(?:Ad|At|Pkt\.|Punkt|Indstillingspunkt)\s+"
    r"(?P<number>\d+(?:[.a-z-]*\w)?|[a-z])\s*[:.)]\s*(?=\S)"
)
# What an approval adds within its own sentence.
_RIDER = re.compile(
    r"\b(med (den|de|følgende|denne|disse) (tilføjelse|ændring|bemærkning|præcisering)(er)?"
    r"|under forudsætning af|på betingelse af|idet\b|dog\b|og (udvalget|byrådet)|, og \w+ \w+er\b|samt at\b)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(beslutter|tager (stilling|beslutning)|træffer beslutning|vælger|peger på|udpeger|prioriterer|afgør)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a decision made point by point: `number` as written ("1", "2.a-d"), and its own outcome."""

    number: str
    span: Span
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Reading:
    """What a decision's words say. Spans count in the text that was read."""

    outcome: Outcome
    additions: tuple[Span, ...] = ()
    votes: tuple[Span, ...] = ()
    points: tuple[Point, ...] = ()


def classify(text: str) -> Outcome:
    """The outcome of a decision given as text; `UNKNOWN` when its words do not say."""
    return read(text).outcome


def is_open(recommendation: str) -> bool:
    """True for a recommendation line that leaves the choice to the body ("at udvalget beslutter det nye navn"): only
    the decision itself can say what came of it."""
    return bool(_OPEN.search(recommendation))


def read(text: str) -> Reading:
    """Read a decision: its outcome, what it adds to an approval, what it says of votes, and its points if any."""
    points = tuple(_points(text))
    if points:
        return _read_points(text, points)
    return _read_sentences(text, tuple(danish.sentences(text)))


def _sentence(text: str) -> Outcome | str:
    words = text[:_READ]
    return next((reading for reading, pattern in _COMPILED if pattern.search(words)), _ADDITION)


def _read_sentences(text: str, spans: tuple[Span, ...]) -> Reading:
    readings = [(span, _sentence(span.of(text))) for span in spans]
    votes = tuple(span for span, reading in readings if reading == _VOTE)
    decided = [(span, reading) for span, reading in readings if isinstance(reading, Outcome)]
    if not decided:
        return Reading(Outcome.UNKNOWN if text.strip(" .-–\n") else Outcome.NONE, (), votes)
    outcome = _combined([reading for _, reading in decided])
    additions: list[Span] = []
    if outcome is Outcome.ADOPTED:
        first = next(span for span, reading in decided if reading is Outcome.ADOPTED)
        rider = _RIDER.search(first.of(text)[:_READ])
        if rider and not first.of(text).lower().startswith("tilbagesendes"):
            additions.append(Span(first.start + rider.start(), first.end))
        additions += [
            span for span, reading in readings
            if reading == _ADDITION or (reading in (Outcome.DECIDED_OTHERWISE, Outcome.DISCUSSED) and span != first)
        ]  # fmt: skip
    if additions:
        outcome = Outcome.ADOPTED_WITH_ADDITION
    return Reading(outcome, tuple(additions), votes)


def _combined(outcomes: list[Outcome]) -> Outcome:
    """The outcome of several sentences that belong to one decision."""
    kinds = set(outcomes)
    if len(kinds) == 1:
        return outcomes[0]
    if Outcome.SENT_ON in kinds:
        return Outcome.SENT_ON
    if Outcome.POSTPONED in kinds and Outcome.ADOPTED not in kinds:
        return Outcome.POSTPONED
    if Outcome.DECIDED_OTHERWISE in kinds and kinds & {Outcome.WITHDRAWN, Outcome.REJECTED}:
        return Outcome.DECIDED_OTHERWISE
    if kinds >= {Outcome.ADOPTED} and kinds & {Outcome.REJECTED, Outcome.POSTPONED, Outcome.WITHDRAWN}:
        return Outcome.DECIDED_OTHERWISE
    if Outcome.ADOPTED in kinds and kinds <= {Outcome.ADOPTED, Outcome.DECIDED_OTHERWISE, Outcome.DISCUSSED}:
        return Outcome.ADOPTED
    return outcomes[0]


def _points(text: str) -> list[Point]:
    marks = list(_POINT.finditer(text))
    points = []
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        span = Span(mark.end(), following.start() if following else len(text))
        span = next(iter(_trimmed(text, span)), span)
        points.append(Point(mark["number"], span, _read_sentences(text, tuple(danish.sentences(text, span))).outcome))
    return points


def _trimmed(text: str, span: Span) -> list[Span]:
    stripped = span.of(text).strip()
    start = text.find(stripped, span.start) if stripped else span.start
    return [Span(start, start + len(stripped))] if stripped else []


def _read_points(text: str, points: tuple[Point, ...]) -> Reading:
    lead = tuple(danish.sentences(text, Span(0, _POINT.search(text).start())))  # type: ignore[union-attr]
    inner = [_read_sentences(text, tuple(danish.sentences(text, point.span))) for point in points]
    outcomes = {reading.outcome for reading in inner}
    additions = tuple(span for reading in inner for span in reading.additions)
    votes = tuple(span for span in lead if _sentence(span.of(text)) == _VOTE)
    votes += tuple(span for reading in inner for span in reading.votes)
    if outcomes == {Outcome.ADOPTED, Outcome.ADOPTED_WITH_ADDITION}:
        outcome = Outcome.ADOPTED_WITH_ADDITION
    elif len(outcomes) == 1:
        outcome = outcomes.pop()
    elif Outcome.SENT_ON in outcomes:
        outcome = Outcome.SENT_ON
    else:
        outcome = Outcome.DECIDED_OTHERWISE
    return Reading(outcome, additions, votes, points)
