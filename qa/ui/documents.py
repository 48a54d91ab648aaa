"""The page of documents: what is loaded and where it has holes, what failed and why; for editors, what to do then."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.holdings import DocumentRecord, DocumentState, EncoderIdentity
from qa import settings, texts
from qa.assistant import Assistant
from qa.model import Status
from qa.ui import coverage, editing, frame, login, naming, notices, reasons, words_documents
from qa.ui.address import Address
from qa.ui.literal import Html, show, tag
from qa.ui.words import Words
from qa.ui.words_documents import DocumentWords

_PER_PAGE = 50


def page(assistant: Assistant, address: Address, words: Words) -> None:
    """Show what the archive holds, and what may be done to it."""
    say = words_documents.of(words.language)
    frame.title(words.documents)
    status = assistant.status()
    names = {held.key: naming.meeting(held, words) for held in assistant.meetings()}
    listed: dict[DocumentState, list[DocumentRecord]] = {state: [] for state in DocumentState}
    for record in assistant.documents():
        listed[record.state].append(record)
    loaded, failed = listed[DocumentState.LOADED], listed[DocumentState.FAILED]
    editor = editing.editor(assistant.path, address, words)
    show(
        tag(
            "div",
            tag("h1", words.loaded_now),
            _figures(status, len(loaded), words),
            tag("p", texts.loaded(status.coverage, words.language)),
            class_="ps-page",
        )
    )
    _warnings(say)
    if editor:
        editor.removal(names)
        editor.jobs()
    if failed:
        rows = [_record(each, names, address, words) for each in _sheet(failed, 1)]
        if editor:
            show(tag("div", tag("h2", words.failed), tag("p", words.failed_advice, class_="ps-meta"), class_="ps-part"))
            editor.failures(failed[: len(rows)], rows, has_more=len(failed) > 1)
            show(_not_all(failed, words))
        else:
            show(_part(words.failed, words.failed_advice, _rows(rows), _not_all(failed, words)))
    if editor:
        editor.handing_in()
        editor.site()
    may_remove = editor is not None
    show(
        coverage.section(assistant.committees_covered(), words),
        _files(loaded, names, address, words, say, may_remove=may_remove),
        _list(words.behind, words.behind_why, listed[DocumentState.SUPERSEDED], names, address, words, may_remove),
        _model(status, words),
        None if editor else _adding(words),
    )
    login.account_line(words)
    frame.arrived(address, words, said=editor.said() if editor else "")


def empty(path: Path, address: Address, words: Words) -> None:
    """There is no archive yet: an editor may make one by handing in; for others, what to run."""
    editor = editing.editor(path, address, words)
    if editor is None:
        notices.empty(path, address, words)
        return
    frame.title(words.documents)
    show(tag("section", tag("h1", words.empty), class_="ps-page"))
    editor.jobs()
    editor.handing_in()
    editor.site()
    login.account_line(words)
    frame.arrived(address, words, said=editor.said())


def _warnings(say: DocumentWords) -> None:
    """Said to everybody: that others can reach the app, and that there is no login."""
    if login.is_local() or login.is_set_up():
        return
    chosen = settings.read(os.environ)
    is_closed = chosen.editing and not chosen.trusted_network
    show(
        tag(
            "div",
            tag("p", say.open_to_all),
            tag("p", say.closed_desk) if is_closed else None,
            class_="ps-warning",
            role="note",
        )
    )


def _figures(status: Status, files: int, words: Words) -> Html:
    figures = (
        (files, words.count_files),
        (status.coverage.meetings, words.count_meetings),
        (status.coverage.items, words.count_items),
        (status.passages, words.count_passages),
    )
    pairs = [tag("div", tag("dt", forms[number != 1]), tag("dd", number)) for number, forms in figures]
    return tag("dl", *pairs, class_="ps-figures")


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _files(
    loaded: Sequence[DocumentRecord],
    names: Mapping[str, str],
    address: Address,
    words: Words,
    say: DocumentWords,
    *,
    may_remove: bool,
) -> Html | None:
    """The files loaded, a sheet of them at a time."""
    if not loaded:
        return None
    last = -(-len(loaded) // _PER_PAGE)
    sheet = min(address.sheet or 1, last)
    first = (sheet - 1) * _PER_PAGE
    shown = _sheet(loaded, sheet)
    before, after = (replace(address, sheet=other).href for other in (sheet - 1, sheet + 1))
    turn = tag(
        "nav",
        tag("span", say.page_of.format(first=first + 1, last=first + len(shown), all=len(loaded)), class_="ps-meta"),
        tag("a", "‹ ", say.previous, href=before) if sheet > 1 else None,
        tag("a", say.following, " ›", href=after) if sheet < last else None,
        class_="ps-turn",
        aria_label=words.files,
    )
    rows = [_record(each, names, address, words, may_remove=may_remove) for each in shown]
    return _part(words.files, "", _rows(rows), turn if last > 1 else None)


def _sheet(records: Sequence[DocumentRecord], sheet: int) -> Sequence[DocumentRecord]:
    return records[(sheet - 1) * _PER_PAGE : sheet * _PER_PAGE]


def _list(
    heading: str,
    advice: str,
    records: Sequence[DocumentRecord],
    names: Mapping[str, str],
    address: Address,
    words: Words,
    may_remove: bool,
) -> Html | None:
    rows = [_record(each, names, address, words, may_remove=may_remove) for each in _sheet(records, 1)]
    return _part(heading, advice, _rows(rows), _not_all(records, words)) if rows else None


def _not_all(records: Sequence[DocumentRecord], words: Words) -> Html | None:
    """That only the first of the files are listed, where that is so."""
    if len(records) <= _PER_PAGE:
        return None
    say = words_documents.of(words.language)
    return tag("p", say.page_of.format(first=1, last=_PER_PAGE, all=len(records)), class_="ps-meta")


def _part(heading: str, advice: str, *content: Html | None) -> Html:
    text = tag("p", advice, class_="ps-meta") if advice else None
    return tag("section", tag("h2", heading), text, *content, class_="ps-part ps-apart")


def _rows(rows: Sequence[Html]) -> Html:
    return tag("ul", *(tag("li", row) for row in rows), class_="ps-list")


def _record(
    record: DocumentRecord, names: Mapping[str, str], address: Address, words: Words, *, may_remove: bool = False
) -> Html:
    """A file: its name, its meeting if it has one, and why it failed if it did."""
    facts = [words.kinds[record.kind]] if record.kind else []
    facts += [naming.counted(record.page_count, words.count_pages)] if record.is_paged and record.page_count else []
    name = names.get(record.meeting or "")
    meeting = tag("a", name, href=address.to_meeting(record.meeting).href) if record.meeting and name else None
    return tag(
        "div",
        tag("span", record.source, class_="ps-source"),
        tag("span", meeting, " · " if meeting and facts else None, " · ".join(facts), class_="ps-meta")
        if meeting or facts
        else None,
        tag("span", reasons.told(record.source, record.reason, words.language)) if record.reason else None,
        editing.removal_link(record.source, address, words) if may_remove else None,
        class_="ps-file",
    )


# ── the model, and the way to add more ───────────────────────────────────────────────────────────────────────────────


def _model(status: Status, words: Words) -> Html:
    model = status.encoder
    missing = status.passages - status.vectors
    left = tag("p", words.incomplete_model.format(missing=missing), class_="ps-meta") if model and missing else None
    return _part(words.model, "", tag("p", _named(model, words) if model else words.no_model), left)


def _named(model: EncoderIdentity, words: Words) -> str:
    return f"{model.name} · {words.dimensions.format(number=model.dimension)}"


def _adding(words: Words) -> Html:
    return _part(words.add, "", notices.command(notices.ADD_OWN), tag("p", words.add_how))
