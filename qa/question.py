"""A question in Danish or English → what it is after, who and when it is about, and the words to search for.

A follow-up keeps the subject of an earlier question: it opens with "og", says "det" and little else, or names nothing
of its own ("hvorfor?"). "Og Økonomiudvalget?" and "og året før?" ask the same of another body or time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ingest import danish
from ingest.holdings import Selection
from qa import filters, intents, periods, slips
from qa.filters import Catalogue
from qa.model import Intent, Language, Question

_BARE = 3  # a subject alone has no more words than this
_QUESTION_WORD = re.compile(r"\b(hv\w+|what|which|how|who\w*|where)\b", re.IGNORECASE)
_PART = 2  # as many words of its own has a follow-up that says "det", or may ask for a part of what was found
_MOST_TURNS = 20  # earlier questions of a conversation that are looked at
_FOLLOWS = re.compile(r"^\s*(og|and|men|but|hvad med|what about|how about|også|also)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:(?:den|det|de)(?!\s+\w+e\s+\w{3})|dem|der|her|heraf|sagen|it|they|them|that|this|those)\b", re.IGNORECASE
)  # "det" for the matter, not the article of "det nye bibliotek"

# Words that go with a punkt or case number without saying what it is about.
_PLACE_WORDS = frozenset(
    """punkt punkter punktet sag sagen sager sagsnummer sagsnr dagsorden hører handlede handler handle under møde
    mødet mødets møder mødte stod står behandlet behandlede behandles drøftet drøftede referat referatet
    udvalget udvalgets udvalg byrådets item items case cases matters meeting meetings agenda belong belongs
    minutes committee byrådsmødet byrådsmøde udvalgsmødet udvalgsmøde vis show list liste hvilke hvilket which
    beslutninger beslutningerne decisions treated discussed considered dealt sammenlign sammenligne compare
    forskel forskellen difference begge both mellem between først first går gik drejer angår vedrører lukket
    lukkede closed resultat resultatet udfald udfaldet outcome og and kommune kommunen""".split()
)
_FUNCTION_WORDS = frozenset("og hvilke hvilket hvilken committee committees mon lige egentlig".split())
_ENGLISH_WORDS = frozenset(
    """the of and is are was were what who when where why how did does do will be been about on in for to a an it they
    there which with by from has have had any this that these decided committee meeting""".split()
)
_DANISH_WORDS = frozenset(
    """og er var hvad hvem hvornår hvor hvorfor hvordan blev bliver om på i til af en et den det de der som med fra har
    havde skal kan må ikke udvalget mødet besluttet stemte fik både eller vedtaget for siden""".split()
)

_OF_CLOSED = re.compile(r"\b(?:lukke(?:t|de)|closed)\s+(?:punkt|sag|møde|dagsorden|item|meeting|case)", re.IGNORECASE)
_MASKED = re.compile(r"x{4,}")  # a civil registration number is no word to search for


def understand(
    text: str, catalogue: Catalogue, *, today: date, history: Sequence[str] = (), language: Language | None = None
) -> Question:
    """What `text` asks. `today` anchors "last year"; `history` holds the earlier questions of a conversation, oldest
    first, whose subject a follow-up ("og hvad koster det?") keeps; `language` overrides the one the words say."""
    question = _alone(text, catalogue, today, language)
    earlier: Question | None = None
    if _leans_back(question):
        earlier = previous(catalogue, today=today, history=history)
    return (
        following(question, earlier, catalogue, today=today)
        if earlier
        else _of_the_last_meeting(question, catalogue, today)
    )


def previous(catalogue: Catalogue, *, today: date, history: Sequence[str]) -> Question | None:
    """What the last question of a conversation asked, with all it kept of those before it; None where there is none."""
    earlier: Question | None = None
    for turn in history[-_MOST_TURNS:]:
        said = _alone(turn, catalogue, today, None)
        earlier = following(said, earlier, catalogue, today=today) if earlier and _leans_back(said) else said
    return earlier


def may_follow(question: Question) -> bool:
    """True for a question that may be about a part of what was asked before ("hvornår var borgermødet?"): it names one
    thing, no place of its own, and does not ask for a decision. Whether it is, the item found before must tell."""
    is_plain = not question.follows_up and question.selection.is_everything and not question.unknown_bodies
    is_bare = question.intent is Intent.DECISION and not _QUESTION_WORD.search(question.text)
    asks_for_part = question.intent not in (Intent.LOOKUP, Intent.ATTENDANCE, Intent.PROPOSAL) and not is_bare
    return is_plain and asks_for_part and not question.asks_decision and 1 <= len(subject_of(question)) <= _PART


def _of_the_last_meeting(question: Question, catalogue: Catalogue, today: date) -> Question:
    """The question itself; one about nothing but a meeting ("hvad skete der på mødet?") is about the last one."""
    words = _content(question.topic)
    is_bare = words and all(is_place_word(word) for word in words) and question.intent in (Intent.FACT, Intent.DECISION)
    names_another = question.unknown_bodies or question.period or is_of_closed(question.text)
    if not is_bare or not question.selection.is_everything or names_another:
        return question
    day = filters.last_held(catalogue.meetings, today=today)
    if day is None:
        return question
    return replace(question, intent=Intent.LOOKUP, topic="", focus="", selection=Selection(since=day, until=day))


def following(question: Question, earlier: Question, catalogue: Catalogue, *, today: date) -> Question:
    """A follow-up with what it keeps of the question before; one that names its own place keeps only the meeting, one
    that names another body or time ("og Økonomiudvalget?") asks the same of that."""
    own, kept = question.selection, earlier.selection
    is_lookup = question.intent is Intent.LOOKUP
    asks_the_same = is_lookup and not (own.numbers or own.case_number or earlier.intent is Intent.LOOKUP)
    period = question.period or (None if question.unknown_bodies else earlier.period)
    if step := periods.step(question.topic):
        own = filters.stepped(kept, step, catalogue, today=today)
        period = (own.since, own.until) if own.since and own.until else period
        own_words = filters.without(question.topic, [step.place])
        question = replace(question, topic=own_words, focus=own_words)
        asks_the_same = not subject_of(question) and question.intent in (Intent.FACT, Intent.DECISION)
    if is_lookup and not asks_the_same:
        kept = replace(kept, numbers=(), case_number=None)
    asks_when = question.intent is Intent.DATE and not subject_of(question)
    if _QUESTION_WORD.search(question.text) and intents.asked(question.text)[0] is Intent.FACT and not is_lookup:
        question = replace(question, intent=Intent.FACT)  # "og hvad siger politiet?" is short, but no subject alone
    kept_topic = earlier.topic if subject_of(earlier) or not earlier.leans_on else earlier.kept
    return replace(
        question,
        intent=earlier.intent if asks_the_same else question.intent,
        topic=kept_topic
        if asks_the_same
        else question.topic
        if is_lookup
        else f"{kept_topic} {question.topic}".strip(),
        focus="" if asks_the_same else question.focus,
        asking=question.asking | earlier.asking,
        asks_decision=question.asks_decision or (earlier.asks_decision and (asks_the_same or asks_when)),
        selection=filters.carried(own, kept, catalogue),
        unknown_bodies=question.unknown_bodies
        or (() if own.committees or own.municipalities else earlier.unknown_bodies),
        period=period,
        leans_on=earlier.leans_on or earlier.text,
        kept=kept_topic,
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


def is_of_closed(text: str) -> bool:
    """True where a question is about closed items or meetings."""
    return bool(_OF_CLOSED.search(text))


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
    intent, asking = intents.asked(words)
    voter = intents.voter(words) if intent is Intent.VOTE else None
    if voter and any(span.start < voter.end and voter.start < span.end for span in found.used):
        voter = None  # a body, not one of its members
    topic = filters.without(words, [*found.used, *([voter] if voter else [])])
    if _is_bare(words, topic) and intent is Intent.FACT:
        intent = Intent.DECISION
    names_a_place = not found.selection.is_everything and intent in (Intent.FACT, Intent.DECISION, Intent.DATE)
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
        asks_decision=intents.speaks_of_deciding(words),
        unknown_bodies=tuple(found.unknown),
        period=found.period,
        voter=voter.of(words) if voter else "",
    )


def _cleaned(text: str) -> str:
    """`text` in composed letters, without ligatures, control characters and halves of characters; its words that ask as
    they are spelt."""
    composed = unicodedata.normalize("NFKC", text.encode("utf-8", "replace").decode("utf-8"))
    return slips.mended("".join(" " if unicodedata.category(each)[0] == "C" else each for each in composed))


def _is_bare(text: str, topic: str) -> bool:
    """True for a subject alone ("naturnationalpark"), which asks what became of it."""
    size = len(_content(topic))
    return size <= 1 or (size <= _BARE and "?" not in text and not _QUESTION_WORD.search(text))


def subject_of(question: Question) -> list[str]:
    """The question's own words that say what it is about, without those that only ask."""
    return [word for word in _content(question.focus) if danish.fold(word) not in question.asking]


def _content(topic: str) -> list[str]:
    return [word for _, word in danish.words(topic) if is_content(word)]


def _leans_back(question: Question) -> bool:
    """True for a follow-up: it opens with "og", says "det" and little else, or names nothing at all ("hvorfor?").

    One that names a place of its own and does not open so is a new question.
    """
    if _FOLLOWS.match(question.text):
        return True
    if question.intent is Intent.LOOKUP:
        return False
    subject = subject_of(question)
    names_nothing = not subject and question.selection.is_everything and not question.unknown_bodies
    return names_nothing or (len(subject) <= _PART and bool(_POINTS_BACK.search(question.text)))
