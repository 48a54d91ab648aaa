"""The words of one sentence → whether they say that a matter waits, for what, at whose hands and until when.

Rather too little than too much: a word that waits for a bus is no matter that waits. A new wording is added where its
kind stands; the first match wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from ingest import dates
from ingest.model import Span


class Waiting(StrEnum):
    """How a matter waits."""

    POSTPONED = "postponed"  # put off
    AWAITING = "awaiting"  # waits for something to happen
    RETURNING = "returning"  # comes back to the body
    DEADLINE = "deadline"  # the administration has something to do by a time
    SENT_ON = "sent_on"  # another body, or the administration, has to deal with it


_MATTER = (
    r"(?:sag(?:en|erne)?|punkt(?:et)?|pkt\.|ad \d+|beslutning(?:en)?|stillingtagen|afgørelse(?:n)?|vedtagelse(?:n)?"
    r"|godkendelse(?:n)?|sagens behandling|behandling(?:en)? af (?:sagen|punktet|forslaget|ansøgningen)"
    r"|vurdering(?:en)? af|spørgsmålet om|den del|delen af|udmøntning(?:en)?|forslaget|ansøgningen|projektet"
    r"|(?:lokal)?plan(?:en|forslaget))"
)
_BODY = (
    r"(?:\w*udvalg(?:et)?|\w*byråd(?:et)?|kommunalbestyrelsen|regionsrådet|magistraten|borgerrepræsentationen"
    r"|økonomiudvalget|rådet)"
)
_OFFICE = (
    r"(?:\w*forvaltning(?:en|erne)?|administration(?:en)?|direktør(?:en)?|direktion(?:en)?|sekretariat(?:et)?"
    r"|\w*afdeling(?:en)?|borgmesteren)"
)
_NEAR = r"(?:[^.;:()?]|(?<=\d)\.){0,160}?"
_CLOSE = r"(?:[^.,;:()?]|(?<=\d)\.){0,100}?"  # no further clause between a matter and what it does
_PUT_OFF = r"(?:udsættes|udskydes|udskudt|udsat(?! for\b)|henstår|(?:stilles|sættes|sat) i bero)"
_AGAIN = r"(?:igen|på ny|fornyet|til ny behandling)"
_DUE = (
    r"(?:inden(?! for\b)|senest (?:den |d\. |i |til |ved |på |med )|til (?:\w+ )?(?:næste|kommende|førstkommende)\b"
    r"|på (?:et |det )?(?:næste|kommende|førstkommende)\b|(?:primo|medio|ultimo) \w|i (?:\d\. kvartal|efteråret|foråret"
    r"|løbet af|januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b)"
)
_ORDERED = (
    r"(?:vend(?:e|er)|udarbejd\w*|fremlæg\w*|forelæg\w*|undersøg\w*|afrapporter\w*|redegør\w*|orienter\w*|belys\w*"
    r"|afklar\w*|fremsend\w*|komme[r]?|fremkomme[r]?|skal|bedes|anmodes|pålægges|opfordres)"
)

# Read against a sentence of the meeting's own decision, or a line it adopts.
_DECIDED: tuple[tuple[Waiting, str], ...] = (
    (Waiting.AWAITING, rf"\b(?:{_MATTER}|{_BODY}){_CLOSE}(?<!\bder )(?<!\bsom )\bafvent(?:er|es)\b"),
    (Waiting.AWAITING, r"^\W*afvent(?:er|es)\b"),
    (Waiting.AWAITING, r"\bbeslut\w+,? (?:\w+ )?at afvente\b|^\W*(?:at )?afvente\b"),
    (Waiting.POSTPONED, rf"\b{_MATTER}{_CLOSE}\b{_PUT_OFF}\b"),
    (Waiting.POSTPONED, rf"\bat (?:udsætte|udskyde) (?:\w+ )?{_MATTER.replace(' af|', '(?: af)?|')}"),
    (Waiting.RETURNING, rf"\b(?:{_MATTER}|drøftelsen){_CLOSE}\bgenoptages\b"),
    (Waiting.RETURNING, r"\bat genoptage (?:sagen|punktet|drøftelsen)\b"),
    (Waiting.RETURNING, rf"\b(?:forelægges|fremlægges|genfremsættes)\b{_NEAR}\b{_AGAIN}\b"),
    (Waiting.RETURNING, rf"\b{_MATTER}{_CLOSE}\b(?:behandles|tages|optages|drøftes|vurderes)\b{_NEAR}\b{_AGAIN}\b"),
    (Waiting.RETURNING, rf"\b(?:{_MATTER}|{_OFFICE}){_CLOSE}\bvende[r]? tilbage (?:til {_BODY}|med|med henblik)\b"),
    (Waiting.DEADLINE, rf"\b{_OFFICE}\b{_NEAR}\b{_ORDERED}\b{_NEAR}\b{_DUE}"),
    (Waiting.DEADLINE, rf"\b{_OFFICE}\b{_NEAR}\b{_DUE}{_NEAR}\b{_ORDERED}\b"),
    (Waiting.DEADLINE, rf"\b(?:forelægges|fremlægges|præsenteres)\b{_NEAR}\b{_BODY}\b{_NEAR}\b{_DUE}"),
    (Waiting.DEADLINE, rf"\b{_BODY}\b{_NEAR}\b(?:forelægges|får forelagt|præsenteres for)\b{_NEAR}\b{_DUE}"),
)  # fmt: skip
# Read against a sentence of the administration's account: there "forelægges igen" says that the matter is back now.
TOLD_BY = "afventer"  # the word without which no account says that something waits
_TOLD: tuple[tuple[Waiting, str], ...] = (
    (Waiting.AWAITING, rf"\b{_MATTER}{_CLOSE}(?<!\bder )(?<!\bsom )\b{TOLD_BY}\b"),
)
# What others wanted, what fell, what is no more, what comes back every year.
_NOT = re.compile(
    r"\?\W*$|\b(?:mindretal\w*|foreslog|foreslår|forkast\w*|bortfald\w*|nedstemt|faldt)\b|\bstem(?:te|mer)\b"
    r"|(?-i:\bListe [A-ZÆØÅ]\b|\([A-ZÆØÅ]{1,2}\))"
    r"|\bikke\b[^.,;]{0,40}\b(?:afvent|udsæt|udsat|udskyd|genoptag|forelægg)|\b(?:afvent\w+|udsættes|genoptages) ikke\b"
    r"|\b(?:hvis|såfremt|hvorvidt)\b[^.]{0,80}\bafvent|\bikke længere\b|\bhar afventet\b"
    r"|\b(?:årligt|hvert år|månedlig\w*|kvartalsvis\w*|halvårlig\w*|løbende)\b",
    re.IGNORECASE,
)
# What a sentence waits for follows these words, the first of them that it has.
_FOR = (
    r"\bafvent(?:er|es|e)\b (?:derfor |fortsat |nu )?",
    r"\b(?:med henblik på|indtil|hvorefter)\b ",
    rf"\b(?:{_PUT_OFF}|udsætte|genoptages?|forelægges)\b[^.;]{{0,60}}?\b(?:så|når|da|til(?= der)|på(?= bes)) ",
)  # fmt: skip
_RECEIVING = (
    r"(?:(?:[A-ZÆØÅ][\w-]*(?:,| og| for)? )*?(?:[\w-]*[Uu]dvalg(?:et)?|[Bb]yråd(?:et)?"
    r"|[Kk]ommunalbestyrelsen|[Rr]egionsrådet|[Mm]agistraten|[Bb]orgerrepræsentationen)"
    r"|Magistratsafdelingen(?: for [A-ZÆØÅ]\w*(?:(?:,| og)? (?!Magistrat)[A-ZÆØÅ]\w*)*)?|Borgmesterens Afdeling"
    r"|\w*[Ff]orvaltningen|[Aa]dministrationen|[Dd]irektionen|\w*[Aa]fdelingen)"
)
_RECEIVERS = re.compile(
    rf"\b(?:til|over ?for|for)\s+(?:(?:fornyet )?behandling i )?"
    rf"(?P<who>{_RECEIVING}(?:(?:,| og| samt) {_RECEIVING})*?)(?=s?\b(?! og {_RECEIVING})(?!\w))"
)
_OFFICES = re.compile(rf"\b{_OFFICE}\b", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:inden(?! for\b)|senest|til (?:\w+ )?(?:næste|kommende|førstkommende|mødet?)|på (?:et |det )?(?:næste"
    r"|kommende|førstkommende)|i (?:\d\. kvartal|efteråret|foråret|løbet af)|(?:primo|medio|ultimo)|til (?=\d{4}\b))\b"
    rf"(?:(?! (?:{_ORDERED}|godkend\w*|tiltr\w*|at|og|med)\b)(?:[^,.;]|(?<=\d)\.)){{0,60}}",
    re.IGNORECASE,
)
_POLITICAL = re.compile(r"udvalg|byråd|kommunalbestyrelse|regionsråd|magistraten|borgerrepræsentation", re.IGNORECASE)
_FINAL = re.compile(r"byråd|kommunalbestyrelse|regionsråd|borgerrepræsentation", re.IGNORECASE)


def _compiled(rules: Sequence[tuple[Waiting, str]]) -> tuple[tuple[Waiting, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in rules)


_DECIDED_RULES, _TOLD_RULES = _compiled(_DECIDED), _compiled(_TOLD)
_FOR_RULES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _FOR)
_PROPOSES = re.compile(r"\b(?:foreslås|foreslår|anbefales|anbefaler|indstilles|indstiller)\b", re.IGNORECASE)
_LONGEST = 1000  # characters of a sentence that are read: the cost grows with the square of it


def decided(sentence: str) -> Waiting | None:
    """How the matter waits by a sentence of the meeting's own decision or a line it adopts; None when it does not."""
    return _first(_DECIDED_RULES, sentence)


def told(sentence: str) -> Waiting | None:
    """How the matter waits by a sentence of the administration's account; None when it does not."""
    return None if _PROPOSES.search(sentence) else _first(_TOLD_RULES, sentence)


def _first(rules: tuple[tuple[Waiting, re.Pattern[str]], ...], sentence: str) -> Waiting | None:
    words = sentence[:_LONGEST]
    if _NOT.search(words):
        return None
    return next((kind for kind, pattern in rules if pattern.search(words)), None)


def purpose(sentence: str) -> Span | None:
    """What the matter waits for, as a span of the sentence: the words after "afventer", "med henblik på", "når"; None
    where it does not say."""
    words = sentence[:_LONGEST]
    match = next((found for pattern in _FOR_RULES if (found := pattern.search(words))), None)
    if match is None:
        return None
    end = len(words.rstrip(" .\n"))
    if stop := re.search(r"\.\s+[A-ZÆØÅ]|\n|;|, jf\.", words[match.end() : end]):
        end = match.end() + stop.start()
    return Span(match.end(), end) if match.end() < end else None


def receiver(sentence: str) -> Span | None:
    """Whom the sentence sends the matter to ("til Teknisk Udvalg"), as a span of it; None where it names nobody."""
    match = _RECEIVERS.search(sentence[:_LONGEST])
    return Span(*match.span("who")) if match else None


def office(sentence: str) -> Span | None:
    """The part of the administration the sentence names, as a span of it; None where it names none."""
    match = _OFFICES.search(sentence[:_LONGEST])
    return Span(*match.span()) if match else None


def until(sentence: str) -> Span | None:
    """The time by which something is to happen, in the sentence's own words ("inden sommerferien"), as a span of it;
    None where it does not say."""
    match = _UNTIL.search(sentence[:_LONGEST])
    return Span(match.start(), match.start() + len(match[0].rstrip(" ."))) if match else None


def due(sentence: str, *, held: date) -> date | None:
    """The first day after `held`, the day of the meeting, that the sentence names; None where it names none."""
    return next((day for _, day in dates.find(sentence[:_LONGEST]) if day > held), None)


def is_body(name: str) -> bool:
    """True for a political body, False for a part of the administration."""
    return bool(_POLITICAL.search(name))


def is_final(name: str) -> bool:
    """True for a municipality's or region's highest body, or words that name it among others."""
    return bool(_FINAL.search(name))
