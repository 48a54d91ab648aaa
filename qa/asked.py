"""What a question asks for, and whether a sentence holds such a thing: a sum, a share, a number, a time, a reason, a
vote, a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest import dates

_MONTHS = "|".join(name for name in dates.MONTHS)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: how questions ask for it, what a sentence has that holds it, and how much that speaks for it
    (`sentences` says how the weights were found)."""

    asks: re.Pattern[str]
    holds: re.Pattern[str]
    weight: float


def _kind(asks: str, holds: str, weight: float) -> Kind:
    return Kind(re.compile(asks, re.IGNORECASE), re.compile(holds, re.IGNORECASE), weight)


SUM = _kind(
    r"\b(hvor meget|hvor dyr\w*|how much|how expensive|koste\w*|costs?|pris\w*|prices?|beløb\w*|amounts?|penge\w*"
    r"|kroner|loans?|lån\w*|budget\w*|takst\w*|gebyr\w*|fees?|spen[dt]\w*|set aside|betale\w*|pay\w*"
    r"|bevilling\w*|grants?)\b",
    r"\d[\d.,]*\s*(-\s*\d[\d.,]*\s*)?(kr\b|mio|mia|t\.?\s?kr|kroner)",
    1.7,
)
SHARE = _kind(
    r"\b(procent\w*|pct|per ?cent\w*|andel\w*|share|proportion|hvor stor en del"
    r"|hvor meget (dyrere|billigere|mere|mindre))\b|%",
    r"\d\s*(%|pct|procent)",
    1.6,
)
NUMBER = _kind(
    r"\b(hvor (mange|lang|langt|længe|stor|stort|store|bred|bredt|høj|højt|dyb|dybt|ofte|tit)|antal\w*"
    r"|how (many|long|big|large|deep|wide|high|tall|far|often|old)|number of|hvilket nummer"
    r"|hvilken plads|which (place|rank))\b",
    r"(?<![\w§.,/-])(?<!§ )(?!(?:19|20)\d\d(?!\d| ?(?:m²|m2|km|stk)))\d"
    r"(?![\d.,]*\s*(?:-\s*[\d.,]*\s*)?(?:kr\b|t\.?kr|mio|mia))"
    r"|\b(to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|halv\w*|dobbelt\w*|ingen|gratis|udgiftsneutral\w*)\b",
    0.8,
)
TIME = _kind(
    r"\b(hvornår|hvilken (dato|dag|måned)|hvilket år|hvor (længe|ofte|tit)|when|what (date|day|year)"
    r"|which (day|month|year)|how (long|often|soon))\b",
    rf"\b(19|20)\d\d\b|\b\d{{1,2}}\.\s?({_MONTHS})|\b(uge|måned\w*|årlig\w*|ugentlig\w*|kvartal\w*|forår\w*|sommer\w*"
    r"|efterår\w*|vinter\w*|løbende|snarest|hermed|straks|hvert år|kommende|næste|inden|senest)\b",
    1.2,
)
REASON = _kind(
    r"\b(hvorfor|begrund\w*|årsag\w*|why|reasons?)\b",
    r"\b(da|fordi|idet|derfor|skyldes|grund\w*|hensyn\w*|baggrund|for at|begrund\w*|således at|hvorved|som følge"
    r"|vurderes|årsag\w*|ikke protokolleret)\b",
    0.45,
)
VOTE = _kind(
    r"\b(stemt\w*|stemm\w*|afstemning\w*|imod|tiltræde|forbehold|mindretal\w*|voted?|votes|voting|against|dissent\w*|split)\b",
    r"\b(stemte|stemmer|forbehold|undlod|mindretal\w*|flertal\w*|enig\w*)\b|ikke (tiltræde|støtte)",
    3.75,
)
NAME = _kind(
    r"^\W*(hvem|who)\b|\b(which|what|hvilke[tn]?) (members?|part(y|ies)|councill?ors?|compan(y|ies)|medlem\w*|parti\w*"
    r"|firma\w*)\b",
    r"(?-i:(?<=[a-zæøå,;] )[A-ZÆØÅ][a-zæøå]+)",
    0.2,
)
KINDS = (SUM, SHARE, NUMBER, TIME, REASON, VOTE, NAME)


FIGURES = (SUM, SHARE, NUMBER)
# Figures that number things instead of counting them.
_NUMBERED = re.compile(
    r"\b(punkt|pkt\.?|nr\.?|sag|bilag|kapitel|afsnit|lokalplan|kommuneplan|stk\.|kl\.?)\s*[\d.]+", re.I
)


def kinds(question: str) -> tuple[Kind, ...]:
    """The kinds of thing a question asks for."""
    return tuple(kind for kind in KINDS if kind.asks.search(question))


def holds(kind: Kind, text: str) -> bool:
    """True when a sentence holds a thing of this kind. Dates, and the numbers of items and plans, count nothing."""
    return kind.holds.search(_counted(text) if kind in FIGURES else text) is not None


@lru_cache(maxsize=5000)
def _counted(text: str) -> str:
    if not any(map(str.isdigit, text)):
        return text
    for span, _ in sorted(dates.find(text), key=lambda each: -each[0].start):
        text = text[: span.start] + text[span.end :]
    return _NUMBERED.sub("", text)
