"""A question in Danish or English → who and when it is about, what it is after, and the words to search for.

What the question says of committee, municipality, period, punkt or case number becomes a filter. Bodies it names that
are not loaded are kept by name: their decisions may still be reported elsewhere, and if not, the answer must say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest import danish, dates, headings, municipalities, references
from ingest.model import Meeting, Selection, Span
from qa.model import Intent, Language, Question

# First match wins: what is asked for stands above the plain decision.
_INTENTS: tuple[tuple[Intent, str], ...] = (
    (Intent.VOTE, r"\b(stemte|stemme[rst]?|afstemning\w*|imod|forbehold|mindretal\w*|tiltræde|voted?|votes|dissent\w*|against)\b"),
    (Intent.ATTENDANCE, r"\b(fraværende|til ?stede|deltog|afbud|mødte|absent|present|attend(ed|ance)|forhindret|prevented)\b"),
    (Intent.AMOUNT, r"\b(hvor (meget|mange|stor|dyr\w*|lang|bred|højt?)|hvad (koster|kommer .* til at koste)|pris\w*|beløb\w*|koste\w*"
                    r"|how (much|many|long|wide|large|big)|costs?|price|amount|budget for)\b"),
    (Intent.REASON, r"\b(hvorfor|begrundelse\w*|årsag\w*|why|reason\w*)\b"),
    (Intent.DATE, r"\b(hvornår|fra hvornår|hvilken dato|hvilket år|hvor (ofte|tit)|when|what date|how often)\b"),
    (Intent.PROPOSAL, r"\b(indstill(es|er|ede|et|edes)|indstilede|anbefale(s|r|de|t)|foreslå(s|r|et)|foreslog|propose[sd]?|proposal|recommend(s|ed|ation)?)\b"),
    (Intent.DECISION, r"\b(beslut\w*|vedt\w+|godkend\w*|tiltr[åa]dt\w*|afgjort|afgørelse\w*|resultat\w*|udfald\w*|udsat\w*|udsætte\w*|blev .* (til|af) |hvad skete"
                      r"|decid\w+|decision\w*|approv\w+|adopt\w+|reject\w+|outcome|postpone\w*|what happened)\b"),
    (Intent.DECISION, r"^(skal|får|må|bliver|blev|kommer|er|har|will|is|are|was|were|did|does|has|can)\b"),
)  # fmt: skip
_COMPILED = tuple((intent, re.compile(pattern, re.IGNORECASE)) for intent, pattern in _INTENTS)

_PUNKT = re.compile(
    r"\b(?:dagsordens?)?(?:punkt(?:et)?|pkt\.?|(?:agenda )?item)\s*(?:nr\.?|no\.?|number)?\s*(?P<number>\d+[a-z]?)\b", re.I
)
_SHORT_CASE = re.compile(r"\b(?:sag(?:snr|snummer| nr)?\.?|case)\s*:?\s*(?P<case>\d{2}/\d{2,6}|\d{2,4}-\d{3,7})\b", re.I)
_LATEST = re.compile(r"\b(?:på )?(?:det )?(?:sidste|seneste|nyeste|last|latest|most recent) (?:\w+)?(?:møde|meeting)\w*", re.I)
_MONTHS = "|".join(sorted((name for name in dates.MONTHS if len(name) > 3 or name in ("maj", "may")), key=len, reverse=True))
_MONTH = re.compile(
    rf"\b(?:i|in|fra|from|of)\s+(?P<month>{_MONTHS})(?:\s+(?P<year>\d{{4}}|sidste år|i fjor|last year|i år|this year))?\b", re.I
)
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTHS})\s+(?P<year>\d{{4}})\b", re.I)
_FOLLOWS = re.compile(r"^\s*(og|and|men|but|hvad med|what about|how about|også|also)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(den|det|de|dem|der|her|heraf|sagen|it|they|them|that|this|those)\b", re.IGNORECASE)

# English names of the commonest bodies; the Danish stems they stand for.
_ENGLISH_BODIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\b(city|town|municipal)? ?council\b(?! (house|meeting room))", ("byråd", "kommunalbestyrelse")),
    (r"\btechnical committee\b", ("teknisk udvalg",)),
    (r"\b(finance|economic|financial) committee\b", ("økonomiudvalg",)),
    (r"\bemployment committee\b", ("beskæftigelsesudvalg",)),
    (r"\bculture committee\b|\bcultural committee\b", ("kulturudvalg",)),
)
_GENERAL_BODIES = (("byråd", r"\bbyråd(et|ets)?\b"), ("kommunalbestyrelse", r"\bkommunalbestyrelse(n|ns)?\b"))
_ENGLISH_WORDS = frozenset(
    """the of and is are was were what who when where why how did does do will be been about on in for to a an it they there
    which with by from has have had any this that these decided committee meeting""".split()
)
_DANISH_WORDS = frozenset(
    """og er var hvad hvem hvornår hvor hvorfor hvordan blev bliver om på i til af en et den det de der som med fra har havde
    skal kan må ikke udvalget mødet besluttet ku hva""".split()
)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a question can be about: the meetings that are loaded."""

    meetings: tuple[Meeting, ...]

    @property
    def committees(self) -> tuple[str, ...]:
        """The committees' names, each once."""
        return tuple(dict.fromkeys(meeting.committee for meeting in self.meetings))

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities' names, each once."""
        return tuple(dict.fromkeys(meeting.municipality for meeting in self.meetings if meeting.municipality))


def understand(
    text: str, catalogue: Catalogue, *, today: date, history: Sequence[str] = (), language: Language | None = None
) -> Question:
    """What `text` asks. `today` anchors "last year"; `history` holds the earlier questions of a conversation, oldest
    first, whose subject a follow-up ("og hvad koster det?") keeps."""
    question = _alone(text, catalogue, today, language)
    if history and follows_up(text, question):
        earlier = understand(history[-1], catalogue, today=today, history=history[:-1])
        return replace(
            question,
            topic=f"{earlier.topic} {question.topic}".strip(),
            selection=_inherited(question.selection, earlier.selection),
            unknown_bodies=question.unknown_bodies or earlier.unknown_bodies,
        )
    return question


def follows_up(text: str, question: Question) -> bool:
    """True when a question leans on the one before it: it opens with "og", or says "det" and little else."""
    content = [word for _, word in danish.words(question.topic) if is_content(word)]
    return bool(_FOLLOWS.match(text)) or (len(content) <= 2 and bool(_POINTS_BACK.search(text)))


def is_content(word: str) -> bool:
    """True for words that say what a question is about, not how it asks."""
    folded = danish.fold(word)
    return folded not in danish.STOP and folded not in danish.ASKING and (len(folded) > 1 or folded.isdigit())


def language_of(text: str) -> Language:
    """Danish unless the function words say English."""
    words = [word.lower() for _, word in danish.words(text)]
    english = sum(word in _ENGLISH_WORDS for word in words) - sum(word in _DANISH_WORDS for word in words)
    return Language.ENGLISH if english > 0 and not re.search("[æøåÆØÅ]", " ".join(w for w in words if w.islower())) else Language.DANISH


# ── filters ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Found:
    """The parts of a question that became filters; `used` are their places, which leave the topic."""

    used: list[Span]
    selection: Selection
    unknown: list[str]


def _alone(text: str, catalogue: Catalogue, today: date, language: Language | None) -> Question:
    found = _Found([], Selection(), [])
    _find_numbers(text, found)
    _find_bodies(text, catalogue, found)
    _find_period(text, catalogue, today, found)
    wants_latest = bool(match := _LATEST.search(text))
    if match:
        found.used.append(Span(*match.span()))
    intent = next((intent for intent, pattern in _COMPILED if pattern.search(text)), Intent.FACT)
    topic = _without(text, found.used)
    content = [word for _, word in danish.words(topic) if is_content(word)]
    if intent is Intent.FACT and (len(content) <= 1 or (len(content) <= 3 and "?" not in text and len(text.split()) <= 3)):
        intent = Intent.DECISION  # a bare subject: what about it?
    if (found.selection.numbers or found.selection.case_number) and not content:
        intent = Intent.LOOKUP
    return Question(
        text=text,
        language=language or language_of(text),
        intent=intent,
        topic=topic,
        selection=found.selection,
        unknown_bodies=tuple(found.unknown),
        wants_latest=wants_latest,
    )


def _find_numbers(text: str, found: _Found) -> None:
    cases = headings.case_numbers(text)
    short = _SHORT_CASE.search(text)
    if cases:
        start = text.index(cases[0])
        found.used.append(Span(start, start + len(cases[0])))
        found.selection = replace(found.selection, case_number=cases[0])
    elif short:
        found.used.append(Span(*short.span()))
        found.selection = replace(found.selection, case_number=short["case"])
    if match := _PUNKT.search(text):
        found.used.append(Span(*match.span()))
        found.selection = replace(found.selection, numbers=(match["number"],))


def _find_bodies(text: str, catalogue: Catalogue, found: _Found) -> None:
    named = _named_municipalities(text)
    loaded = [name for name, _ in named if name in catalogue.municipalities]
    found.unknown += [name for name, _ in named if name not in catalogue.municipalities]
    if loaded:
        found.selection = replace(found.selection, municipalities=tuple(loaded))
        found.used += [span for name, span in named if name in loaded and _stands_alone(text, span)]
    committees: list[str] = []
    for name, span in _named_bodies(text, catalogue):
        found.used.append(span)
        matching = [each for each in catalogue.committees if references.same_body(each, name)]
        committees += matching
        if not matching and name not in found.unknown:
            found.unknown.append(name)
    for pattern, stems in _ENGLISH_BODIES:
        if match := re.search(pattern, text, re.IGNORECASE):
            matching = [each for each in catalogue.committees if any(danish.fold(each).rstrip("et").endswith(stem) for stem in stems)]
            committees += matching
            if matching:
                found.used.append(Span(*match.span()))
    if committees:
        found.selection = replace(found.selection, committees=tuple(dict.fromkeys(committees)))


def _named_bodies(text: str, catalogue: Catalogue) -> list[tuple[str, Span]]:
    """The bodies a question names: loaded ones however they are inflected, and others that look like one."""
    found: list[tuple[str, Span]] = []
    for committee in sorted(catalogue.committees, key=len, reverse=True):
        stem = re.sub(r"(et|en)$", "", committee)
        match = re.search(rf"(?<!\w){re.escape(stem)}(et|en)?s?(?!\w)", text, re.IGNORECASE)
        if match and not any(span.covers(Span(*match.span())) for _, span in found):
            found.append((committee, Span(*match.span())))
    for stem, pattern in _GENERAL_BODIES:
        match = re.search(pattern, text, re.IGNORECASE)
        if match and not any(span.start < match.end() and match.start() < span.end for _, span in found):
            found += [(each, Span(*match.span())) for each in catalogue.committees if stem in each.lower()]
    for match in references.BODY.finditer(text):
        span = Span(*match.span())
        name = match[0].removesuffix("s") if match[0].endswith("ets") else match[0]
        if name.lower() not in ("udvalget", "udvalg", "byråd", "byrådet") and not any(
            other.start < span.end and span.start < other.end for _, other in found
        ):
            found.append((name, span))
    return found


def _named_municipalities(text: str) -> list[tuple[str, Span]]:
    found = []
    for match in re.finditer(r"(?<![\w-])[A-ZÆØÅ][\wæøå]+(?:-[A-ZÆØÅ][\wæøå]+)?", text):
        name = municipalities.listed(match[0])
        is_sentence_start = match.start() == 0 and match[0] in ("Vejen", "Greve", "Skive", "Faxe", "Assens")
        if name and not is_sentence_start:
            found.append((name, Span(*match.span())))
    return found


def _stands_alone(text: str, span: Span) -> bool:
    """True unless the name is part of a longer one ("Aarhus Fremad", "Job Herning")."""
    after = re.match(r"\s+(\w+)", text[span.end :])
    before = re.search(r"(\w+)\s+$", text[: span.start])
    return not (after and after[1][0].isupper() and after[1] not in ("Kommune", "Kommunes", "Byråd", "Byråds")) and not (
        before and before[1][0].isupper() and span.start > len(before[0])
    )


def _find_period(text: str, catalogue: Catalogue, today: date, found: _Found) -> None:
    """A day that a loaded meeting was held on, or a month, becomes the period asked for."""
    days = list(dates.find(text))
    held = {meeting.date for meeting in catalogue.meetings}
    for span, day in days:
        if day in held:
            found.used.append(span)
            found.selection = replace(found.selection, since=day, until=day)
            return
    match = _MONTH_YEAR.search(text) or _MONTH.search(text)
    if match and not days:
        first, last = _month(match, today)
        if any(first <= day <= last for day in held):
            found.used.append(Span(*match.span()))
            found.selection = replace(found.selection, since=first, until=last)


def asked_period(text: str, *, today: date) -> tuple[date, date] | None:
    """The day or month a question names, whether or not a meeting of it is loaded; None when it names none."""
    day = dates.first(text)
    if day is not None:
        return day, day
    match = _MONTH_YEAR.search(text) or _MONTH.search(text)
    return _month(match, today) if match else None


def _month(match: re.Match[str], today: date) -> tuple[date, date]:
    month, said = dates.MONTHS[match["month"].lower()], (match["year"] or "").lower()
    if said.isdigit():
        year = int(said)
    elif said in ("sidste år", "i fjor", "last year"):
        year = today.year - 1
    else:
        year = today.year if said or month <= today.month else today.year - 1
    first = date(year, month, 1)
    return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _inherited(own: Selection, earlier: Selection) -> Selection:
    """The earlier question's filters where the follow-up has none of its own."""
    return Selection(
        own.municipalities or earlier.municipalities,
        own.committees or earlier.committees,
        own.since or earlier.since,
        own.until or earlier.until,
        own.numbers or earlier.numbers,
        own.case_number or earlier.case_number,
    )


def _without(text: str, used: Iterable[Span]) -> str:
    for span in sorted(set(used), key=lambda each: -each.start):
        text = text[: span.start] + " " + text[span.end :]
    return " ".join(text.split())
