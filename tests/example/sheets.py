"""An item in a house → its sheet: lines under headings, in the order that house prints them.

The sheet is the one form between the facts and every file, and what `expected` is read off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.example import diary
from tests.example.facts import Advice, Earlier, Item, Kind, Line, LineKind, Meeting, identity
from tests.example.houses import HEADINGS, House
from tests.example.houses import Earlier as Quoting

ROUTING = ("DIR TMU BSU KFU ØKE BYR", "X")  # Kildemose's offices; the X stands under one of them


@dataclass(frozen=True, slots=True)
class Printed:
    """One line as printed: `mark` is its list mark ("1.", "A)", "-"), "" for none; `level` how deep it stands."""

    text: str
    mark: str = ""
    level: int = 0
    cells: tuple[str, ...] = ()
    is_heading: bool = False

    @property
    def whole(self) -> str:
        """Mark and text."""
        return f"{self.mark} {self.text}" if self.mark else self.text


@dataclass(frozen=True, slots=True)
class Block:
    """One section as printed. `is_run_in`: its only line stands on the line of the heading."""

    part: str
    kind: str
    heading: str
    lines: tuple[Printed, ...]
    is_run_in: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One item as printed: title as the house writes it, then blocks."""

    item: Item
    number: str
    title: str
    case_number: str
    blocks: tuple[Block, ...]

    def block(self, part: str) -> Block | None:
        """The first block of a part; None when the item has none."""
        return next((each for each in self.blocks if each.part == part), None)

    def shows(self, block: Block) -> bool:
        """True unless the block must stay closed: of a closed item only the decision may be shown."""
        return not self.item.is_closed or block.part == "beslutning"


def sheet(item: Item, meeting: Meeting, house: House) -> Sheet:
    """The item as `house` prints it."""
    title = house.closed.format(title=item.title) if item.is_closed else item.title
    blocks = tuple(block for part in house.order for block in _blocks(part, item, meeting, house))
    return Sheet(item, item.number, title, item.case_number, blocks)


def sheets(meeting: Meeting, house: House) -> tuple[Sheet, ...]:
    """All items of a meeting, in order."""
    return tuple(sheet(item, meeting, house) for item in meeting.items)


def _blocks(part: str, item: Item, meeting: Meeting, house: House) -> Iterator[Block]:
    match part:
        case "kommunikation":
            yield Block(part, "other", "Kommunikation", tuple(map(Printed, (*ROUTING, "Sagsbehandler: -"))))
        case "indstilling" if item.recommendation:
            yield _block(part, house, tuple(_recommended(item, house)))
        case "tidligere" if item.earlier:
            yield from _quoted(item.earlier, house)
        case "beslutning":
            yield from _decided(item, meeting, house)
        case "fravær" if meeting.kind is Kind.REFERAT and (item.absent or house.shows_absence):
            yield _block(part, house, tuple(map(Printed, item.absent)))
        case "kompetence":
            yield Block(
                part,
                "competence",
                house.headings.get(part, HEADINGS[part][1]),
                (Printed(item.competence),),
                house.is_run_in,
            )
        case "bilag" if item.attachments:
            yield _block(part, house, tuple(_attachments(item, meeting, house)))
        case _:
            yield from (
                _block(part, house, tuple(map(_printed, each.lines))) for each in item.sections if each.part == part
            )


def _block(part: str, house: House, lines: tuple[Printed, ...]) -> Block:
    kind, heading = HEADINGS[part]
    return Block(part, kind, house.headings.get(part, heading), lines)


def _attachments(item: Item, meeting: Meeting, house: House) -> Iterator[Printed]:
    for count, name in enumerate(item.attachments, start=1):
        number, year = identity(item.name, name).int % 90000 + 10000, meeting.date.year
        fields = {"count": count, "name": name, "document": f"{year}-{number}", "record": f"{number}/{year % 100}"}
        cells = tuple(form.format(**fields) for form in house.attachment)
        yield Printed(" ".join(cells), cells=cells if len(cells) > 1 else ())


def _printed(line: Line) -> Printed:
    match line.kind:
        case LineKind.BULLET:
            return Printed(line.text, "•", 1)
        case LineKind.ROW:
            return Printed(line.text, cells=line.cells)
        case LineKind.SUBHEADING:
            return Printed(line.text, is_heading=True)
        case _:
            return Printed(line.text)


def _recommended(item: Item, house: House) -> Iterator[Printed]:
    if item.recommendation is None:
        return
    if not item.recommendation.proposer:
        yield from (Printed(each.text) for each in item.recommendation.lines)
        return
    yield Printed(house.proposes.format(proposer=item.recommendation.proposer))
    yield from _advised(item.recommendation.lines, house, 0)


def _advised(lines: tuple[Advice, ...], house: House, level: int) -> Iterator[Printed]:
    for count, each in enumerate(lines):
        mark, at = mark_of(house, level, count)
        yield Printed(at + each.text, mark, level)
        yield from _advised(each.children, house, level + 1)


def mark_of(house: House, level: int, count: int) -> tuple[str, str]:
    """The mark of a recommendation line, and the "at " that belongs to its text."""
    form = house.marks[level]
    mark, _, at = form.rpartition(" ") if form.endswith("at") else (form, "", "")
    mark = mark.replace("1", str(count + 1)).replace("A)", f"{chr(65 + count)})").replace("A.", f"{chr(65 + count)}.")
    mark = mark.replace("a.", f"{chr(97 + count)}.") if form.startswith("a.") else mark
    return mark, f"{at} " if at else ""


def _quoted(earlier: tuple[Earlier, ...], house: House) -> Iterator[Block]:
    kind, _ = HEADINGS["tidligere"]
    match house.earlier:
        case Quoting.HEADED:
            for each in earlier:
                lines = tuple(map(Printed, each.decision.paragraphs))
                yield Block("tidligere", kind, _heading(house.earlier_heading, each), lines)
        case Quoting.BLOCKS:
            lines = tuple(line for each in earlier for line in _history(each))
            yield Block("tidligere", "history", house.headings["tidligere"], lines)
        case Quoting.OVERVIEW:
            lines = tuple(
                line
                for each in earlier
                for line in (
                    Printed(_heading(house.earlier_heading, each), is_heading=True),
                    *map(Printed, each.decision.paragraphs),
                )
            )
            yield Block("tidligere", kind, house.headings["tidligere"], lines)


def _history(each: Earlier) -> Iterator[Printed]:
    yield Printed(f"Udvalg: {each.committee}")
    yield Printed(f"Dato: {each.date:%d-%m-%Y}")
    yield Printed(f"Punktnummer: {each.number}")
    yield from map(Printed, each.decision.paragraphs)


def _decided(item: Item, meeting: Meeting, house: House) -> Iterator[Block]:
    if item.decision is None:
        return
    here = Earlier(meeting.committee, meeting.date, item.number, item.decision)
    heading, lines = _heading(house.own, here), tuple(map(Printed, item.decision.paragraphs))
    if house.earlier is Quoting.OVERVIEW:
        heading, lines = HEADINGS["beslutning"][1], (Printed(heading, is_heading=True), *lines)
    yield Block("beslutning", "decision", heading, lines)


def _heading(form: str, each: Earlier) -> str:
    return form.format(
        body=each.committee,
        bodys=f"{each.committee}s",
        date=each.date,
        day=diary.danish_date(each.date),
        number=each.number,
    )
