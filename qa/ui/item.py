"""One item in its place: its whole text with the quote marked, beside the page of the source with the quote boxed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from ingest.errors import SourceError
from ingest.holdings import Entry
from ingest.model import AgendaItem, Reference, Section, SectionKind, Span
from qa import threads
from qa.assistant import Assistant
from qa.citation import cite
from qa.ui import frame, hand, naming, notices, thread, words_browse, words_hand, words_mode
from qa.ui.address import MEETING_MODE, Address
from qa.ui.literal import Child, Html, marked, outward, show, tag
from qa.ui.words import Words

_LIST_MARK = re.compile(r"[-•–]\s|\d{1,2}[.)]\s|[a-z][.)]\s")


def page(assistant: Assistant, address: Address, words: Words) -> None:
    """Show the item in the address, at the quote in it."""
    entry = assistant.entry(address.item)
    if entry is None:
        notices.missing(address, words, words.no_item)
        return
    frame.title(entry.item.title)
    quoted = _quoted(entry.item, address.span)
    sheet = _sheet(entry, quoted, address.sheet)
    show(_head(assistant, entry, address, words, quoted, is_wide=sheet is not None))
    if sheet is None:
        has_none = not entry.item.is_closed and entry.item.pages is None
        show(_text(entry, quoted, words), tag("p", words.no_pages, class_="ps-meta") if has_none else None)
        show(_around(assistant, entry, address, words))
    else:
        beside, picture = st.columns([6, 5], gap="large")
        with beside:
            show(_text(entry, quoted, words))
            show(_around(assistant, entry, address, words))
        with picture, st.container(key="sheet"):
            show(_turn(entry, address, words, sheet))
            _picture(assistant, entry, words, quoted, sheet)
    hand.mount()
    frame.arrived(address, words)


def _quoted(item: AgendaItem, span: Span | None) -> Span | None:
    """The span, if there is text there; the address may name any."""
    return span if span and span.end <= len(item.text) else None


def _sheet(entry: Entry, quoted: Span | None, wanted: int | None) -> int | None:
    """Which page of the source to show: the one asked for, else the quote's, else the item's first. Of an earlier
    version none: its file may have been replaced."""
    item = entry.item
    if item.pages is None or item.is_closed or entry.meeting.replaced_by is not None:
        return None
    first, last = item.pages
    if wanted is not None and first <= wanted <= last:
        return wanted
    return item.page_at(quoted.start) if quoted else first


# ── head ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _head(
    assistant: Assistant, entry: Entry, address: Address, words: Words, quoted: Span | None, *, is_wide: bool
) -> Html:
    item, meeting = entry.item, entry.meeting
    facts: list[Child] = [words.item.format(number=item.number).capitalize()]
    if item.case_number:
        case = naming.case(item.case_number, words)
        facts += [" · ", case if meeting.replaced_by else tag("a", case, href=address.to_case(item.key).href)]
    return tag(
        "header",
        _back(address, words),
        _neighbours(assistant, entry, address, words),
        tag("h1", item.title, lang="da"),
        tag(
            "p",
            naming.badge(threads.outcome_of(item, meeting.kind), words),
            tag("span", tag("a", naming.meeting(meeting, words), href=address.to_meeting(meeting.key).href)),
            tag("span", *facts),
            class_="ps-line",
        ),
        _citation(entry, words, quoted),
        tag("p", words.closed, class_="ps-meta") if item.is_closed else None,
        _current(assistant, entry, address, words),
        tag("p", words.quote_here, class_="ps-meta") if quoted else None,
        tag("a", words.see_page, " ↓", href="#kilde", class_="ps-narrow")
        if item.pages and not item.is_closed
        else None,
        class_="ps-item-head ps-wide" if is_wide else "ps-item-head",
    )


def _citation(entry: Entry, words: Words, quoted: Span | None) -> Html | None:
    """The formal citation of the quote, or of the item, to take along."""
    if not entry.item.text:
        return None
    cited = cite(entry, quoted or Span(0, len(entry.item.text)))
    label = words_hand.of(words.language).copy
    return tag("div", hand.copier(cited, words, label=label, key="c"), class_="ps-acts")


def _current(assistant: Assistant, entry: Entry, address: Address, words: Words) -> Html | None:
    """From an earlier version to the one that stands: to the same item there, else to the meeting."""
    current = entry.meeting.replaced_by
    if current is None:
        return None
    same = assistant.entry(f"{current}/{entry.item.number.lower()}")
    to = address.to_item(same.item.key) if same else address.to_meeting(current)
    return tag("p", tag("a", words.earlier_version, href=to.href), class_="ps-meta")


def _back(address: Address, words: Words) -> Html | None:
    """The way back to the answer the item was found by, or to the meeting it was looked up in."""
    if address.meeting:
        text, there = words_mode.of(words.language).back, replace(address, page=MEETING_MODE, span=None, sheet=None)
        return tag("a", "← ", text, href=there.href, class_="ps-back", data_keys="Escape", data_does=text)
    if not address.question:
        return None
    text = words.back_to_answer
    return tag("a", "← ", text, href=address.to_answer().href, class_="ps-back", data_keys="Escape", data_does=text)


def _neighbours(assistant: Assistant, entry: Entry, address: Address, words: Words) -> Html | None:
    keys = [each.key for each in assistant.items(entry.meeting.key)]
    at = keys.index(entry.item.key) if entry.item.key in keys else None
    if at is None or len(keys) < 2:
        return None
    before, after = keys[at - 1] if at else None, keys[at + 1] if at + 1 < len(keys) else None
    return tag(
        "nav",
        _neighbour(words.previous_item, "k ArrowLeft", address.to_item(before), "prev") if before else None,
        _neighbour(words.next_item, "j ArrowRight", address.to_item(after), "next") if after else None,
        class_="ps-turn",
        aria_label=words.neighbours,
    )


def _neighbour(text: str, key: str, there: Address, rel: str) -> Html:
    signs = ("‹ ", "") if rel == "prev" else ("", " ›")
    return tag("a", signs[0], text, signs[1], href=there.href, rel=rel, data_keys=key, data_does=text)


# ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(entry: Entry, quoted: Span | None, words: Words) -> Html:
    """The sections of the item; of the first, which repeats title and case number, only what stands beside them."""
    sections = [_section(entry.item, section, quoted, words) for section in entry.item.sections]
    return tag("article", *sections, class_="ps-item", lang="da", aria_label=words.item_text)


def _section(item: AgendaItem, section: Section, quoted: Span | None, words: Words) -> Html | None:
    lines = list(_lines(item.text, section.body))
    if not section.heading:
        lines = [line for line in lines if not _is_heading(item, line) or (quoted and _meet(line, quoted))]
    heading = marked(item.text, _heading_span(section), quoted) if section.heading else None
    if not lines and heading is None:
        return None
    kind = section.kind if section.kind is SectionKind.DECISION else "plain" if not section.heading else "other"
    return tag(
        "section",
        tag("h2", heading) if heading else tag("h2", words.unheaded, class_="ps-unseen"),
        tag("div", *(_line(item.text, line, quoted) for line in lines)) if lines else None,
        class_=f"ps-section ps-section-{kind}",
    )


def _heading_span(section: Section) -> Span:
    return Span(section.span.start, section.span.start + len(section.heading))


def _is_heading(item: AgendaItem, line: Span) -> bool:
    """True for the lines that say again what stands above: the title and the case number."""
    text = line.of(item.text)
    return text == item.case_number or text.endswith(item.title)


def _lines(text: str, body: Span) -> Iterator[Span]:
    for match in re.finditer(r"[^\n]*\S[^\n]*", body.of(text)):
        yield Span(*match.span()).shifted(body.start)


def _line(text: str, line: Span, quoted: Span | None) -> Html:
    is_listed = _LIST_MARK.match(line.of(text)) is not None
    return tag("p", marked(text, line, quoted), class_="ps-listed" if is_listed else None)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


# ── what belongs to it ───────────────────────────────────────────────────────────────────────────────────────────────


def _around(assistant: Assistant, entry: Entry, address: Address, words: Words) -> Html:
    item = entry.item
    is_listed = any(section.kind is SectionKind.ATTACHMENTS for section in item.sections)  # then the text names them
    attachments = [] if is_listed else [tag("li", name, lang="da") for name in item.attachments]
    references = [_reference(entry, each, address, words) for each in item.references]
    referring = thread.referring(assistant.referring(item.key), address, words)
    return tag(
        "div",
        _part(words.attachments, attachments),
        _part(words.references, references),
        _part(words_browse.of(words.language).referring, referring),
        thread.section(assistant.thread(item.key), address, words, here=item.key),
        tag("p", words.source, ": ", tag("span", entry.source, class_="ps-source"), class_="ps-meta"),
        _on_site(item, words),
        class_="ps-answer",
    )


def _on_site(item: AgendaItem, words: Words) -> Html | None:
    """The way to the item at the publication site."""
    link = outward(words.on_site, item.link)
    return tag("p", link, class_="ps-meta") if link else None


def _part(heading: str, entries: list[Html]) -> Html | None:
    if not entries:
        return None
    return tag("section", tag("h2", heading), tag("ul", *entries, class_="ps-list"), class_="ps-part")


def _reference(entry: Entry, reference: Reference, address: Address, words: Words) -> Html:
    """An earlier item the text mentions: a link where it is loaded, and the words that mention it."""
    parts = [reference.committee or entry.meeting.committee]
    parts += [naming.day(reference.date, words)] if reference.date else []
    parts += [words.item.format(number=reference.number)] if reference.number else []
    parts += [words.case.format(number=reference.case_number)] if reference.case_number else []
    name = ", ".join(parts)
    mention, place = reference.span.of(entry.item.text), address.to_item(entry.item.key, reference.span).href
    return tag(
        "li",
        tag("a", name, href=address.to_item(reference.target).href, class_="ps-title")
        if reference.target
        else tag("span", name, " ", tag("span", words.not_loaded, class_="ps-missing-word")),
        tag("a", tag("span", mention, lang="da", class_="ps-mention"), href=place, class_="ps-quoted"),
    )


# ── the page of the source ───────────────────────────────────────────────────────────────────────────────────────────


def _turn(entry: Entry, address: Address, words: Words, sheet: int) -> Html:
    """Which page it is, and the ways to the item's other pages."""
    first, last = entry.item.pages or (sheet, sheet)
    before, after = replace(address, sheet=sheet - 1).href, replace(address, sheet=sheet + 1).href
    place = [naming.meeting(entry.meeting, words), words.item.format(number=entry.item.number)]
    return tag(
        "div",
        _back(address, words),
        tag("h2", ", ".join([*place, words.page.format(page=sheet)])),
        tag("a", "‹ ", words.previous_page, href=before) if sheet > first else None,
        tag("a", words.next_page, " ›", href=after) if sheet < last else None,
        class_="ps-sheet",
        id="kilde",
    )


def _picture(assistant: Assistant, entry: Entry, words: Words, quoted: Span | None, sheet: int) -> None:
    try:
        image = assistant.page(entry.item.key, sheet, mark=quoted)
    except SourceError:
        image = None
    if image is None:
        show(tag("p", words.no_page, class_="ps-meta"))
        return
    st.image(image, width="stretch", alt=words.page_image.format(page=sheet, source=entry.source))
