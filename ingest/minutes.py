"""Read one meeting: out of the clean text of its minutes, or out of the outline that a structured source gives."""

from __future__ import annotations

from dataclasses import replace

from ingest import characters, decisions, front_page, item_starts, items, privacy
from ingest.errors import NotMinutes
from ingest.model import AgendaItem, Attendee, Meeting, Minutes, Span
from ingest.normalise import Text
from ingest.outline import Block, Outline, OutlinedItem


def parse(text: Text, *, municipality: str | None = None) -> Minutes:
    """The meeting in `text` with its items. `municipality` overrides the name found in the text.

    Raises `NotMinutes` when there is no date, no body or no agenda item; the message says which.
    """
    starts = item_starts.find(text.text)
    if not starts:
        raise NotMinutes("no agenda item was recognised (for example a line “Punkt 3: …”)")
    meeting = front_page.read(text.text, starts[0].offset, municipality)
    setting = decisions.Setting(meeting.committee, meeting.date, meeting.kind)
    read: list[AgendaItem] = []
    closed = item_starts.is_closed_before(text.text[: starts[0].offset])
    taken: set[str] = set()
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        end = following.offset if following else len(text.text)
        end, closed_after = item_starts.group_heads(text.text, start.offset, end, closed)
        span = Span(start.offset, end)
        item = items.read(text, span, start.number, meeting, setting, in_closed_group=closed, form=start.form)
        closed = closed_after
        read.append(items.with_own_key(item, taken))
    return Minutes(meeting, tuple(read))


def compose(outline: Outline, *, municipality: str | None = None) -> Minutes:
    """The meeting that a structured source gives. `municipality` overrides the name in it.

    Raises `NotMinutes` when it has no agenda item.
    """
    if not outline.items:
        raise NotMinutes(f"{outline.committee}, {outline.date}: the source lists no agenda items")
    told = _clean(outline.municipality or "")
    committee = _clean(outline.committee)
    name = municipality or told or front_page.municipality_of(committee, _all_words(outline))
    meeting = Meeting(
        key=front_page.key(name, committee, outline.date, is_supplement=outline.is_supplement),
        municipality=name,
        committee=committee,
        date=outline.date,
        start=outline.start,
        place=_clean(outline.place or "") or None,
        kind=outline.kind,
        attendance=tuple(Attendee(_clean(each.name), each.is_absent, _clean(each.note)) for each in outline.attendance),
        link=_without_person(outline.link),
        is_supplement=outline.is_supplement,
    )
    setting = decisions.Setting(committee, outline.date, outline.kind)
    taken: set[str] = set()
    read = [
        items.with_own_key(items.compose(each, each.number or str(place), meeting, setting), taken)
        for place, each in enumerate(map(_cleaned, outline.items), start=1)
    ]
    return Minutes(meeting, tuple(read))


def _cleaned(item: OutlinedItem) -> OutlinedItem:
    """The item's words in plain characters, with civil registration numbers masked."""
    return replace(
        item,
        number=_clean(item.number),
        title=_clean(item.title),
        case_number=_clean(item.case_number or "") or None,
        blocks=tuple(
            Block(words, block.is_heading) for block in item.blocks if (words := _clean(block.text)) or block.is_heading
        ),
        attachments=tuple(name for each in item.attachments if (name := _clean(each))),
        absent=tuple(name for each in item.absent if (name := _clean(each))),
        link=_without_person(item.link),
    )


def _without_person(link: str | None) -> str | None:
    """The address; None for one with a number of a person in it, which would lead nowhere if that were masked."""
    return link if link and privacy.mask_cpr(link) == link else None


def _clean(words: str) -> str:
    return privacy.mask_cpr(characters.plain_line(words))


def _all_words(outline: Outline) -> str:
    """The place and the open words of a meeting, to find whose it is."""
    open_items = (item for item in outline.items if not item.is_closed)
    texts = (words for item in open_items for words in (item.title, *(block.text for block in item.blocks)))
    return "\n".join((outline.place or "", *texts))
