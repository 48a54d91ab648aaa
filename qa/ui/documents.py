"""The page of documents: what is loaded, how much, by which model; what failed and why; how to add more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.holdings import DocumentRecord, DocumentState, EncoderIdentity
from qa import texts
from qa.assistant import Assistant
from qa.model import Status
from qa.ui import frame, naming, notices
from qa.ui.address import Address
from qa.ui.literal import Html, show, tag
from qa.ui.words import Words


def page(assistant: Assistant, address: Address, words: Words) -> None:
    """Show what the archive holds."""
    frame.title(words.documents)
    status = assistant.status()
    names = {held.key: naming.meeting(held, words) for held in assistant.meetings()}
    listed: dict[DocumentState, list[Html]] = {state: [] for state in DocumentState}
    for record in assistant.documents():
        listed[record.state].append(_record(record, names, address, words))
    loaded = listed[DocumentState.LOADED]
    show(
        tag(
            "article",
            tag("h1", words.loaded_now),
            _figures(status, len(loaded), words),
            tag("p", texts.loaded(status.coverage, words.language)),
            _list(words.failed, words.failed_advice, listed[DocumentState.FAILED]),
            _list(words.files, "", loaded),
            _list(words.behind, words.behind_why, listed[DocumentState.SUPERSEDED]),
            _model(status, words),
            _adding(words),
            class_="ps-page",
        )
    )
    frame.arrived(address, words)


def _figures(status: Status, files: int, words: Words) -> Html:
    figures = (
        (files, words.count_files),
        (status.coverage.meetings, words.count_meetings),
        (status.coverage.items, words.count_items),
        (status.passages, words.count_passages),
    )
    pairs = [tag("div", tag("dt", forms[number != 1]), tag("dd", number)) for number, forms in figures]
    return tag("dl", *pairs, class_="ps-figures")


def _list(heading: str, advice: str, entries: Sequence[Html]) -> Html | None:
    if not entries:
        return None
    return tag(
        "section",
        tag("h2", heading),
        tag("p", advice, class_="ps-meta") if advice else None,
        tag("ul", *entries, class_="ps-list"),
        class_="ps-part",
    )


def _record(record: DocumentRecord, names: Mapping[str, str], address: Address, words: Words) -> Html:
    """A file: its name, its meeting if it has one, and why it failed if it did."""
    facts = [words.kinds[record.kind]] if record.kind else []
    facts += [naming.counted(record.page_count, words.count_pages)] if record.is_paged and record.page_count else []
    name = names.get(record.meeting or "")
    meeting = tag("a", name, href=address.to_meeting(record.meeting).href) if record.meeting and name else None
    return tag(
        "li",
        tag("span", record.source, class_="ps-source"),
        tag("span", meeting, " · " if meeting and facts else None, " · ".join(facts), class_="ps-meta")
        if meeting or facts
        else None,
        tag("span", record.reason) if record.reason else None,
    )


def _model(status: Status, words: Words) -> Html:
    model = status.encoder
    missing = status.passages - status.vectors
    return tag(
        "section",
        tag("h2", words.model),
        tag("p", _named(model, words) if model else words.no_model),
        tag("p", words.incomplete_model.format(missing=missing), class_="ps-meta") if model and missing else None,
        class_="ps-part",
    )


def _named(model: EncoderIdentity, words: Words) -> str:
    return f"{model.name} · {words.dimensions.format(number=model.dimension)}"


def _adding(words: Words) -> Html:
    return tag(
        "section", tag("h2", words.add), notices.command(notices.ADD_OWN), tag("p", words.add_how), class_="ps-part"
    )
