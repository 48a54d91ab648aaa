"""The text of one item → the item: title, case number, sections, recommendation, decisions, references, attachments."""

from __future__ import annotations

from dataclasses import replace

from ingest import (
    attachments,
    attendance,
    decisions,
    front_page,
    item_forms,
    mentions,
    points,
    privacy,
    published,
    recommendations,
    sections,
    titles,
)
from ingest.headings import Heading
from ingest.item_forms import ItemForm
from ingest.model import AgendaItem, Decision, Meeting, PageBreak, Recommendation, Section, SectionKind, Span
from ingest.normalise import Text
from ingest.outline import Block, OutlinedItem


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
    heading = f"Punkt {number}: {outlined.title}".rstrip() + "\n"
    heading += f"{outlined.case_number}\n" if outlined.case_number else ""
    is_closed = outlined.is_closed or privacy.is_closed(outlined.title)
    named = () if is_closed else _attachment_blocks(outlined)
    # Of a closed item its paragraphs stand apart, for `published` to tell the decision from what follows it.
    blocks = tuple(_apart(each) for each in outlined.blocks) if is_closed else outlined.blocks
    words, parts = sections.lay_out(heading, blocks, named, setting)
    if is_closed:
        decided = published.find(words, heading_end=len(heading), setting=setting)
        words = heading + "".join(span.of(words) for span in decided)
        parts = sections.find(words, heading_end=len(heading), is_set=False, is_closed=True, setting=setting)
    item = AgendaItem(
        key=f"{meeting.key}/{front_page.slug(number) or number}",
        number=number,
        title=outlined.title,
        case_number=outlined.case_number,
        text=words,
        is_closed=is_closed,
        page_breaks=(),
        sections=(),
        link=outlined.link,
    )
    item = _with_parts(item, parts, len(heading), setting)
    item = replace(item, absent=outlined.absent or item.absent)
    return item if is_closed else replace(item, attachments=outlined.attachments or item.attachments)


def _apart(block: Block) -> Block:
    return block if block.is_heading or not block.text else replace(block, text=f"{block.text}\n")


def _attachment_blocks(outlined: OutlinedItem) -> tuple[Block, ...]:
    """The names of the attachments as a section of the text, where the source has them so."""
    if not outlined.attachments or not outlined.attachments_heading:
        return ()
    return (Block(outlined.attachments_heading, is_heading=True), *map(Block, outlined.attachments))


def _with_parts(
    item: AgendaItem,
    parts: tuple[tuple[Section, Heading | None], ...],
    heading_end: int,
    setting: decisions.Setting,
) -> AgendaItem:
    """The item with its sections and all that is read out of them."""
    words, found = item.text, tuple(section for section, _ in parts)
    lines = tuple(
        line
        for each in found
        if each.kind is SectionKind.RECOMMENDATION
        for line in recommendations.find(words, each.body)
    )
    return replace(
        item,
        sections=found,
        recommendations=lines,
        decisions=tuple(_tied(each, lines) for each in decisions.find(words, parts, setting)),
        references=mentions.find(words, heading_end, found, held=setting.held, committee=setting.committee),
        attachments=tuple(
            name
            for each in found
            if each.kind is SectionKind.ATTACHMENTS
            for name in attachments.names(each.body.of(words))
        ),
        absent=_absent(words, found),
    )


def _tied(decision: Decision, lines: tuple[Recommendation, ...]) -> Decision:
    """The decision with each of its points tied to the recommendation lines it decides."""
    tied = tuple(
        replace(point, lines=tuple(line.span for line in points.lines_of(point.number, lines)))
        for point in decision.points
    )
    return replace(decision, points=tied)


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
