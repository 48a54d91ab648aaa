"""A question in Danish or English → what it is after, who and when it is about, and the words to search for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ingest import danish
from ingest.holdings import Selection
from qa import filters
from qa.filters import Catalogue
from qa.model import Intent, Language, Question

# What asks for what. First match wins: what is asked for stands above the plain decision.
_ASKS: tuple[tuple[Intent, str], ...] = (
    (Intent.VOTE, "stemte|stemme[rst]?|afstemning\\w*|imod|(?:tog |taget )?forbehold|mindretal\\w*|tiltræde"),
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
        "beslut\\w*|bestem\\w*|vedt\\w+|godkend\\w*|tiltr[åa]dt\\w*|afgjort|afgørelse\\w*|resultat\\w*|udfald\\w*",
    ),
    (
        Intent.DECISION,
        "udsat\\w*|udsætte\\w*|decid\\w+|decision\\w*|approv\\w+|adopt\\w+|reject\\w+|outcome|postpone\\w*",
    ),
    (Intent.DECISION, "hvad skete|what happened"),
)
_OPENS_WITH_VERB = "skal|får|må|bliver|blev|kommer|er|har|will|is|are|was|were|did|has|can"  # asks yes or no
_INTENTS = (
    *((intent, re.compile(rf"\b({words})\b", re.IGNORECASE)) for intent, words in _ASKS),
    (Intent.DECISION, re.compile(rf"^\W*({_OPENS_WITH_VERB})\b", re.IGNORECASE)),
)
_DECIDES = re.compile(
    r"\b(beslut\w*|bestem(t|te|mer)|vedt[ao]\w*|godkend\w*|tiltr[åa]dt\w*|bevilg(et|ede)|decid\w+|approv\w+|adopt\w+|reject\w+)\b",
    re.IGNORECASE,
)
# The words that ask for these are no subject: "hvem stemte …" is not about voting.
_NOT_SUBJECT = (Intent.VOTE, Intent.ATTENDANCE, Intent.AMOUNT, Intent.REASON, Intent.DATE, Intent.PROPOSAL)
_BARE = 3  # a subject alone has no more words than this
_QUESTION_WORD = re.compile(r"\b(hv\w+|what|which|how|who\w*|where)\b", re.IGNORECASE)
_MOST_TURNS = 20  # earlier questions of a conversation that are looked at
_FOLLOWS = re.compile(r"^\s*(og|and|men|but|hvad med|what about|how about|også|also)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:(?:den|det|de)(?!\s+\w+e\s+\w{3})|dem|der|her|heraf|sagen|it|they|them|that|this|those)\b", re.IGNORECASE
)  # "det" for the matter, not the article of "det nye bibliotek"

# Words that go with a punkt or case number without saying what it is about.
_PLACE_WORDS = frozenset(
    """punkt punkter punktet sag sagen sager sagsnummer sagsnr dagsorden hører handlede handler handle under møde mødet
    mødets møder mødte stod står behandlet behandlede behandles drøftet drøftede referat referatet udvalget udvalg item
    items case cases matters meeting meetings agenda belong belongs minutes committee byrådsmødet byrådsmøde
    udvalgsmødet udvalgsmøde vis show list liste hvilke hvilket which beslutninger beslutningerne decisions treated
    discussed considered dealt og and kommune kommunen""".split()
)
_FUNCTION_WORDS = frozenset("og hvilke hvilket hvilken committee committees mon lige egentlig".split())
_ENGLISH_WORDS = frozenset(
    """the of and is are was were what who when where why how did does do will be been about on in for to a an it they
    there which with by from has have had any this that these decided committee meeting""".split()
)
_DANISH_WORDS = frozenset(
    """og er var hvad hvem hvornår hvor hvorfor hvordan blev bliver om på i til af en et den det de der som med fra har
    havde skal kan må ikke udvalget mødet besluttet ku hva""".split()
)

_MASKED = re.compile(r"x{4,}")  # a civil registration number is no word to search for


def understand(
    text: str, catalogue: Catalogue, *, today: date, history: Sequence[str] = (), language: Language | None = None
) -> Question:
    """What `text` asks. `today` anchors "last year"; `history` holds the earlier questions of a conversation, oldest
    first, whose subject a follow-up ("og hvad koster det?") keeps; `language` overrides the one the words say."""
    question = _alone(text, catalogue, today, language)
    earlier: Question | None = None
    if _leans_back(question):
        for turn in history[-_MOST_TURNS:]:
            said = _alone(turn, catalogue, today, None)
            earlier = _following(said, earlier) if earlier and _leans_back(said) else said
    return _following(question, earlier) if earlier else _of_the_last_meeting(question, catalogue, today)


def _of_the_last_meeting(question: Question, catalogue: Catalogue, today: date) -> Question:
    """The question itself; one about nothing but a meeting ("hvad skete der på mødet?") is about the last one."""
    words = _content(question.topic)
    is_bare = words and all(is_place_word(word) for word in words) and question.intent in (Intent.FACT, Intent.DECISION)
    if not is_bare or not question.selection.is_everything or question.unknown_bodies or question.period:
        return question
    day = filters.last_held(catalogue.meetings, today=today)
    if day is None:
        return question
    return replace(question, intent=Intent.LOOKUP, topic="", focus="", selection=Selection(since=day, until=day))


def _following(question: Question, earlier: Question) -> Question:
    """A follow-up with what it keeps of the question before; one that names its own place keeps only the meeting."""
    is_elsewhere = question.intent is Intent.LOOKUP
    return replace(
        question,
        topic=question.topic if is_elsewhere else f"{earlier.topic} {question.topic}".strip(),
        asking=question.asking | earlier.asking,
        selection=filters.inherited(
            question.selection,
            replace(earlier.selection, numbers=(), case_number=None) if is_elsewhere else earlier.selection,
        ),
        unknown_bodies=question.unknown_bodies or earlier.unknown_bodies,
        period=question.period or earlier.period,
    )


def is_content(word: str) -> bool:
    """True for words that say what a question is about, not how it asks."""
    folded = danish.fold(word)
    return (
        folded not in _FUNCTION_WORDS
        and folded not in danish.STOP
        and not danish.is_asking(word)
        and not _MASKED.fullmatch(folded)
        and (len(folded) > 1 or folded.isdigit())
    )


def is_place_word(word: str) -> bool:
    """True for words that go with a punkt, a case or a meeting without saying what it was about."""
    return danish.fold(word) in _PLACE_WORDS


def language_of(text: str) -> Language:
    """Danish unless the function words say English; a Danish letter in a common word (not in a name) says Danish."""
    words = [word for _, word in danish.words(text)]
    english = sum(word.lower() in _ENGLISH_WORDS for word in words) - sum(
        word.lower() in _DANISH_WORDS for word in words
    )
    has_danish_letter = any(re.search("[æøå]", word) for word in words if word.islower())
    return Language.ENGLISH if english > 0 and not has_danish_letter else Language.DANISH


def _alone(text: str, catalogue: Catalogue, today: date, language: Language | None) -> Question:
    words = _cleaned(text)
    found = filters.find(words, catalogue, today=today)
    topic = filters.without(words, found.used)
    intent, asking = _asked(words)
    if _is_bare(words, topic) and intent is Intent.FACT:
        intent = Intent.DECISION
    names_a_place = not found.selection.is_everything and intent in (Intent.FACT, Intent.DECISION)
    if names_a_place and all(is_place_word(word) for word in _content(topic)):
        intent, topic = Intent.LOOKUP, ""
    return Question(
        text=text,
        language=language or language_of(words),
        intent=intent,
        topic=topic,
        focus=topic,
        asking=asking,
        selection=found.selection,
        asks_decision=bool(_DECIDES.search(words)),
        unknown_bodies=tuple(found.unknown),
        period=found.period,
    )


def _cleaned(text: str) -> str:
    """`text` in composed letters, without ligatures, control characters and halves of characters."""
    composed = unicodedata.normalize("NFKC", text.encode("utf-8", "replace").decode("utf-8"))
    return "".join(" " if unicodedata.category(each)[0] == "C" else each for each in composed)


def _asked(text: str) -> tuple[Intent, frozenset[str]]:
    """What is asked for, and the folded words that ask for it without being its subject."""
    for intent, pattern in _INTENTS:
        if pattern.search(text):
            said = " ".join(match[0] for match in pattern.finditer(text)) if intent in _NOT_SUBJECT else ""
            return intent, frozenset(danish.fold(word) for _, word in danish.words(said))
    return Intent.FACT, frozenset()


def _is_bare(text: str, topic: str) -> bool:
    """True for a subject alone ("naturnationalpark"), which asks what became of it."""
    size = len(_content(topic))
    return size <= 1 or (size <= _BARE and "?" not in text and not _QUESTION_WORD.search(text))


def _content(topic: str) -> list[str]:
    return [word for _, word in danish.words(topic) if is_content(word)]


def _leans_back(question: Question) -> bool:
    """True for a follow-up: it opens with "og", or says "det" and little else. One that names a place of its own and
    does not open so is a new question."""
    if _FOLLOWS.match(question.text):
        return True
    subject = [word for word in _content(question.topic) if danish.fold(word) not in question.asking]
    return question.intent is not Intent.LOOKUP and len(subject) <= 2 and bool(_POINTS_BACK.search(question.text))
