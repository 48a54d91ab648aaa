"""The words of one clause of a decision → what it says: an outcome, a vote, a matter of form, or an addition.

A clause is read by its main part first, before the words that bind a subordinate clause or a rider to it ("…, idet
punkt 3 udgår", "… med den tilføjelse, at …"); only if that says nothing, as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest import wording_rules
from ingest.model import Outcome
from ingest.wording_rules import Kind, Remark, Rules

# What the body decided to do is read before "besluttede" itself: the infinitive, or the clause after "at".
_RESOLVED = re.compile(
    r"\b(?:besluttede[s]?|beslutter|besluttet|vedtog|vedtaget|enedes om|blev enige om|er enige? om|var enige? om)"
    r"(?: (?:enstemmigt|herefter|derfor|også|samtidig))*,? (?=(?:ikke )?at\b)",
    re.IGNORECASE,
)
# Where the main part of a clause ends. A rider is what goes beyond adopting; the rest only says why or when.
RIDER = re.compile(
    r",? ?\b(?P<rider>(?:og )?med (?:\w+ ){0,3}?(?:tilføjelse|ændring|bemærkning|præcisering|tilretning|rettelse"
    r"|justering|supplering|betingelse|vilkår|kommentar|opfordring|henstilling)(?:er|en|erne|rne|r|ne)?\b"
    r"|med forbehold for\b|under (?:den )?(?:forudsætning|betingelse)\b|på (?:den )?(?:betingelse|vilkår)\b|forudsat\b"
    r"|idet\b|dog\b|suppleret med\b|samt at\b|således,? at\b|hvor(?:efter|ved)\b|herunder at\b"
    r"|(?:samt|og) (?:samtidig )?(?:anmod\w+|bad|beder|ønske\w*|opfordre\w*|understrege\w*|bemærke\w*|pålagde"
    r"|pålægger|præcisere\w*|tilføjede|tilføjer|henstille\w*|forudsætte\w*)\b)",
    re.IGNORECASE,
)
_BINDS = re.compile(
    r",? \b(?:da|fordi|når|indtil|hvis|såfremt|medmindre|efter at|efter ønske|jf\.|med henblik på|på grund af|for at"
    r"|idet)\b|, (?:som|der|at|hvis|hvor|så)\b",
    re.IGNORECASE,
)
# How the sentences of decisions begin.
_OPENS = re.compile(
    r"(indstilling(en|erne)|byrådet|\w*udvalget|kommunalbestyrelsen|regionsrådet|magistraten|sagen|punktet|forslaget"
    r"|tilbagesendes|fremsendes|oversendes|godkendt|tiltrådt|vedtaget|bevilget|taget til|til efterretning|drøftet|udsat"
    r"|anbefales|afvist|forkastet|ikke godkendt)\b",
    re.IGNORECASE,
)
_READ = 600  # characters of a clause that the rules see: their cost grows with the square of it


@dataclass(frozen=True, slots=True)
class Sign:
    """What some words say, and the part of them, `start` to `end`, that says it."""

    kind: Kind
    start: int
    end: int


def opens_decision(words: str) -> bool:
    """True for a sentence that begins as those of decisions do: what else reads like one may tell of the case."""
    return bool(_OPENS.match(words))


def _compiled(rules: Rules) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for kind, pattern in rules)


_SENTENCE = _compiled(wording_rules.SENTENCE)
_CLAUSE = _compiled(wording_rules.CLAUSE)
_INFINITIVE = _compiled(wording_rules.INFINITIVE)


@lru_cache(maxsize=20_000)
def sentence(words: str) -> Sign | None:
    """What a sentence says as a whole; None where its clauses have to be read one by one."""
    return _first(_SENTENCE, words[:_READ])


@lru_cache(maxsize=20_000)
def clause(words: str) -> Sign:
    """What a clause says. `Remark.ADDITION`, over the whole of it, when no rule knows its words."""
    words = words[:_READ]
    if (resolved := _RESOLVED.search(words)) and (sign := _resolution(words, resolved)):
        return sign
    for part in (_main(words), words):
        if sign := _first(_CLAUSE, part):
            return sign
    return Sign(Remark.ADDITION, 0, len(words))


def _main(words: str) -> str:
    """The main part of a clause: up to its first rider or subordinate clause."""
    ends = [match.start() for pattern in (RIDER, _BINDS) if (match := pattern.search(words, 1))]
    return words[: min(ends, default=len(words))]


def _resolution(words: str, resolved: re.Match[str]) -> Sign | None:
    """What a body decided to do, where that says what became of the matter; else it decided in words of its own."""
    rest = words[resolved.end() :]
    rider = RIDER.search(rest)
    sign = _first(_INFINITIVE, rest) or _first(_CLAUSE, rest[: rider.start()] if rider else rest)
    if sign is None or not (isinstance(sign.kind, Outcome) or sign.kind in (Remark.LATER, Remark.CHOICE)):
        return None
    return Sign(sign.kind, resolved.start(), resolved.end() + sign.end)


def _first(rules: tuple[tuple[Kind, re.Pattern[str]], ...], words: str) -> Sign | None:
    for kind, pattern in rules:
        if match := pattern.search(words):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            return Sign(kind, start, max(match.end(), start))
    return None
