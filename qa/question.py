"""A question in Danish or English → what it is after, who and when it is about, and the words to search for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ingest import danish
from qa import filters
from qa.filters import Catalogue
from qa.model import Intent, Language, Question

# What asks for what. First match wins: what is asked for stands above the plain decision.
_ASKS: tuple[tuple[Intent, str], ...] = (
    (Intent.VOTE, "stemte|stemme[rst]?|afstemning\\w*|imod|forbehold|mindretal\\w*|tiltræde"),
    (Intent.VOTE, "voted?|votes|dissent\\w*|against"),
    (Intent.ATTENDANCE, "fraværende|til ?stede|deltog|afbud|mødte|forhindret|absent|present|attend(ed|ance)|prevented"),
    (
        Intent.AMOUNT,
        "hvor (meget|mange|stor|dyr\\w*|lang|bred|højt?)|hvad koster|til at koste|pris\\w*|beløb\\w*|koste\\w*",
    ),
    (Intent.AMOUNT, "how (much|many|long|wide|large|big)|costs?|price|amount|budget for"),
    (Intent.REASON, "hvorfor|begrundelse\\w*|årsag\\w*|why|reason\\w*"),
    (Intent.DATE, "hvornår|hvilken dato|hvilket år|hvor (ofte|tit)|when|what date|how often"),
    (Intent.PROPOSAL, "indstill?(es|er|ede|et|edes)|anbefale[srt]?|anbefalede|foreslå[rs]?|foreslået|foreslog"),
    (Intent.PROPOSAL, "propose[sd]?|proposal|recommend(s|ed|ation)?"),
    (
        Intent.DECISION,
        "beslut\\w*|vedt\\w+|godkend\\w*|tiltr[åa]dt\\w*|afgjort|afgørelse\\w*|resultat\\w*|udfald\\w*|hvad skete",
    ),
    (
        Intent.DECISION,
        "udsat\\w*|udsætte\\w*|decid\\w+|decision\\w*|approv\\w+|adopt\\w+|reject\\w+|outcome|postpone\\w*",
    ),
    (Intent.DECISION, "what happened"),
)
_OPENS_WITH_VERB = "skal|får|må|bliver|blev|kommer|er|har|will|is|are|was|were|did|has|can"  # asks yes or no
_INTENTS = (
    *((intent, re.compile(rf"\b({words})\b", re.IGNORECASE)) for intent, words in _ASKS),
    (Intent.DECISION, re.compile(rf"^\W*({_OPENS_WITH_VERB})\b", re.IGNORECASE)),
)
_DECIDES = re.compile(
    r"\b(beslut\w*|vedt[ao]\w*|godkend\w*|tiltr[åa]dt\w*|bevilg(et|ede)|decid\w+|approv\w+|adopt\w+|reject\w+)\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(r"^\s*(og|and|men|but|hvad med|what about|how about|også|also)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(den|det|de|dem|der|her|heraf|sagen|it|they|them|that|this|those)\b", re.IGNORECASE)

# Words that go with a punkt or case number without saying what it is about.
_PLACE_WORDS = frozenset(
    """punkt punkter punktet sag sagen sager sagsnummer sagsnr dagsorden hører handlede handler handle under møde mødet
    mødets møder behandlet behandlede referat udvalget udvalg item items case cases meeting agenda belong
    belongs minutes committee byrådsmødet byrådsmøde udvalgsmødet vis show""".split()
)
_ENGLISH_WORDS = frozenset(
    """the of and is are was were what who when where why how did does do will be been about on in for to a an it they
    there which with by from has have had any this that these decided committee meeting""".split()
)
_DANISH_WORDS = frozenset(
    """og er var hvad hvem hvornår hvor hvorfor hvordan blev bliver om på i til af en et den det de der som med fra har
    havde skal kan må ikke udvalget mødet besluttet ku hva""".split()
)


def understand(
    text: str, catalogue: Catalogue, *, today: date, history: Sequence[str] = (), language: Language | None = None
) -> Question:
    """What `text` asks. `today` anchors "last year"; `history` holds the earlier questions of a conversation, oldest
    first, whose subject a follow-up ("og hvad koster det?") keeps; `language` overrides the one the words say."""
    question = _alone(text, catalogue, today, language)
    if not history or not _leans_back(question):
        return question
    earlier = understand(history[-1], catalogue, today=today, history=history[:-1])
    return replace(
        question,
        topic=f"{earlier.topic} {question.topic}".strip(),
        selection=filters.inherited(question.selection, earlier.selection),
        unknown_bodies=question.unknown_bodies or earlier.unknown_bodies,
        period=question.period or earlier.period,
    )


def is_content(word: str) -> bool:
    """True for words that say what a question is about, not how it asks."""
    folded = danish.fold(word)
    return folded not in danish.STOP and folded not in danish.ASKING and (len(folded) > 1 or folded.isdigit())


def language_of(text: str) -> Language:
    """Danish unless the function words say English; a Danish letter in a common word (not in a name) says Danish."""
    words = [word for _, word in danish.words(text)]
    english = sum(word.lower() in _ENGLISH_WORDS for word in words) - sum(
        word.lower() in _DANISH_WORDS for word in words
    )
    has_danish_letter = any(re.search("[æøå]", word) for word in words if word.islower())
    return Language.ENGLISH if english > 0 and not has_danish_letter else Language.DANISH


def _alone(text: str, catalogue: Catalogue, today: date, language: Language | None) -> Question:
    found = filters.find(text, catalogue, today=today)
    topic = filters.without(text, found.used)
    return Question(
        text=text,
        language=language or language_of(text),
        intent=_intent(text, topic, names_a_place=bool(found.selection.numbers or found.selection.case_number)),
        topic=topic,
        focus=topic,
        selection=found.selection,
        asks_decision=bool(_DECIDES.search(text)),
        unknown_bodies=tuple(found.unknown),
        period=found.period,
    )


def _intent(text: str, topic: str, *, names_a_place: bool) -> Intent:
    content = _content(topic)
    if names_a_place and all(danish.fold(word) in _PLACE_WORDS for word in content):
        return Intent.LOOKUP
    asked = next((intent for intent, pattern in _INTENTS if pattern.search(text)), Intent.FACT)
    is_bare_subject = len(content) <= 1 or (len(text.split()) <= 3 and "?" not in text)
    return Intent.DECISION if asked is Intent.FACT and is_bare_subject else asked


def _content(topic: str) -> list[str]:
    return [word for _, word in danish.words(topic) if is_content(word)]


def _leans_back(question: Question) -> bool:
    """True for a follow-up: it opens with "og", or says "det" and little else."""
    return bool(_FOLLOWS.match(question.text)) or (
        len(_content(question.topic)) <= 2 and bool(_POINTS_BACK.search(question.text))
    )
