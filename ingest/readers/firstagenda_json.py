"""FirstAgenda's JSON of one agenda or referat (`/api/agenda/dagsorden/…`) → its meeting.

Field names are read in any case, and by the names of the vendor's other interface too (`agendaItems`, `presentations`,
`itemDecision`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from ingest import headings, municipalities, privacy
from ingest.errors import NotMinutes
from ingest.model import Attendee
from ingest.outline import Block, Outline, OutlinedItem
from ingest.readers import firstagenda, record
from ingest.readers.record import Record

_ITEMS = ("dagsordenpunkter", "agendaitems")
_LISTS = ("dagsordner", "moeder", "udvalg")  # lists of meetings and bodies, without what was said at them
_SYNC = "it lists meetings and holds none; `python -m ingest sync ADDRESS-OF-THE-SITE` fetches what it lists"


def recognises(content: bytes) -> bool:
    """True for JSON that names a field of FirstAgenda's."""
    return record.opens(content) and record.names(content, *_ITEMS, "committeename", *_LISTS)


def outlines(content: bytes) -> tuple[Outline, ...]:
    """The meeting in the answer, or those in a list of answers. Raises `Unreadable` for damaged JSON, `NotMinutes` for
    the interface's other answers, with what to do."""
    answers = record.parse(content)
    agendas = [each for each in answers if each.has(*_ITEMS, "items")]
    if not agendas:
        raise NotMinutes(f"an answer of FirstAgenda's that is no meeting: {_SYNC}")
    return tuple(_outline(each) for each in agendas)


def _outline(agenda: Record) -> Outline:
    meeting, committee = agenda.record("moede", "meeting", "agenda"), agenda.record("udvalg", "committee")
    place = next(filter(None, (each.words("sted", "meetinglocation", "location") for each in (meeting, agenda))), "")
    name = " ".join(filter(None, (each.words("navn", "name") for each in (meeting, agenda))))
    told = [each.claim("afsluttet", "minutesofmeeting") for each in (meeting, agenda)]
    held, start = _when(meeting, agenda)
    items = _in_order(agenda.records(*_ITEMS, "items"))
    site = firstagenda.site(field.words("link") for item in items for field in item.records("felter", "fields"))
    guid = next(
        filter(None, (*(_id(each) for each in (agenda, meeting)), *(item.words("agendauid") for item in items))), ""
    )
    return Outline(
        municipality=municipalities.of_host(site.host),
        committee=_committee(agenda, committee),
        date=held,
        start=start,
        place=place or None,
        kind=firstagenda.kind(name, True if True in told else None),
        is_supplement=any(
            each.claim("issupplementaryagenda", "tillaegsdagsorden") or False for each in (agenda, meeting)
        )
        or firstagenda.is_supplement(name),
        attendance=tuple(_attendees(meeting, agenda)),
        items=tuple(_item(each, site, guid, is_closed=privacy.is_closed_meeting(name)) for each in items),
        link=site.meeting(guid),
    )


def _committee(agenda: Record, committee: Record) -> str:
    name = committee.words("navn", "name") or agenda.words("committeename", "udvalg", "committee")
    if not name:
        raise NotMinutes("the answer names no committee (`Udvalg`); fetch it anew")
    return name


def _when(*places: Record) -> tuple[date, time | None]:
    """The day and hour of the meeting. The fields named Utc hold local time with its offset; only where one is really
    in UTC is it turned into the local one."""
    for place in places:
        if told := place.words("dato", "meetingbeginutc", "meetingbeginfromutc", "date"):
            try:
                moment = datetime.fromisoformat(told)
            except ValueError as fault:
                raise NotMinutes(f"the meeting's date {told[:40]!r} is none; fetch the answer anew") from fault
            if told[-1:] in "Zz" and moment.year > 1:
                moment = moment.astimezone(ZoneInfo("Europe/Copenhagen"))
            return moment.date(), moment.time().replace(microsecond=0) if len(told) > 10 else None
    raise NotMinutes("the answer has no date (`Moede.Dato`); fetch it anew")


def _in_order(items: tuple[Record, ...]) -> list[Record]:
    """The items as they are sorted, where every one of them says how."""
    places = [item.words("sorting", "order") for item in items]
    if not all(place.isdecimal() for place in places):
        return list(items)
    return [item for _, item in sorted(zip(map(int, places), items, strict=True), key=lambda pair: pair[0])]


def _id(place: Record) -> str:
    guid = place.words("id", "agendauid", "uid")
    return guid if guid.strip("0-") else ""


def _attendees(*places: Record) -> Iterator[Attendee]:
    for place in places:
        for each in place.records("moededeltagere", "meetingattendees", "attendees"):
            if name := each.words("name", "navn"):
                is_cancelled = bool(each.claim("participationcancelled"))
                is_absent = is_cancelled or bool(each.claim("absent"))
                yield Attendee(name, is_absent, "afbud" if is_cancelled else "")


def _item(item: Record, site: firstagenda.Site, meeting: str, *, is_closed: bool) -> OutlinedItem:
    """One item; `is_closed` says that of the meeting as a whole, for items that do not say it themselves."""
    is_open = item.claim("isopen", "ispublic")
    is_unclear = is_open is None and item.words("isopen", "ispublic") != ""
    attachments = (*item.records("bilag"), *item.records("documents", "enclosures"))
    names = (each.words("navn", "title", "name") for each in attachments)
    return OutlinedItem(
        number=item.words("punktnummer", "number").rstrip("."),
        title=item.words("navn", "caption", "title"),
        case_number=item.words("sagsnummer", "casenumber") or None,
        is_closed=is_unclear or (is_closed if is_open is None else not is_open),
        blocks=tuple(_blocks(item)),
        attachments=tuple(dict.fromkeys(filter(None, names))),
        attachments_heading="Bilag",  # as the name of the field, and on the site's own page
        absent=tuple(attendee.name for attendee in _absent(item)),
        link=site.item(meeting, item.words("id", "uid")),
    )


def _absent(item: Record) -> Iterator[Attendee]:
    for each in item.records("externalagendaitemattendees", "attendees"):
        if (name := each.words("name", "navn")) and (each.claim("absent") or each.claim("participationcancelled")):
            yield Attendee(name, is_absent=True)


def _blocks(item: Record) -> Iterator[Block]:
    """The item's text: its fields or presentations, each under its own name where it has one, then its decision, if
    that is not in them already. Where the text has headings that no markup shows, names are not marked either: then
    all are told by their words."""
    parts = [(part.words("navn", "title"), _body(part)) for part in _parts(item)]
    texts = [block.text for _, blocks in parts for block in blocks]
    is_marked = not any(map(headings.section, texts)) or any(
        block.is_heading for _, blocks in parts for block in blocks
    )
    has_text = False
    for name, blocks in parts:
        if blocks and not blocks[0].is_heading and (name or has_text):
            yield Block(name, is_heading=is_marked)
        yield from blocks
        has_text = has_text or bool(blocks)
    for decision in map(_body, item.records("itemdecision", "decision")):
        if decision and not all(block.text in texts for block in decision):
            yield from () if decision[0].is_heading else (Block("Beslutning", is_heading=is_marked),)
            yield from decision


def _parts(item: Record) -> list[Record]:
    parts = (*item.records("felter", "fields"), *item.records("presentations"))
    return sorted(parts, key=lambda part: int(order) if (order := part.words("order")).isdecimal() else 0)


def _body(part: Record) -> tuple[Block, ...]:
    return firstagenda.body(part.words("html", "content", "text", "tekst"))
