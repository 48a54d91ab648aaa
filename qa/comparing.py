"""A question about two matters ("hvad er forskellen på beslutningen om X og om Y?") → both, each with its own decision.

Both are looked for apart. Where only one is found, that one is shown and the other said to be missing; where both are
in one item, or nothing tells them apart ("skal både børn og voksne betale?"), the question is answered as any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from ingest import danish
from ingest.holdings import Entry
from qa import reasons, texts
from qa.answer import Extract, Looked
from qa.model import Abstention, AbstentionReason, Intent, Question
from qa.question import is_content

_AND, _OR = r"\s+(?:og|and|samt)\s+(?:om\s+|on\s+|about\s+)?", r"\s+(?:eller|or)\s+"
_DECIDED = r"(?:besluttet|vedtaget|godkendt|behandlet|drøftet|decided|approved|adopted|treated|discussed)"
# How two matters are named, and whether the question can be about nothing but two. First match wins.
_FORMS = tuple(
    (re.compile(pattern, re.IGNORECASE), is_sure)
    for pattern, is_sure in (
        (rf"\b(?:forskel|difference)\w*\s+(?:på|i|i?mellem|between|in)\s+(?P<one>.+?){_AND}(?P<other>.+)", False),
        (r"\b(?:sammenlign\w*|compare)\s+(?P<one>.+?)\s+(?:og|med|and|with|to)\s+(?P<other>.+)", True),
        (rf"^\W*(?:blev|was|were)\s+(?P<one>.+?){_OR}(?P<other>.+?)\s+{_DECIDED}\s+(?:først|first)", True),
        (rf"\b(?:først|first)\b[\s,:?]*(?P<one>.+?){_OR}(?P<other>.+)", True),
        (rf"^\W*(?:blev|was|were)\s+(?P<one>.+?)\s+{_DECIDED}\s+(?:før|efter|before|after)\s+(?P<other>.+)", True),
        (r"\bom\s+(?P<one>.+?)\s+og\s+(?:hvad\s+)?om\s+(?P<other>.+)", False),
        (rf"\b(?:både|both)\s+(?P<one>.+?){_AND}(?P<other>.+)", False),
    )
)  # fmt: skip
_FEW = 3  # words of a matter that stands in a row of them
_ORDERS = re.compile(r"\b(først|first|før|efter|before|after)\b", re.IGNORECASE)
_OF_DECIDING = re.compile(
    r"^\W*(?:(?:the|de|den|det)\s+)?(?:beslutning\w*|decisions?|afgørelse\w*|sag(?:en|erne)?)\s+(?:om|vedrørende|on|about)\s+|^\W*(?:om|the)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two matters in the question's words, or more. `is_sure`: it asks for them, whatever is found."""

    one: str
    other: str
    is_sure: bool
    more: tuple[str, ...] = ()

    @property
    def matters(self) -> tuple[str, ...]:
        """All of them, as the question names them."""
        return (self.one, *self.more, self.other)


def pair(question: Question) -> Pair | None:
    """The two matters a question compares; None for a question about one."""
    if question.intent in (Intent.LOOKUP, Intent.ATTENDANCE) or question.follows_up:
        return None
    for pattern, is_sure in _FORMS:
        if match := pattern.search(question.topic):
            one, other = (_OF_DECIDING.sub("", match[name]).strip(" ?.,!") for name in ("one", "other"))
            if _content(one) and _content(other):
                first, *more = _listed(one)
                return Pair(first, other, is_sure or question.asks_decision, tuple(more))
    return None


def _listed(words: str) -> list[str]:
    """The matters in "cykelstien, varmestuen", each of a few words; else `words` as one."""
    parts = [each.strip() for each in words.split(",")]
    return parts if all(0 < len(_content(each)) <= _FEW for each in parts) else [words]


def both(question: Question, named: Pair, look: Callable[[Question], Looked]) -> Looked | None:
    """What was decided of either, and where the question asks, which came first; None when the question is better
    answered as a question about one. `look` looks for a question."""
    intent = question.intent if question.intent in (Intent.VOTE, Intent.AMOUNT, Intent.PROPOSAL) else Intent.DECISION
    sides = [look(_about(question, words, intent)) for words in named.matters]
    leads = [side.extract.lead for side in sides]
    if not named.is_sure and not all(
        _is_named(side.question.topic, lead) for side, lead in zip(sides, leads, strict=True)
    ):
        return None
    missing = [side.question.topic for side, lead in zip(sides, leads, strict=True) if lead is None]
    there = {lead.item.key for lead in leads if lead}
    if not there or (not missing and len(there) == 1):
        return None
    found = sorted((each for each in sides if each.extract.lead), key=lambda each: _order(question, each))
    return _together(question, found, missing)


def _about(question: Question, words: str, intent: Intent) -> Question:
    return replace(question, topic=words, focus=words, intent=intent, asks_decision=intent is Intent.DECISION)


def _is_named(words: str, lead: Entry | None) -> bool:
    """True when a word of the matter stands in the item's title."""
    return lead is not None and any(
        danish.terms(word)[0] in danish.term_set(lead.item.title) for word in _content(words)
    )


def _order(question: Question, side: Looked) -> tuple[int, ...]:
    """By date where the question asks which came first; else as the question names them."""
    lead = side.extract.lead
    return (lead.meeting.date.toordinal(),) if lead and _ORDERS.search(question.topic) else (0,)


def _together(question: Question, sides: list[Looked], missing: list[str]) -> Looked:
    say = texts.of(question.language)
    extracts = [side.extract for side in sides]
    abstention = reasons.common([each.abstention for each in extracts])
    is_answered = any(each.is_answered for each in extracts)
    if missing:
        words = " ".join(say.not_both.format(matter=each) for each in missing)
        abstention, is_answered = Abstention(AbstentionReason.NOT_LOADED, words), False
    elif not is_answered:
        abstention = abstention or extracts[0].abstention
    hits = {hit.item: (hit, entry) for side in sides for hit, entry in zip(side.hits, side.entries, strict=True)}
    ranked = sorted(hits.values(), key=lambda each: -each[0].score)
    return Looked(
        question,
        tuple(hit for hit, _ in ranked),
        tuple(entry for _, entry in ranked),
        Extract(
            claims=tuple(dict.fromkeys(claim for each in extracts for claim in each.claims)),
            abstention=abstention,
            is_answered=is_answered,
            lead=extracts[0].lead,
            notes=_first(question, extracts),
        ),
        reduce(or_, (side.sought for side in sides)),
    )


def _first(question: Question, extracts: list[Extract]) -> tuple[str, ...]:
    """Which of the two came first, where that is asked."""
    leads = [each.lead for each in extracts if each.lead]
    if len(leads) < 2 or not _ORDERS.search(question.topic):
        return ()
    if len({each.meeting.date for each in leads}) == 1:
        day = texts.day(leads[0].meeting.date, question.language)
        return (texts.of(question.language).came_together.format(date=day),)
    first, *then = (f"{each.item.title} ({texts.day(each.meeting.date, question.language)})" for each in leads)
    return (texts.of(question.language).came_first.format(first=first, then="; ".join(then)),)


def _content(words: str) -> list[str]:
    return [word for _, word in danish.words(words) if is_content(word)]
