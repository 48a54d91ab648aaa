"""Where the agenda items of a clean text begin and end, and which of them stand under a heading that closes them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import case_numbers, headings, item_forms, privacy
from ingest.item_forms import Evidence, ItemForm
from ingest.model import SectionKind

_SURE_LINES = 4  # a title and its case number never take more
_NEAR = 600  # characters they stand within
_SAYS_CLOSED = re.compile(r"\W*lukket\b.{0,30}?[:)\]–-]", re.IGNORECASE)  # nothing stands below such a heading
_CLOSED_LIST = 2000  # characters of a list of closed items
_GAP = 12  # numbers missing between two items: closed ones are often left out
_TITLE_ABOVE = 300  # characters of a title that stands above its number
_FRONT_PAGE = re.compile(
    r"\W*(?:mødested|mødedato|mødelokale|mødetid|sted|lokale|dato|tid|start|referat|dagsorden|sekretær|formand|medlemmer"
    r"|deltagere|side|indholdsfortegnelse)\b|.*\bkl\. ?\d|[\w ]+\bkommune$",
    re.IGNORECASE,
)
_OPENS_ITEM = frozenset(
    {SectionKind.SUMMARY, SectionKind.BODY, SectionKind.HISTORY, SectionKind.COMPETENCE, SectionKind.OTHER}
)
_ENDS_ITEM = frozenset({SectionKind.DECISION, SectionKind.ATTACHMENTS, SectionKind.ATTENDANCE})


@dataclass(frozen=True, slots=True)
class Start:
    """Where an item begins: its heading's offset, number and form, and what says that it is one."""

    offset: int
    number: str
    form: ItemForm
    evidence: Evidence

    @property
    def place(self) -> int:
        """The number without its letter, for the order of items."""
        return int(re.sub(r"\D", "", self.number) or 0)


def find(text: str) -> list[Start]:
    """The item headings, all of one form: the one of the table that is surest in this document."""
    heads = _section_heads(text)
    by_form = [_starts(text, form, heads) for form in item_forms.ITEM_FORMS]
    best = max(by_form, key=lambda found: (_count(found, Evidence.CASE), _count(found, Evidence.HEADING)))
    if best and best[0].form.needs is not Evidence.NOTHING and not _count(best, Evidence.CASE):
        best = _chain(best, heads)
    if not _count(best, Evidence.HEADING):
        best = next((found for found in by_form if found and found[0].form.needs is Evidence.NOTHING), [])
    return _believable(best) or _unnumbered(text)


def _count(found: Sequence[Start], evidence: Evidence) -> int:
    return sum(start.evidence >= evidence for start in found)


@dataclass(frozen=True, slots=True)
class _Heads:
    """Where the section headings of a text stand, and what kind each is."""

    offsets: list[int]
    kinds: list[SectionKind]

    def above(self, offset: int) -> SectionKind | None:
        """The kind of the section that `offset` stands in; None above the first heading."""
        index = bisect_left(self.offsets, offset) - 1
        return self.kinds[index] if index >= 0 else None


def _section_heads(text: str) -> _Heads:
    found = [
        (match.start(), heading.kind)
        for match in re.finditer(r"^[^\n]+$", text, re.MULTILINE)
        if (heading := headings.section(match[0]))
    ]
    return _Heads([offset for offset, _ in found], [kind for _, kind in found])


def _starts(text: str, form: ItemForm, heads: _Heads) -> list[Start]:
    found = []
    for match in re.finditer(rf"^(?:{form.pattern.pattern})", text, re.MULTILINE):
        evidence = _evidence(text, match, form, heads)
        # What says that it is closed is an item with nothing below it, too: its text must not slip into another's.
        if evidence >= form.needs or item_forms.is_closed_item(match[0]):
            offset = _title_above(text, match.start()) if form.is_below else match.start()
            found.append(Start(offset, match["number"], form, evidence))
    return found


def _evidence(text: str, match: re.Match[str], form: ItemForm, heads: _Heads) -> Evidence:
    if "case" in form.pattern.groupindex and match["case"]:
        return Evidence.CASE
    if _is_in_closed_list(text[max(0, match.start() - _CLOSED_LIST) : match.start()], form, match["number"]):
        return Evidence.CASE
    lines = [line for line in text[match.end() : match.end() + _NEAR].split("\n")[1:] if line.strip()][:_SURE_LINES]
    for line in lines:
        if case_numbers.of_line(line):
            return Evidence.CASE
        if heading := headings.section(line):
            opens = form.needs is Evidence.NOTHING or _opens(heads.above(match.start()), heading.kind, lines[0] == line)
            return Evidence.HEADING if opens else Evidence.NOTHING
        if _is_another(line, match["number"], form):
            break
    if not match["title"] and lines and _SAYS_CLOSED.match(lines[0]):
        return form.needs
    return Evidence.HEADING if _SAYS_CLOSED.match(match["title"]) else Evidence.NOTHING


def _is_in_closed_list(above: str, form: ItemForm, number: str) -> bool:
    """True below a heading that closes what follows it, and the headings of the items before, numbered on: of those
    nothing more is told."""
    for line in reversed(above.split("\n")):
        if privacy.closes(line):
            return True
        if not line.strip() or case_numbers.of_line(line):
            continue
        match = form.pattern.match(line)
        if match is None or not number.isdecimal() or match["number"] != f"{int(number) - 1}":
            return False
        number = match["number"]
    return False


def _opens(above: SectionKind | None, kind: SectionKind, is_next: bool) -> bool:
    """True when a numbered line between a section of kind `above` and one of `kind` can open an item; else it is the
    last line of a list ("2. Taget skiftes" before "Beslutning")."""
    if above is None or above in _ENDS_ITEM:
        return True
    return is_next and kind in _OPENS_ITEM


def _is_another(line: str, number: str, form: ItemForm) -> bool:
    """True for the heading of another item. Roskilde writes number and title twice, the second time in another form."""
    found = ((each, match) for each in item_forms.ITEM_FORMS if (match := each.pattern.match(line)))
    return any(each is form or match["number"] != number for each, match in found)


def _chain(found: list[Start], heads: _Heads) -> list[Start]:
    """The longest run of headings whose numbers go on one by one, where nothing but section headings speaks for them.

    The first must stand above all sections: otherwise it is a list inside a text whose items have another form.
    """
    longest: dict[int, list[Start]] = {}
    for start in found:
        before = [longest[n] for n in range(start.place - _GAP, start.place) if n in longest]
        run = [*max(before, key=len, default=[]), start]
        if len(run) > len(longest.get(start.place, [])):
            longest[start.place] = run
    chain = max(longest.values(), key=len, default=[])
    is_first = bool(chain) and heads.above(chain[0].offset) in (None, SectionKind.ATTENDANCE)
    return chain if is_first else []


def _believable(found: list[Start]) -> list[Start]:
    """Without contents lines and sentences that happen to begin like a heading.

    A heading with a case number is believed, and one with a section heading in a form that needs no more. Another only
    where no sure one has its number and it stands in the order of numbers.
    """
    sure_from = Evidence.HEADING if found and found[0].form.needs is Evidence.NOTHING else Evidence.CASE
    sure = {start.number for start in found if start.evidence >= sure_from}
    after = _places_after(found, sure_from)
    kept: list[Start] = []
    for start, following in zip(found, after, strict=True):
        if start.evidence < sure_from and sure:
            before = kept[-1].place if kept else 0
            is_listed = not kept and start.evidence < start.form.needs  # in a contents list
            if (
                is_listed
                or start.number in sure
                or not before < start.place
                or (following and start.place >= following)
            ):
                continue
        kept.append(start)
    return kept


def _places_after(found: list[Start], sure_from: Evidence) -> list[int]:
    """For each heading the number of the next sure one below it; 0 when there is none."""
    places, following = [], 0
    for start in reversed(found):
        places.append(following)
        following = start.place if start.evidence >= sure_from else following
    return places[::-1]


def _unnumbered(text: str) -> list[Start]:
    """Items that only have a case number of their own: numbered as they stand."""
    form = item_forms.UNNUMBERED
    lines = re.finditer(rf"^{form.pattern.pattern}", text, re.MULTILINE | re.IGNORECASE)
    offsets = [match.start() for match in lines if case_numbers.of_line(match[0])]
    starts = [Start(offset, "", form, Evidence.CASE) for offset in offsets]
    return [
        replace(start, offset=_title_above(text, start.offset), number=str(place))
        for place, start in enumerate(starts, start=1)
    ]


def _title_above(text: str, offset: int) -> int:
    """Where the title begins that stands above the line at `offset`; `offset` itself when none does.

    A title is the short block right above, unless it is a heading, ends like a sentence or is all that a section holds.
    """
    above = text[max(0, offset - _TITLE_ABOVE) : offset]
    blocks = [block for block in re.split(r"\n[ ]*\n", above.rstrip("\n")) if block.strip()]
    if len(blocks) < 2 or above.endswith("\n\n\n"):
        return offset
    title, before = blocks[-1].strip("\n"), blocks[-2].strip("\n").split("\n")
    lines = title.split("\n")
    is_known = any(
        not headings.may_be_title(line) or case_numbers.of_line(line) or item_forms.is_group(line) for line in lines
    )
    is_text = is_known or bool(_FRONT_PAGE.match(title)) or title.rstrip()[-1] in ".:;,?!"
    if is_text or len(lines) > _SURE_LINES - 1 or headings.section(before[-1]) or not title[0].isupper():
        return offset
    return text.rindex(title, 0, offset)


def group_heads(text: str, start: int, end: int, closed: bool) -> tuple[int, bool]:
    """Where an item ends before a group heading ("Lukkede sager"), and whether items after it are closed.

    Fails closed: one that opens must stand right above the next item, since "Åben" may also be a cell of a table; so
    must one that only names a group ("Efterretningssager").
    """
    cut, heads = end, _trailing_heads(text, start, end)
    for match in re.finditer(r"^[^\n]+$", text[start:end], re.MULTILINE):
        place = start + match.start()
        if privacy.closes(match[0]):
            cut, closed = min(cut, place), True
        elif place >= heads and privacy.opens(match[0]):
            cut, closed = min(cut, place), False
        elif place >= heads and end < len(text) and match.start() and item_forms.is_group(match[0]):
            cut = min(cut, place)
    return cut, closed


def _trailing_heads(text: str, start: int, end: int) -> int:
    """Where the heads of groups begin that stand right above the next item; `end` when none do."""
    heads = end
    for line in reversed(list(re.finditer(r"[^\n]*\S[^\n]*", text[start:end]))):
        if not item_forms.is_group(line[0]):
            break
        heads = start + line.start()
    return heads


def is_closed_before(head: str) -> bool:
    """True when the whole document is closed. A contents list that names both parts says nothing."""
    lines = head.split("\n")
    return any(privacy.closes(line) for line in lines) and not any(privacy.opens(line) for line in lines)
