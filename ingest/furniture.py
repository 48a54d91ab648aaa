"""What stands on a page and belongs to no item: running heads and feet, contents lists, unfilled templates, buttons."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median_low

from ingest import case_numbers, headings, item_forms
from ingest.item_forms import Evidence

_HEAD_LINES, _FOOT_LINES = 8, 4
_HEAD_SHARE, _HEAD_PAGES, _FEW_PAGES = 0.6, 3, 2  # pages that share a running line: two where it has a figure
_LEADER = re.compile(r"(?<!\.)\.{4,}+ ?\|? ?\d++ ?\|?$")  # ends a line of a contents list
_PAGE_NUMBER = re.compile(r"\W*(?:side\s*)?(?P<page>\d{1,4})(?:\s*(?:of|af|/)\s*(?P<of>\d{1,4}))?\W*$", re.IGNORECASE)
# What a template asks for and nobody filled in.
_TEMPLATE = re.compile(r"\[(?:skriv|indsæt|udfyld|angiv|tilføj|beskriv|tekst)\b[^\[\]]{0,80}\]\W*$", re.IGNORECASE)
# Buttons and notices of the sites that publish minutes, as whole lines of a saved page.
_BUTTONS = frozenset(
    " ".join(name.split())
    for name in """
    til toppen; udskriv; udskriv siden; fold alle ud; fold alle ind; fold ud; fold ind; del siden; læs op; kopier link;
    gå til indhold; spring til indhold; gå til hovedindhold; tilbage til oversigten; accepter cookies; accepter alle;
    afvis alle; kun nødvendige; åbn i nyt vindue; hent pdf; download pdf; vis mere; vis mindre; næste punkt;
    forrige punkt""".split(";")
)
_NOTICE = re.compile(
    r"(?:du er her|vi bruger cookies|denne hjemmeside bruger cookies|dette website bruger cookies)\b", re.IGNORECASE
)


def is_contents(lines: list[str], place: int) -> bool:
    """True for a line of a contents list: dots lead to its page, as on the line before or after it. One alone may be a
    row of a table ("Løn ........ 500")."""
    if not _LEADER.search(lines[place]):
        return False
    near = [line for line in lines[max(0, place - 3) : place + 4] if line]
    return len(near) == 1 or sum(map(bool, map(_LEADER.search, near))) > 1


def is_leftover(line: str) -> bool:
    """True for a line that is nothing but an unfilled place of a template ("[skriv indstilling]")."""
    return line.startswith("[") and bool(_TEMPLATE.match(line))


def is_button(line: str) -> bool:
    """True for a line of a saved page that is a button or a notice of the site ("Til toppen")."""
    return line.casefold().strip(" ›»«‹") in _BUTTONS or bool(_NOTICE.match(line))


def without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """The pages without the lines at their top and bottom that most pages share but for figures.

    The first page keeps its head: there it names the meeting.
    """
    for limit, from_top in ((_HEAD_LINES, True), (_FOOT_LINES, False)):
        shapes = [Counter(_shape(line) for line in _edge(page, limit, from_top=from_top)) for page in pages]
        shared = Counter(shape for page in shapes for shape in page)
        running = {shape for shape, count in shared.items() if count >= _enough(shape, len(pages))}
        if from_top and len(pages) == _FEW_PAGES:
            running |= _above_a_figure(pages[1], running, shared)
        # How often each stands on a page: a line that is met once more is the item's own ("Beslutningen træffes af").
        often = Counter({shape: median_low(page[shape] for page in shapes if page[shape]) for shape in running})
        first = pages[:1] if from_top else [_trimmed(pages[0], often, 1, len(pages), from_top=False)]
        others = [
            _trimmed(page, often, number, len(pages), from_top=from_top)
            for number, page in enumerate(pages[1:], start=2)
        ]
        pages = [*first, *others]
    return pages


def _enough(shape: str, pages: int) -> float:
    has_figure = "#" in shape and any(character.isalpha() for character in shape)
    return max(_FEW_PAGES if has_figure else _HEAD_PAGES, _HEAD_SHARE * pages)


def _above_a_figure(page: list[str], running: set[str], shared: Counter[str]) -> set[str]:
    """Of two pages that share a head with a figure in it, the lines above that one belong to it."""
    shapes = [_shape(line) for line in _edge(page, _HEAD_LINES, from_top=True)]
    last = max((place for place, shape in enumerate(shapes) if shape in running), default=0)
    return {shape for shape in shapes[:last] if shared[shape] == _FEW_PAGES}


def _edge(page: list[str], limit: int, *, from_top: bool) -> list[str]:
    lines = [line for line in page if line]
    return lines[:limit] if from_top else lines[-limit:]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _trimmed(page: list[str], often: Counter[str], number: int, pages: int, *, from_top: bool) -> list[str]:
    """The page without the running lines at one edge; each goes as often as it stands on most pages."""
    lines = page if from_top else page[::-1]
    start, left = 0, often.copy()
    while start < len(lines) and (
        not lines[start]
        or _is_page_number(lines[start], number, pages)
        or _is_running(lines[start], left, from_top=from_top)
    ):
        left[_shape(lines[start])] -= 1
        start += 1
    kept = lines[start:]
    return kept if from_top else kept[::-1]


def _is_page_number(line: str, number: int, pages: int) -> bool:
    """True for a line that only gives the page's own number: "Side 4", "4 of 5". A figure alone may be a cell."""
    match = _PAGE_NUMBER.match(line)
    says_page = match is not None and (match["of"] is not None or "side" in line.casefold())
    return says_page and match is not None and int(match["page"]) == number and int(match["of"] or pages) == pages


def _is_running(line: str, left: Counter[str], *, from_top: bool) -> bool:
    """True for a shared line that is page furniture: no heading or case number of an item, and at the foot one with a
    figure in it ("Side 4", "1 of 5"), since items may end alike ("Godkendt.")."""
    if left[_shape(line)] <= 0 or headings.section(line) or case_numbers.of_line(line):
        return False
    is_item = item_forms.is_heading(line, at_least=Evidence.NOTHING)
    return not is_item and (from_top or any(character.isdigit() for character in line))
