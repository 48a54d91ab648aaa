"""The text of one item → the item: title, case number, sections, recommendation, decisions, references, attachments."""

from __future__ import annotations

from dataclasses import replace

from ingest import (
    attachments,
    attendance,
    decisions,
    item_forms,
    mentions,
    privacy,
    published,
    recommendations,
    sections,
    titles,
)
from ingest.headings import Heading
from ingest.item_forms import ItemForm
from ingest.model import AgendaItem, Meeting, PageBreak, Section, SectionKind, Span
from ingest.normalise import Text
from ingest.outline import Block, OutlinedItem

_ATTACHMENTS = Block("Bilag", is_heading=True)


def read(
    text: Text,
    span: Span,
    number: str,
    meeting: Meeting,
    setting: decisions.Setting,
    *,
    in_closed_group: bool,
    form: ItemForm = item_forms.PUNKT,
) -> AgendaItem:
    """The item that stands at `span` of the clean text of a whole document, headed in `form`."""
    words = span.of(text.text).rstrip() + "\n"
    breaks = _breaks(text.page_breaks, span)
    head = titles.read(words, is_set=bool(text.page_breaks), form=form)
    is_closed = in_closed_group or privacy.is_closed(head.text) or item_forms.is_closed_item(words.split("\n", 1)[0])
    if is_closed:
        stub = "".join(line.of(words) for line in head.stub)
        decided = published.find(words, heading_end=head.end, setting=setting)
        words, breaks = _kept(words, breaks, (*head.stub, *decided))
        head = titles.read(stub, is_set=True, form=form)
    parts = sections.find(
        words, heading_end=head.end, is_set=bool(text.page_breaks), is_closed=is_closed, setting=setting
    )
    item = AgendaItem(
        key=f"{meeting.key}/{number.lower()}",
        number=number,
        title=head.text,
        case_number=head.case_number,
        text=words,
        is_closed=is_closed,
        page_breaks=breaks,
        sections=(),
    )
    return _with_parts(item, parts, head.end, setting)


def compose(outlined: OutlinedItem, number: str, meeting: Meeting, setting: decisions.Setting) -> AgendaItem:
    """The item that a structured source gives, whose words are clean and masked."""
    heading = f"Punkt {number}: {outlined.title}\n" + (f"{outlined.case_number}\n" if outlined.case_number else "")
    names = [Block(name) for name in outlined.attachments]
    blocks = (*outlined.blocks, *((_ATTACHMENTS, *names) if names else ()))
    words, parts = sections.lay_out(heading, blocks, setting)
    if outlined.is_closed or privacy.is_closed(outlined.title):
        whole = Span(0, len(words))
        item = read(Text(words, ()), whole, number, meeting, setting, in_closed_group=True)
        return replace(item, title=outlined.title, case_number=outlined.case_number, link=outlined.link)
    item = AgendaItem(
        key=f"{meeting.key}/{number.lower()}",
        number=number,
        title=outlined.title,
        case_number=outlined.case_number,
        text=words,
        is_closed=False,
        page_breaks=(),
        sections=(),
        link=outlined.link,
    )
    item = _with_parts(item, parts, len(heading), setting)
    return replace(item, absent=outlined.absent or item.absent, attachments=outlined.attachments or item.attachments)


def _with_parts(
    item: AgendaItem,
    parts: tuple[tuple[Section, Heading | None], ...],
    heading_end: int,
    setting: decisions.Setting,
) -> AgendaItem:
    """The item with its sections and all that is read out of them."""
    words, found = item.text, tuple(section for section, _ in parts)
    return replace(
        item,
        sections=found,
        recommendations=tuple(
            line
            for each in found
            if each.kind is SectionKind.RECOMMENDATION
            for line in recommendations.find(words, each.body)
        ),
        decisions=decisions.find(words, parts, setting),
        references=mentions.find(words, heading_end, found, held=setting.held, committee=setting.committee),
        attachments=tuple(
            name
            for each in found
            if each.kind is SectionKind.ATTACHMENTS
            for name in attachments.names(each.body.of(words))
        ),
        absent=_absent(words, found),
    )


def _absent(words: str, found: tuple[Section, ...]) -> tuple[str, ...]:
    """Those who took no part in this item, each once: what stands with an earlier decision is of that meeting."""
    names: list[str] = []
    is_earlier = False
    for section in found:
        if section.kind is not SectionKind.ATTENDANCE:
            is_earlier = section.kind in (SectionKind.EARLIER_DECISION, SectionKind.HISTORY)
        if not is_earlier and section.kind in (SectionKind.DECISION, SectionKind.ATTENDANCE):
            names += attendance.of_item(section.span.of(words))
    return tuple(dict.fromkeys(names))


def _breaks(breaks: tuple[PageBreak, ...], span: Span) -> tuple[PageBreak, ...]:
    """The page breaks within `span`, counted from its start; the first says which page it starts on."""
    if not breaks:
        return ()
    opening = [each for each in breaks if each.offset <= span.start][-1:] or [breaks[0]]
    inside = [PageBreak(each.offset - span.start, each.page) for each in breaks if span.start < each.offset < span.end]
    return (PageBreak(0, opening[0].page), *inside)


def _kept(words: str, breaks: tuple[PageBreak, ...], spans: tuple[Span, ...]) -> tuple[str, tuple[PageBreak, ...]]:
    """The text of `spans` alone, with the pages they stand on."""
    text, kept = "", []
    for span in spans:
        kept += [PageBreak(len(text) + each.offset, each.page) for each in _breaks(breaks, span)]
        text += span.of(words)
    pages = [
        each for before, each in zip([None, *kept], kept, strict=False) if before is None or before.page != each.page
    ]
    return text, tuple(pages)


def with_own_key(item: AgendaItem, taken: set[str]) -> AgendaItem:
    """The item under a key no other item of the meeting has: a number that occurs twice gets a suffix."""
    key, count = item.key, 1
    while key in taken:
        count += 1
        key = f"{item.key}-{count}"
    taken.add(key)
    return item if key == item.key else replace(item, key=key)
