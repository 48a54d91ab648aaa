"""The nouns of answering: from a question to claims that can be looked up in the source."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ingest.holdings import EncoderIdentity, Selection
from ingest.model import Attendee, Meeting, Outcome, Passage, Span


class Language(StrEnum):
    """The language of a question, and of what the program itself says in return."""

    DANISH = "da"
    ENGLISH = "en"


class Intent(StrEnum):
    """What a question is after."""

    DECISION = "decision"  # what was decided about X
    PROPOSAL = "proposal"  # what was recommended or proposed
    VOTE = "vote"  # who voted how, who reserved their position
    ATTENDANCE = "attendance"  # who was present or absent
    AMOUNT = "amount"  # how much, how many
    DATE = "date"  # when
    REASON = "reason"  # why
    FACT = "fact"  # anything else the minutes may say
    LOOKUP = "lookup"  # a punkt, a case, a meeting or a committee by its number, date or name, and nothing else


class Label(StrEnum):
    """Whose word a claim is. Only `DECIDED` answers "what was decided"."""

    DECIDED = "decided"  # this meeting's own decision, or a recommendation line it adopts
    RECOMMENDED = "recommended"  # proposed, not decided
    ASSESSED = "assessed"  # the administration's account or judgement
    REPORTED = "reported"  # an earlier decision, by another body or at another date


class Role(StrEnum):
    """The part a claim plays in its answer."""

    DECISION = "decision"  # the decision's own words
    ADOPTED = "adopted"  # a recommendation line the decision adopts
    ADDITION = "addition"  # what the decision adds to the recommendation
    VOTE = "vote"  # how members voted or reserved, as stated
    STATEMENT = "statement"  # a sentence of the minutes that answers
    TITLE = "title"  # the item's heading, where nothing else may or can be shown


class AbstentionReason(StrEnum):
    """Why nothing final can be answered."""

    NOT_LOADED = "not_loaded"
    NOTHING_DECIDED = "nothing_decided"
    POSTPONED = "postponed"
    INFORMATION_ONLY = "information_only"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood: who and when it is about (`selection`), and the words left to search for.

    `topic` is the question without the words that became filters, for a follow-up with the subject it keeps; `focus`
    are the question's own words of it. `asking` are those of its words that only ask ("koster", "stemte"), folded.
    `asks_decision`: it names deciding, whatever else it is after ("hvornår vedtog …"). `unknown_bodies` are committees
    or municipalities the question names that the archive does not hold, `period` the first and last day it names
    (`date.min` and `date.max` for open ends), whether or not a meeting in it is loaded. `voter` is
    the one whose vote is asked for, "" for everybody's; the name is no part of the subject. `leans_on` is the earlier
    question whose subject this one keeps, "" for none, and `kept` what it keeps of it in words.
    """

    text: str
    language: Language
    intent: Intent
    topic: str
    selection: Selection
    focus: str
    asking: frozenset[str] = frozenset()
    asks_decision: bool = False
    unknown_bodies: tuple[str, ...] = ()
    period: tuple[date, date] | None = None
    voter: str = ""
    leans_on: str = ""
    kept: str = ""

    @property
    def period_is_held(self) -> bool:
        """True when a loaded meeting lies in the time the question names, which then is a filter."""
        return self.selection.since is not None or self.selection.until is not None

    @property
    def follows_up(self) -> bool:
        """True when the question leans on an earlier one."""
        return bool(self.leans_on)


@dataclass(frozen=True, slots=True)
class Hit:
    """One agenda item found. `passage` is its best passage.

    `score` is the fused score in 0..1; `coverage` the share of the question's word weight the item matches, 0..1;
    `cosine` the best passage's cosine with the question, None without vectors.
    """

    item: str
    passage: Passage
    score: float
    coverage: float
    cosine: float | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and the place it was cut from. True when `span` of the item's text is `quote`, letter for letter.

    `span` counts characters in the text of item `item`; `page` is None when the source has no pages;
    `link` is the item's address at the publication site.
    """

    item: str
    municipality: str
    committee: str
    date: date
    number: str
    title: str
    case_number: str | None
    section: str
    page: int | None
    quote: str
    source: str
    span: Span
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an answer: verbatim text under a label, with at least one citation.

    `body` and `date` say who spoke when, where that is another than the citing meeting. `outcome` is given for
    decisions.
    """

    label: Label
    role: Role
    text: str
    citations: tuple[Citation, ...]
    body: str
    date: date | None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Worded:
    """A sentence by a language model, under the label of the sentences it rests on, which it cites in full.

    What it says was held against them; it is an addition, never the answer itself."""

    text: str
    label: Label
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why there is no final answer, in one or two sentences in the language of the question."""

    reason: AbstentionReason
    text: str


@dataclass(frozen=True, slots=True)
class Roll:
    """Who was at a meeting, as its own list of members has it (`meeting.attendance`, never empty here). The list stands
    before the first item, in no item's text: it is told, not quoted. `source` is the file it was read from."""

    meeting: Meeting
    source: str

    @property
    def present(self) -> tuple[Attendee, ...]:
        """Those who are listed and not as absent, in the order of the list."""
        return tuple(each for each in self.meeting.attendance if not each.is_absent)

    @property
    def absent(self) -> tuple[Attendee, ...]:
        """Those the list has as absent; empty when it names nobody so."""
        return tuple(each for each in self.meeting.attendance if each.is_absent)


@dataclass(frozen=True, slots=True)
class ThreadStep:
    """One step of a case: an item that is loaded (`item` is its key) or one only referred to (`is_loaded` False)."""

    committee: str
    date: date | None
    number: str | None
    title: str
    outcome: Outcome | None
    is_loaded: bool
    item: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the archive holds, so that "not found" can be read rightly."""

    meetings: int
    items: int
    committees: tuple[str, ...]
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit with what a reader needs to see of it."""

    hit: Hit
    meeting: Meeting
    number: str
    title: str
    page: int | None
    text: str  # the passage, verbatim


@dataclass(frozen=True, slots=True)
class Sought:
    """Stems that texts were found by: `whole` are those of the question's words and of other words for the same, which
    also count inside a compound; `parts` those of the parts of its compounds, which count as words of their own."""

    whole: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()

    def __or__(self, other: Sought) -> Sought:
        return Sought(self.whole | other.whole, self.parts | other.parts)


_NOTHING_SOUGHT = Sought()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the minutes say to a question. `is_answered` is False when no claim, and no list of who was there, answers
    it. `wording` is empty unless a language model is asked to word the claims, and then stands in front of them, never
    for them."""

    question: Question
    is_answered: bool
    claims: tuple[Claim, ...]
    abstention: Abstention | None
    hits: tuple[HitView, ...]
    thread: tuple[ThreadStep, ...]
    coverage: Coverage
    notes: tuple[str, ...] = ()  # e.g. that only lexical search was possible
    elapsed_ms: float = 0.0
    wording: tuple[Worded, ...] = ()
    attendance: tuple[Roll, ...] = ()
    sought: Sought = _NOTHING_SOUGHT


@dataclass(frozen=True, slots=True)
class Status:
    """The archive in figures, for the documents page and `ingest status`."""

    coverage: Coverage
    passages: int
    vectors: int
    encoder: EncoderIdentity | None
    failed: tuple[tuple[str, str], ...] = field(default=())  # (source, reason)
