"""A meeting → a PDF as three systems make it: FirstAgenda, eDoc, and Acadre or SBSYS.

FirstAgenda: a title page, a contents list with leaders, every item on a page of its own. eDoc: five lines of running
head on every page, which cut items in two; attachments before the Indstilling; a line for the absent after every
decision, mostly empty; a run of NULs for author. Acadre: a running head from the second page, "1 of 5" in a corner, two
columns of members, words broken at line ends, ligatures, attachments as a table.
"""

from __future__ import annotations

from tests import typeset
from tests.example.facts import NOTICE, Kind, Meeting
from tests.example.houses import ACADRE_PDF, EDOC_PDF, FIRSTAGENDA_PDF
from tests.example.press import Press, Set
from tests.example.rendered import Rendered, day, head, weekday
from tests.example.sheets import Block, Printed, Sheet, sheets

NAMES = {Kind.REFERAT: "Referat", Kind.DAGSORDEN: "Dagsorden", Kind.TILLAEG: "Tillægsdagsorden"}


# ── FirstAgenda ──────────────────────────────────────────────────────────────────────────────────────────────────────


def firstagenda(meeting: Meeting) -> Rendered:
    """The export of FirstAgenda, set by `tests/typeset.py`."""
    held = sheets(meeting, FIRSTAGENDA_PDF)
    text = "\n\n".join([*head(meeting), *(_typed(sheet) for sheet in held)])
    headings = frozenset(block.heading for sheet in held for block in sheet.blocks)
    return Rendered(typeset.pdf(text, headings=headings, notice=NOTICE), typeset.item_pages(text, headings=headings))


def _typed(sheet: Sheet) -> str:
    lines = [f"Punkt {sheet.number}: {sheet.title}", sheet.case_number]
    for block in sheet.blocks:
        lines.append(block.heading)
        if block.part == "bilag":
            lines.append("\n".join(line.text for line in block.lines))
        else:
            lines += [_dashed(line) for line in block.lines]
    return "\n\n".join(lines)


def _dashed(line: Printed) -> str:
    return " ".join(line.cells) if line.cells else line.whole.replace("• ", "- ", 1)


# ── eDoc ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def edoc(meeting: Meeting) -> Rendered:
    """The PDF of an eDoc case system."""
    held = sheets(meeting, EDOC_PDF)
    state = "referat" if meeting.kind is Kind.REFERAT else "dagsorden"
    opened = "Åbent referat" if state == "referat" else "Åben dagsorden"
    press = Press(84.7, 540.0, 641.0, 78.0, size=10.1)
    _edoc_front(press, meeting, opened)
    press.turn()
    starts, pages = _edoc_items(held, state)
    _edoc_contents(press, held, starts, opened, state)
    body, spans = pages
    press.pages += body.pages

    def furniture(number: int, _: int) -> list[Set]:
        lines = (meeting.committee, NAMES[meeting.kind], opened, f"Dato: {meeting.date:%d.%m.%Y}", f"Side {number}")
        return [
            Set(line, 400.0, 750.0 - 10 * place - (12 if place else 0), 7.9, not place)
            for place, line in enumerate(lines)
        ]

    return Rendered(press.pdf(furniture, title=f"{meeting.slug}.DOCX", author="\0" * 60), spans)


def _edoc_front(press: Press, meeting: Meeting, opened: str) -> None:
    press.skip(100)
    press.line(NAMES[meeting.kind], bold=True, size=24.0, indent=160)
    press.skip(30)
    press.line(meeting.committee, bold=True, size=11.0, indent=90)
    press.line(f"{weekday(meeting)} den {day(meeting)}, kl. {meeting.start:%H:%M}", bold=True, size=11.0, indent=90)
    press.line(f"i {meeting.place}", bold=True, size=11.0, indent=90)
    press.skip(14)
    press.line(opened, bold=True, size=11.0, indent=160)
    if meeting.kind is not Kind.REFERAT:
        return
    for title, is_absent in (("Tilstede", False), ("Afbud/Fraværende", True)):
        press.skip(24)
        press.line(title, bold=True)
        for member in meeting.members:
            if member.is_absent is is_absent:
                press.line(f"{member.name} ({member.party})" + (f" - {member.note}" if member.note else ""))
    press.skip(24)
    press.line("Sekretær", bold=True)
    press.line("Dorthe Vangsgaard")


def _edoc_items(held: tuple[Sheet, ...], state: str) -> tuple[list[int], tuple[Press, tuple[tuple[int, int], ...]]]:
    """The items on pages of their own, which come after the first two."""
    press = Press(84.7, 540.0, 641.0, 78.0, size=10.1)
    spans: list[tuple[int, int]] = []
    for place, sheet in enumerate(held):
        if sheet.item.is_closed and not (place and held[place - 1].item.is_closed):
            press.skip(24)
            press.line(f"Lukket {state}" if state == "referat" else "Lukket dagsorden", bold=True)
        press.skip(36)
        first = press.line(f"{sheet.number}. {sheet.title}", bold=True, size=11.0)
        press.skip(14)
        press.line(f"Sagsnr.: {sheet.case_number}")
        press.line(f"Dok.nr.: {sheet.item.id.int % 900000 + 100000}")
        last = press.page
        for block in sheet.blocks:
            _edoc_block(press, block)
            last = press.page if sheet.shows(block) else last
        spans.append((first + 2, last + 2))
    return [first for first, _ in spans], (press, tuple(spans))


def _edoc_block(press: Press, block: Block) -> None:
    press.skip(12.2)
    press.line(block.heading, bold=block.part not in ("beslutning", "tidligere", "fravær"))
    above: Printed | None = None
    for line in block.lines:
        if above is not None and not (above.mark or above.cells) and block.part != "bilag":
            press.skip(12.2)
        _print(press, line)
        above = line


def _print(press: Press, line: Printed, *, widths: tuple[float, ...] = (0.0, 170.0, 300.0)) -> None:
    if line.cells:
        press.columns(line.cells, widths[: len(line.cells)])
    else:
        press.line(line.text, mark=line.mark, indent=18.0 * (line.level + 1) if line.mark else 0.0)


def _edoc_contents(press: Press, held: tuple[Sheet, ...], starts: list[int], opened: str, state: str) -> None:
    press.line("INDHOLDSFORTEGNELSE", bold=True)
    press.skip(12.2)
    press.line(opened, bold=True)
    for sheet, start in zip(held, starts, strict=True):
        if not sheet.item.is_closed:
            press.line(f"{sheet.number}. {sheet.title} {start}")
    press.skip(24)
    press.line(f"Lukket {state}", bold=True)


# ── Acadre ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def acadre(meeting: Meeting) -> Rendered:
    """The PDF of Acadre or SBSYS."""
    held = sheets(meeting, ACADRE_PDF)
    press = Press(70.8, 525.0, 725.0, 85.0, size=10.1, leading=11.5)
    _acadre_front(press, meeting)
    press.turn()
    body = Press(70.8, 525.0, 725.0, 85.0, size=10.1, leading=11.5, breaks_words=True)
    spans = tuple(_acadre_item(body, sheet) for sheet in held)
    _acadre_contents(press, held, [first for first, _ in spans])
    press.pages += body.pages

    def furniture(number: int, count: int) -> list[Set]:
        corner = [Set(f"{number} of {count}", 550.0, 827.6, 10.0, bold=False)]
        if number == 1:
            return corner
        return [
            Set(f"{NAMES[meeting.kind]} For {meeting.committee}", 213.0, 802.0, 10.1, bold=False),
            Set(f"{day(meeting)} - kl. {meeting.start:%H:%M}", 213.0, 790.8, 10.1, bold=False),
            Set(f"Side {number - 1}", 498.0, 779.0, 10.1, bold=False),
            *corner,
        ]

    return Rendered(press.pdf(furniture, title=meeting.slug, author="Dorthe Vangsgaard"), spans)


def _acadre_front(press: Press, meeting: Meeting) -> None:
    press.line(NAMES[meeting.kind], bold=True, size=36.0)
    press.line(meeting.committee, size=24.0)
    press.skip(20)
    for line in (f"{weekday(meeting).capitalize()} den {day(meeting)}", f"Kl. {meeting.start:%H:%M}", meeting.place):
        press.line(line, size=16.1)
    press.skip(30)
    press.line("Medlemmer", bold=True, size=16.1)
    names = [
        f"{each.name} ({each.party})" + (f", {each.note}" if each.note and not each.is_absent else "")
        for each in meeting.members
    ]
    half = (len(names) + 1) // 2
    for left, right in zip(names[:half], [*names[half:], ""], strict=False):
        press.columns((left, right) if right else (left,), (0.0, 227.0)[: 1 + bool(right)])
    press.skip(20)
    press.line("Fraværende", bold=True, size=16.1)
    for each in meeting.members:
        if each.is_absent:
            press.line(f"{each.name} ({each.party})" + (f", {each.note}" if each.note else ""))


def _acadre_item(press: Press, sheet: Sheet) -> tuple[int, int]:
    """One item; its first and last page, counting the two before the items."""
    press.skip(30)
    first = press.line(f"{sheet.number}. {sheet.title}", bold=True, size=13.9)
    press.columns(("Sagsnr.:", sheet.case_number), (0.0, 115.0))
    last = press.page
    for block in sheet.blocks:
        _acadre_block(press, block)
        last = press.page if sheet.shows(block) else last
    return first + 2, last + 2


def _acadre_block(press: Press, block: Block) -> None:
    if block.is_run_in:
        press.columns((f"{block.heading}:", block.lines[0].text), (0.0, 115.0))
        return
    press.skip(8)
    press.line(block.heading, bold=True)
    widths = (0.0, 30.0, 70.0, 380.0) if block.part == "bilag" else (0.0, 170.0, 300.0)
    for place, line in enumerate(block.lines):
        if place and not (line.mark or line.cells) and block.part != "fravær":
            press.skip(11.5)
        _print(press, _ligated(line), widths=widths)


def _ligated(line: Printed) -> Printed:
    """The letters f and i as one, as some type is set."""
    return Printed(line.text.replace("fi", "ﬁ").replace("fl", "ﬂ"), line.mark, line.level, line.cells, line.is_heading)


def _acadre_contents(press: Press, held: tuple[Sheet, ...], starts: list[int]) -> None:
    press.line("Indholdsfortegnelse", bold=True)
    press.columns(("Punkt nr.", "Side"), (0.0, 430.0))
    for sheet, start in zip(held, starts, strict=True):
        entry = f"{sheet.number}. {sheet.title} "
        press.line((entry if len(entry) < 60 else entry[:60]) + "." * max(6, 84 - len(entry)) + str(start - 1))
