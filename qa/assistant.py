"""The one door every face knocks on: open an archive, ask, browse, look a place up."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from threadpoolctl import threadpool_limits

from ingest import danish, privacy
from ingest.archive import Archive
from ingest.coverage import CommitteeCoverage, cover
from ingest.encoders import Encoder, load
from ingest.errors import EncoderUnavailable
from ingest.files import locate
from ingest.holdings import DocumentRecord, DocumentState, Entry, Selection
from ingest.model import AgendaItem, Meeting, Span
from qa import (
    answer,
    briefing,
    committees,
    comparing,
    course,
    digest,
    elsewhere,
    filters,
    lists,
    marking,
    pending,
    presence,
    shelf,
    texts,
    threads,
    views,
)
from qa.answer import Looked
from qa.board import Board
from qa.briefing import Briefing
from qa.committees import Body
from qa.course import Course
from qa.digest import Digest
from qa.filters import Catalogue
from qa.likeness import SentenceReader
from qa.lists import Wanted
from qa.model import Answer, Coverage, Hit, HitView, Intent, Language, Question, Status, ThreadStep, Worded
from qa.pending import Pending
from qa.query import Query, item_terms
from qa.question import following, may_follow, previous, subject_of, understand
from qa.rerank import RERANKED, Reranker
from qa.search import Searcher
from qa.sentences import Ranker
from qa.shelf import Shelf

if TYPE_CHECKING:
    from qa.composer import Composer, Endpoint

# Questions without a subject ("hvad blev besluttet?") that then ask for all that their filters leave.
_ASKS_FOR_ALL = (Intent.DECISION, Intent.FACT, Intent.LOOKUP)
_HITS = 8  # items found, where nobody says how many
_LONGEST, _MOST = 2000, 20  # characters of a question, and earlier questions, that are read
_WHOLE_MEETING = 60  # items; a long agenda has half as many
_LISTED = 2000  # items looked through for a list
_AT_ONCE = 2  # questions worked on; more only take the interpreter from one another, and all come late
_BEFORE = 200  # characters before a quote that tell it from another like it on the same page


@dataclass(frozen=True, slots=True)
class _View:
    """What is made of an archive once, for all questions until it changes."""

    fingerprint: str
    searcher: Searcher
    catalogue: Catalogue
    coverage: Coverage


class Assistant:
    """An open archive with its search. Safe to share between threads; close it, or use it in a `with` statement."""

    def __init__(
        self,
        archive: Archive,
        encoder: Encoder | None,
        reranker: Reranker | None = None,
        composer: Composer | None = None,
    ) -> None:
        # A question is too small to be shared out: threads of numpy's library of matrices would only wait for one
        # another, on the cores that other questions need.
        threadpool_limits(1, user_api="blas")
        self._archive, self._encoder, self._reranker, self._composer = archive, encoder, reranker, composer
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._view: _View | None = None
        self._shelf: tuple[str, Shelf] | None = None
        self._board = Board(archive)
        self._covered: tuple[str, tuple[CommitteeCoverage, ...]] = ("", ())  # for which fingerprint
        self._reader = SentenceReader(encoder) if encoder else None

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        model: str | None = None,
        rerank: str | None = None,
        compose: Endpoint | None = None,
    ) -> Self:
        """The assistant over the archive at `path`.

        `model` names the encoder; None means the one the archive's vectors were made by. If that cannot be had, search
        is by words alone and every answer says so. Raises `ArchiveMissing` and the other `ArchiveError`s;
        `WrongEncoder` for a model that did not make the archive's vectors, `EncoderUnavailable` for a named one that
        cannot be loaded. `rerank` names a cross-encoder that orders the first items anew; None for none.
        `compose` is where a language model is asked to word each answer, on top of it; None asks none.
        """
        archive = Archive.open(path)
        try:
            reranker = Reranker(rerank) if rerank else None
            return cls(archive, _encoder(archive, model), reranker, _composer(compose) if compose else None)
        except BaseException:
            archive.close()
            raise

    def close(self) -> None:
        """Give the archive back."""
        self._archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # Asking

    def ask(
        self,
        text: str,
        *,
        history: Sequence[str] = (),
        selection: Selection | None = None,
        today: date,
        language: Language | None = None,
        limit: int | None = None,
    ) -> Answer:
        """What the minutes say to `text`.

        `history` holds the earlier questions of the conversation, oldest first; `selection` confines the answer, on
        top of what the question itself says; `today` anchors "last year"; `language` overrides that of the question;
        `limit` is the most items found, None a few, or all of a meeting that is looked up.
        Civil registration numbers in the question are masked before anything is done with it.
        """
        begun = time.perf_counter()
        view = self._current()
        coverage = view.coverage
        earlier = [privacy.mask_cpr(each[:_LONGEST]) for each in history[-_MOST:]]
        text = privacy.mask_cpr(text[:_LONGEST])
        with self._turns:
            question = understand(text, view.catalogue, today=today, history=earlier, language=language)
            question = self._in_context(question, view, earlier, today)
            question = _confined(question, selection)
            found = self._answered(question, view, limit, today)
        notes = (*self._notes(found, view), *found.extract.notes)
        worded: tuple[Worded, ...] = ()
        if self._composer is not None and found.extract.claims:
            wording = self._composer.compose(found.question, found.extract.claims, found.entries)
            worded, notes = wording.worded, (*notes, *filter(None, [wording.note]))
        return Answer(
            question=found.question,
            is_answered=found.extract.is_answered,
            claims=found.extract.claims,
            abstention=found.extract.abstention,
            hits=tuple(_view(hit, entry) for hit, entry in zip(found.hits, found.entries, strict=True)),
            thread=threads.thread(self._archive, found.extract.lead) if found.extract.lead else (),
            coverage=coverage,
            notes=notes,
            elapsed_ms=round((time.perf_counter() - begun) * 1000, 1),
            attendance=found.extract.rolls,
            wording=worded,
            sought=found.sought,
        )

    def _answered(self, question: Question, view: _View, limit: int | None, today: date) -> Looked:
        """What was found for a question and what it says: of both matters where two are compared, of who was there, and
        where else the subject was treated when the question's filters left nothing."""

        def look(each: Question) -> Looked:
            return self._look(each, view, limit)

        loaded = texts.loaded(view.coverage, question.language)
        if (pair := comparing.pair(question)) and (both := comparing.both(question, pair, look)):
            return both
        if wish := lists.wanted(question):
            return self._listed(question, wish, view, today, loaded)
        found = look(question)
        if question.intent is Intent.ATTENDANCE:
            return presence.told(
                found, look, meetings=view.catalogue.meetings, source=self._source, today=today, loaded=loaded
            )
        return elsewhere.told(found, look, today=today, loaded=loaded)

    def _listed(self, question: Question, wish: Wanted, view: _View, today: date, loaded: str) -> Looked:
        """The answer to a question for a list; one that names no time or body is of the last year of meetings."""
        if question.period is not None and not question.period_is_held:
            return lists.of_no_meeting(question, loaded=loaded)
        if wish.waits:
            return lists.of_pending(question, self.all_pending(), kind=wish.kind, loaded=loaded)
        selection = question.selection
        if selection.is_everything:
            last = filters.last_held(view.catalogue.meetings, today=today)
            selection = replace(selection, since=last - timedelta(days=365) if last else None)
        nothing = view.searcher.query("", language=question.language)
        hits, entries = self._found(view.searcher, nothing, replace(question, selection=selection), _LISTED)
        return lists.of_items(question, hits, entries, wish=wish, loaded=loaded)

    def _look(self, question: Question, view: _View, limit: int | None) -> Looked:
        """Search for a question and read what was found."""
        searcher = view.searcher
        query = searcher.query(question.topic, language=question.language, asking=question.asking)
        if not query.has_subject and not question.selection.is_everything and question.intent in _ASKS_FOR_ALL:
            question = replace(question, intent=Intent.LOOKUP)
        is_whole = question.intent is Intent.LOOKUP or (question.intent is Intent.ATTENDANCE and not query.has_subject)
        most = limit or (_WHOLE_MEETING if is_whole else _HITS)
        find = self._reranked if self._reranker and query.has_subject else self._found
        hits, entries = find(searcher, query, question, most)
        found = answer.extract(
            question,
            entries,
            Ranker(question, query, self._reader, hits),
            loaded=texts.loaded(view.coverage, question.language),
        )
        return Looked(question, tuple(hits), entries, found, marking.sought(query))

    def _in_context(self, question: Question, view: _View, earlier: Sequence[str], today: date) -> Question:
        """The question itself; one that may be about a part of what was asked before, as the follow-up it is where the
        item found before speaks of that part."""
        before = previous(view.catalogue, today=today, history=earlier) if may_follow(question) else None
        if before is None or not (entries := self._look(before, view, 1).entries):
            return question
        if not item_terms(entries[0]).issuperset(danish.terms(word)[0] for word in subject_of(question)):
            return question
        return following(question, before, view.catalogue, today=today)

    def _notes(self, found: Looked, view: _View) -> tuple[str, ...]:
        """What has to be said of how it was found."""
        say, numbers = texts.of(found.question.language), found.question.selection.numbers
        there = {entry.item.number for entry in found.entries}
        missing = [each for each in numbers if each not in there] if there and len(numbers) > 1 else []
        notes = [say.lexical_only] if found.hits and not view.searcher.is_dense else []
        return (*notes, *([say.numbers_missing.format(numbers=filters.in_ranges(missing))] if missing else []))

    def _source(self, meeting: Meeting) -> str:
        """The file a meeting was read from; "" for one without items."""
        items = self._archive.items_of(meeting.key)
        entry = self._archive.item(items[0].key) if items else None
        return entry.source if entry else ""

    def _current(self) -> _View:
        """The archive as it is now, ready for questions: looked over again when something was ingested since."""
        with self._lock:
            now = self._archive.fingerprint()
            if self._view is None or self._view.fingerprint != now:
                searcher = Searcher(
                    self._archive, self._encoder, views.vectors(self._archive), views.words(self._archive)
                )
                meetings = self._archive.meetings()
                self._view = _View(now, searcher, Catalogue(meetings), self._coverage(meetings))
            return self._view

    def _found(
        self, searcher: Searcher, query: Query, question: Question, limit: int
    ) -> tuple[list[Hit], tuple[Entry, ...]]:
        """The hits and their items; without those that another process removed in this very moment."""
        hits = searcher.search(query, question.selection, limit=limit)
        entries = self._archive.entries(hit.item for hit in hits)
        there = {entry.item.key for entry in entries}
        return [hit for hit in hits if hit.item in there], entries

    def _reranked(
        self, searcher: Searcher, query: Query, question: Question, limit: int
    ) -> tuple[list[Hit], tuple[Entry, ...]]:
        assert self._reranker is not None
        hits, entries = self._found(searcher, query, question, max(limit, RERANKED))
        hits = self._reranker.order(question.topic, hits, entries)[:limit]
        by_key = {entry.item.key: entry for entry in entries}
        return hits, tuple(by_key[hit.item] for hit in hits)

    # Looking around

    def coverage(self) -> Coverage:
        """What is loaded."""
        return self._current().coverage

    def _coverage(self, meetings: Sequence[Meeting]) -> Coverage:
        return Coverage(
            meetings=len(meetings),
            items=self._archive.item_count(),
            committees=tuple(sorted({meeting.committee for meeting in meetings})),
            first=min((meeting.date for meeting in meetings), default=None),
            last=max((meeting.date for meeting in meetings), default=None),
        )

    def status(self) -> Status:
        """The archive in figures, with the files that could not be read."""
        counts = self._archive.counts()
        failed = [each for each in self._archive.documents() if each.state is DocumentState.FAILED]
        return Status(
            coverage=self.coverage(),
            passages=counts.passages,
            vectors=counts.vectors,
            encoder=self._archive.encoder(),
            failed=tuple((each.source, each.reason) for each in failed),
        )

    def committees_covered(self) -> tuple[CommitteeCoverage, ...]:
        """What is loaded of each committee, and the holes that show."""
        now = self._archive.fingerprint()
        if self._covered[0] != now:
            self._covered = (now, cover(self._archive))
        return self._covered[1]

    @property
    def path(self) -> Path:
        """Where the archive lies."""
        return self._archive.path

    def documents(self) -> tuple[DocumentRecord, ...]:
        """Every file the archive knows of."""
        return self._archive.documents()

    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings, by date and key."""
        return self._board.meetings()

    def meeting(self, key: str) -> Meeting | None:
        """The meeting with this key, an earlier version too."""
        return self._archive.meeting(key)

    def versions(self, key: str) -> tuple[Meeting, ...]:
        """The earlier versions of a meeting: the agenda it grew from, minutes that were corrected."""
        return self._archive.versions(key)

    def items(self, meeting_key: str) -> tuple[AgendaItem, ...]:
        """The items of a meeting, in their order."""
        return self._archive.items_of(meeting_key)

    def entry(self, item_key: str) -> Entry | None:
        """An item with its meeting and source."""
        return self._archive.item(item_key)

    def thread(self, item_key: str) -> tuple[ThreadStep, ...]:
        """The case an item belongs to, step by step; empty for one that stands alone."""
        entry = self._archive.item(item_key)
        return threads.thread(self._archive, entry) if entry else ()

    def referring(self, item_key: str) -> tuple[Entry, ...]:
        """The items that refer to this one, the oldest first."""
        found = self._archive.entries(self._archive.referring_to(item_key))
        return tuple(sorted(found, key=lambda each: (each.meeting.date, each.item.key)))

    def cases(self, case: str, municipality: str | None = None) -> tuple[Entry, ...]:
        """The cases that the key of an item or a case number can mean, each by its newest item; see `course.find`."""
        return course.find(self._archive, case, municipality)

    def course(self, item_key: str) -> Course | None:
        """The case of an item, step by step with what was decided; None when there is no such item."""
        entry = self._archive.item(item_key)
        return course.make(self._archive, entry) if entry else None

    def shelf(self) -> Shelf:
        """All that is loaded, for browsing; made once until the archive changes."""
        now = self._archive.fingerprint()
        known = self._shelf
        if known is None or known[0] != now:
            known = self._shelf = (now, shelf.of(self._archive.meetings(), self._archive.summaries()))
        return known[1]

    def bodies(self, committee: str | None = None, municipality: str | None = None) -> tuple[Body, ...]:
        """The loaded bodies that a name can mean, matched as loosely as in a question; all of them for None."""
        return committees.find(committee, municipality, committees.loaded(self.meetings()))

    def pending(
        self,
        committee: str | None = None,
        municipality: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> tuple[Pending, ...]:
        """What still waits by the minutes from `since` up to `until`: of the bodies a name can mean, or of all. Empty
        when nothing does, or no such body is loaded."""
        chosen = set(self.bodies(committee, municipality))
        meetings = [each for each in self._archive.meetings() if Body(each.municipality, each.committee) in chosen]
        return pending.find(self._archive, meetings, since=since, until=until)

    def all_pending(self) -> tuple[Pending, ...]:
        """All that waits, by municipality and body, the oldest first; looked through once for each state of the
        archive, some milliseconds a meeting."""
        return self._board.pending()

    def briefing(self, item_key: str) -> Briefing | None:
        """What to know of an item at the table, with its case; None for one that is not loaded."""
        entry = self._archive.item(item_key)
        return briefing.make(entry, self._board.cases()) if entry else None

    def digest(
        self,
        committee: str,
        municipality: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> tuple[Digest, ...]:
        """What was decided from `since` up to `until`, and what waits: a digest for each body the name can mean that
        has a meeting in the period. Empty when there is none."""
        chosen = self.bodies(committee, municipality)
        made = (digest.make(self._archive, body, since=since, until=until) for body in chosen)
        return tuple(each for each in made if each.meetings)

    def page(self, item_key: str, page: int, *, mark: Span | None = None) -> bytes | None:
        """A page of the item's source as a PNG image, with `mark` (a span of the item's text) marked on it.

        None when the item does not stand on that page, is closed or an earlier version, or its source is no longer
        where it was read from.
        Raises `Unreadable` when the file is there but cannot be drawn.
        """
        entry = self._archive.item(item_key)
        is_shown = entry is not None and not entry.item.is_closed and entry.meeting.replaced_by is None
        pages = entry.item.pages if entry and is_shown else None
        file = locate(entry.source, self._archive.path) if entry and pages and pages[0] <= page <= pages[1] else None
        if entry is None or file is None or not file.is_file():
            return None
        from qa.page_image import render

        text = entry.item.text
        quote = mark.of(text) if mark else ""
        return render(file, page, quote=quote, before=text[max(0, mark.start - _BEFORE) : mark.start] if mark else "")

    def fingerprint(self) -> str:
        """Changes whenever the archive does."""
        return self._archive.fingerprint()


def _encoder(archive: Archive, model: str | None) -> Encoder | None:
    own = archive.encoder()
    if model is not None:
        encoder = load(model)
        archive.require_encoder(encoder.identity)
        return encoder
    try:
        encoder = load(own.name if own else None, may_download=False)
    except EncoderUnavailable:
        return None
    is_same = own is None or (own.revision, own.dimension) == (encoder.identity.revision, encoder.identity.dimension)
    return encoder if is_same else None


def _composer(endpoint: Endpoint) -> Composer:
    from qa.composer import Composer

    return Composer(endpoint)


def _confined(question: Question, selection: Selection | None) -> Question:
    """The question within the reader's own filters; bodies it asks about beyond them count as not loaded."""
    if selection is None or selection.is_everything:
        return question
    confined, outside = filters.confined(question.selection, selection)
    return replace(question, selection=confined, unknown_bodies=(*question.unknown_bodies, *outside))


def _view(hit: Hit, entry: Entry) -> HitView:
    item = entry.item
    return HitView(
        hit=hit,
        meeting=entry.meeting,
        number=item.number,
        title=item.title,
        page=item.page_at(hit.passage.span.start),
        text=hit.passage.span.of(item.text),
    )
