"""Read one meeting out of the clean text of its minutes: heading, agenda items, and what each item is made of."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from ingest import dates, decisions, headings, municipalities, privacy, recommendations, references, sections, titles
from ingest.errors import NotMinutes
from ingest.model import AgendaItem, Meeting, MeetingKind, Minutes, PageBreak, Section, SectionKind, Span
from ingest.normalise import Text

_HEAD_LIMIT = 4000  # characters; what stands above the first item and further down is a contents list
_SURE_LINES = 4  # a title and its case number never take more
_REFERAT = re.compile(
    r"^\W*(?:åbent |lukket )?(?P<kind>referat|dagsorden|tillægsdagsorden|beslutningsprotokol|protokol)\b"
    r"(?:\s+(?:for\s+|fra\s+)?(?P<body>\S.*?))?(?:\s*,?\s+(?:d\.|den)\s.*|\s*,?\s+\d.*)?$",
    re.IGNORECASE,
)
_BODY_LINE = re.compile(
    r"^(?:[\w&,-]+ ){0,8}?\w*"
    r"(?:udvalg(?:et)?|byråd(?:et)?|bestyrelsen?|rådet|nævnet|magistraten|repræsentationen)\b[\w ,&()-]*$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:Mødested|Sted|Lokale)\s*:?\s+(?P<place>\S.*)$|(?:^|\d,? )i (?P<room>[A-ZÆØÅ]\S.*)$", re.MULTILINE
)
_MEETING_DAY = re.compile(r"^\W*(mødedato|mødedag|dato)\b|\b(referat|dagsorden)\b", re.IGNORECASE)
_OTHER_DAY = re.compile(
    r"\b(udskrevet|udskrift|offentliggjort|publiceret|godkendt|underskrevet|revideret)\b", re.IGNORECASE
)
_AGENDA = re.compile(r"\b\w*dagsorden\b|\bmødeindkaldelse\b", re.IGNORECASE)
_ITEM_ON_AGENDA = re.compile(r"\bgodkendelse af\b", re.IGNORECASE)  # a line of a contents list, not the document's name
_MINUTES = re.compile(r"\b\w*(referat|protokol)\w*\b|\bbeslutning", re.IGNORECASE)
_CONTENTS = re.compile(r"^\W*indholdsfortegnelse\W*$", re.IGNORECASE | re.MULTILINE)
_ADJECTIVE = re.compile(r"^(fra |af |for )?(det )?(ekstraordinær|ordinær)\w*\b", re.IGNORECASE)
_SLUG = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@dataclass(frozen=True, slots=True)
class _Start:
    """Where an item begins: its heading's offset, number and title as far as the first line gives it."""

    offset: int
    number: str
    is_sure: bool  # a case number or a section heading follows, so it is no contents line and no running text


def parse(text: Text, *, municipality: str | None = None) -> Minutes:
    """The meeting in `text` with its items. `municipality` overrides the name found in the text.

    Raises `NotMinutes` when there is no date, no body or no agenda item; the message says which.
    """
    starts = _starts(text.text)
    if not starts:
        raise NotMinutes("no agenda item was recognised (for example a line “Punkt 3: …”)")
    meeting = _meeting(text.text, starts[0].offset, municipality)
    setting = decisions.Setting(meeting.committee, meeting.date, meeting.kind)
    items, closed = [], _is_closed_before(text.text[: starts[0].offset])
    taken: set[str] = set()
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        end = following.offset if following else len(text.text)
        end, closed_after = _group_heads(text.text, start.offset, end, closed)
        item = _item(text, Span(start.offset, end), start.number, meeting, setting, in_closed_group=closed)
        closed = closed_after
        items.append(_with_own_key(item, taken))
    return Minutes(meeting, tuple(items))


def slug(name: str) -> str:
    """`name` as keys write it: lower case, Danish letters spelled out, everything else a hyphen."""
    folded = unicodedata.normalize("NFKD", name.lower().translate(_SLUG)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


# ── the heading of the document ──────────────────────────────────────────────────────────────────────────────────────


def _meeting(text: str, first_item: int, municipality: str | None) -> Meeting:
    head = text[: min(first_item, _HEAD_LIMIT)]
    contents = _CONTENTS.search(head)
    head = head[: contents.start()] if contents else head
    held = _held(head)
    if held is None:
        raise NotMinutes("no date was found above the first agenda item")
    kind, committee = _kind_and_committee(head)
    if not committee:
        raise NotMinutes("no committee was found above the first agenda item")
    name = municipality or municipalities.of_body(committee) or municipalities.named(head) or municipalities.named(text)
    name = name or ""
    place = _PLACE.search(head)
    return Meeting(
        key=f"{slug(name) or 'ukendt'}/{slug(committee) or 'ukendt'}/{held.isoformat()}",
        municipality=name,
        committee=committee,
        date=held,
        start=dates.clock(head),
        place=(place["place"] or place["room"]).strip() if place else None,
        kind=kind,
    )


def _held(head: str) -> date | None:
    """The day of the meeting: that of the line that says so or of the title, never of one on printing or approval."""
    lines = [line for line in head.split("\n") if not _OTHER_DAY.search(line)]
    marked = [line for line in lines if _MEETING_DAY.search(line)]
    return next((day for line in (*marked, *lines) if (day := dates.first(line))), None)


def _kind_and_committee(head: str) -> tuple[MeetingKind, str]:
    """What the document is and whose. The body stands on the line that says "Referat", or on a line of its own."""
    kind, committee = MeetingKind.REFERAT, ""
    lines = [line.strip() for line in head.split("\n") if line.strip()]
    is_found = False
    for line in lines:
        if not is_found and (match := _REFERAT.match(line)):
            is_agenda = match["kind"].lower().endswith("dagsorden")
            kind, is_found = (MeetingKind.DAGSORDEN if is_agenda else MeetingKind.REFERAT), True
            if match["body"] and not dates.first(match["body"]):
                committee = _body(match["body"].strip(" :"))
    if not _MINUTES.search(head) and any(_AGENDA.search(line) and not _ITEM_ON_AGENDA.search(line) for line in lines):
        kind = MeetingKind.DAGSORDEN
    if not committee:
        committee = next((line for line in lines if _BODY_LINE.match(line) and not dates.first(line)), "")
    return kind, re.sub(r"\s*\([A-ZÆØÅ]{2,6}\)\s*$", "", committee)


def _body(named: str) -> str:
    """The body in what follows "Referat": "af møde i Teknisk Udvalg" names one; "ekstraordinært møde" none."""
    match = re.search(r"\bmødet?\b(?:\s+i\s+(?P<body>\S.*))?", named, re.IGNORECASE)
    if match is None:
        return named
    if match["body"]:
        return match["body"]
    return "" if _ADJECTIVE.match(named) else named[: match.start()].rstrip(" ,")


# ── where items begin ────────────────────────────────────────────────────────────────────────────────────────────────


def _starts(text: str) -> list[_Start]:
    """The item headings, by the first form of the table that fits the document."""
    for form in headings.ITEM_FORMS:
        found = [
            _Start(match.start(), match["number"], _is_sure(text, match.end(), needs_case=form.needs_case))
            for match in re.finditer(form.pattern.pattern, text, re.MULTILINE)
        ]
        found = [start for start in found if start.is_sure or not form.needs_case]
        if found:
            return _believable(found)
    return []


def _is_sure(text: str, offset: int, *, needs_case: bool) -> bool:
    lines = [line for line in text[offset : offset + 600].split("\n")[1:] if line.strip()][:_SURE_LINES]
    for line in lines:
        if any(form.pattern.match(line) for form in headings.ITEM_FORMS):
            return False
        if headings.case_line(line) or (not needs_case and headings.section(line)):
            return True
    return False


def _believable(found: list[_Start]) -> list[_Start]:
    """Without contents lines and sentences that happen to begin like a heading.

    A sure heading is believed. Another only where no sure one has its number and it stands in the order of numbers.
    """
    sure = {start.number for start in found if start.is_sure}
    kept: list[_Start] = []
    for index, start in enumerate(found):
        if not start.is_sure and sure:
            before = int(re.sub(r"\D", "", kept[-1].number)) if kept else 0
            after = next((int(re.sub(r"\D", "", each.number)) for each in found[index + 1 :] if each.is_sure), None)
            number = int(re.sub(r"\D", "", start.number))
            if start.number in sure or not before < number or (after is not None and number >= after):
                continue
        kept.append(start)
    return kept


def _group_heads(text: str, start: int, end: int, closed: bool) -> tuple[int, bool]:
    """Where an item ends before a group heading ("Lukkede sager"), and whether items after it are closed.

    Fails closed: one that opens must stand right above the next item, since "Åben" may also be a cell of a table.
    """
    cut = end
    for match in re.finditer(r"^[^\n]+$", text[start:end], re.MULTILINE):
        if privacy.closes(match[0]):
            cut, closed = min(cut, start + match.start()), True
        elif privacy.opens(match[0]) and not text[start + match.end() : end].strip():
            cut, closed = min(cut, start + match.start()), False
    return cut, closed


def _is_closed_before(head: str) -> bool:
    """True when the whole document is closed. A contents list that names both parts says nothing."""
    lines = head.split("\n")
    return any(privacy.closes(line) for line in lines) and not any(privacy.opens(line) for line in lines)


# ── one item ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _item(
    text: Text, span: Span, number: str, meeting: Meeting, setting: decisions.Setting, *, in_closed_group: bool
) -> AgendaItem:
    words = span.of(text.text).rstrip() + "\n"
    breaks = _breaks(text.page_breaks, span)
    head = titles.read(words, is_set=bool(text.page_breaks))
    is_closed = in_closed_group or privacy.is_closed(head.text) or headings.is_closed_item(words.split("\n", 1)[0])
    if is_closed:
        stub = "".join(line.of(words) for line in head.stub)
        published = sections.published(words, heading_end=head.end, setting=setting)
        words, breaks = _kept(words, breaks, (*head.stub, *published))
        head = titles.read(stub, is_set=True)
    parts = sections.find(
        words, heading_end=head.end, is_set=bool(text.page_breaks), is_closed=is_closed, setting=setting
    )
    found = tuple(section for section, _ in parts)
    return AgendaItem(
        key=f"{meeting.key}/{number.lower()}",
        number=number,
        title=head.text,
        case_number=head.case_number,
        text=words,
        is_closed=is_closed,
        page_breaks=breaks,
        sections=found,
        recommendations=tuple(
            line
            for each in found
            if each.kind is SectionKind.RECOMMENDATION
            for line in recommendations.find(words, each.body)
        ),
        decisions=decisions.find(words, parts, setting),
        references=references.find(words, head.end, found, held=meeting.date, committee=meeting.committee),
        attachments=_attachments(words, found),
    )


def _attachments(words: str, found: tuple[Section, ...]) -> tuple[str, ...]:
    bodies = (each.body.of(words) for each in found if each.kind is SectionKind.ATTACHMENTS)
    lines = (line.strip() for body in bodies for line in body.split("\n"))
    return tuple(line for line in lines if (line and headings.section(line) is None) or line.startswith("Indstilling"))


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


def _with_own_key(item: AgendaItem, taken: set[str]) -> AgendaItem:
    """The item under a key no other item of the meeting has: a number that occurs twice gets a suffix."""
    from dataclasses import replace

    key, count = item.key, 1
    while key in taken:
        count += 1
        key = f"{item.key}-{count}"
    taken.add(key)
    return item if key == item.key else replace(item, key=key)
