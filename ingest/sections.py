"""The text of one item → its sections, which tile it, with the headings they were read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest import attendance, decisions, headings, outcome, unheaded
from ingest.headings import Heading
from ingest.model import Outcome, Section, SectionKind, Span
from ingest.outline import Block
from ingest.unheaded import Cut

_LETTER = re.compile(r"(?P<letter>[a-z])[.)] +[A-ZÆØÅ]")
_CELL = re.compile(r"[xX✓]|[A-ZÆØÅ]{2,4}|Orientering|Drøftelse")
_MATRICES = (SectionKind.COMPETENCE, SectionKind.OTHER)
_LINE = re.compile(r"[^\n]*\n?")
_BOTH = "indstilling og beslutning"
_DECIDES = 120  # characters of a line below such a heading
_CELL_LENGTH = 24
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2}(?:\.\s*[a-zæøå]+\s+|[-./]\d{1,2}[-./])\d{4})\s*:(?=\s|$)", re.IGNORECASE)
_OF_BODY = re.compile(r"(?P<body>\w[^\d,.:]{2,80}?)s beslutning:?", re.IGNORECASE)


def find(
    text: str, *, heading_end: int, is_set: bool, is_closed: bool, setting: decisions.Setting
) -> tuple[tuple[Section, Heading | None], ...]:
    """The sections of an item's text, each with the heading it was read from (None for unheaded parts).

    `heading_end` is where the item's own heading ends: it is the first section, and text that follows it without a
    heading is body. `is_set` says that blank lines come from a page's layout. In
    layouts that put the decision first, an unheaded block after it opens the case and is not part of the decision
    (Aarhus: "Forslag om opdatering af …"). Of a closed item only `published` text is left, so that what stands there
    without a heading is its decision.
    """
    cuts = [Cut(0, 0, SectionKind.OTHER, None), *_headed(text, heading_end, setting)]
    if text[heading_end : cuts[1].start if len(cuts) > 1 else len(text)].strip():
        cuts[1:1] = (
            [Cut(heading_end, heading_end, SectionKind.DECISION, None)]
            if is_closed
            else unheaded.top(text, heading_end, cuts)
        )
    if is_set and not is_closed and len(cuts) > 1 and cuts[1].kind is SectionKind.DECISION:
        cuts[2:2] = unheaded.lead(text, cuts)
    if not is_closed:
        cuts = unheaded.decision(text, cuts, setting)
        cuts = unheaded.recommendation(text, cuts)
    return _parts(text, cuts)


def lay_out(
    heading: str, blocks: Sequence[Block], attachments: Sequence[Block], setting: decisions.Setting
) -> tuple[str, tuple[tuple[Section, Heading | None], ...]]:
    """The text of an item whose source marks its headings, below its own `heading`, and the sections of that text.

    A line is a heading where the source says so; besides, the heading of a body's decision is known by its words, since
    sources set several of them in one section (København's "Oversigt over politisk behandling"). A heading the table
    does not know opens a section of kind other. An empty one ends a section without opening another by name. Where the
    source marks no heading at all, headings are known by their words alone. `attachments`, if any, are the section at
    the end, with its heading first; whatever they are called, they open no other.
    """
    text, cuts = _written(heading, blocks, setting)
    text += "\n" if attachments else ""
    if any(block.is_heading and block.text for block in blocks):
        laid = _parts(text, cuts)
        below = [*(section.heading for section, _ in laid[1:]), ""]
        parts = tuple(
            (_without_body(section, text, after), heading)
            for (section, heading), after in zip(laid, below, strict=True)
        )
    else:
        parts = find(text, heading_end=len(heading), is_set=False, is_closed=False, setting=setting)
    if not attachments:
        return text, parts
    title = attachments[0].text
    end = text + "".join(f"{block.text}\n" for block in attachments)
    span, body = Span(len(text), len(end)), Span(len(text) + len(title) + 1, len(end))
    known = Heading(SectionKind.ATTACHMENTS, title, len(title))
    return end, (*parts, (Section(known.kind, title, span, body), known))


def _written(heading: str, blocks: Sequence[Block], setting: decisions.Setting) -> tuple[str, list[Cut]]:
    """The blocks as text below the item's heading, and where sections begin in it."""
    text, last = heading, None
    cuts = [Cut(0, 0, SectionKind.OTHER, None)]
    for block in blocks:
        known = _dated(block.text, last) or headings.section(block.text) or _of_body(block)
        is_heading = block.is_heading or (known is not None and known.names_a_body and len(cuts) > 1)
        if is_heading or len(cuts) == 1:
            text += "\n" if is_heading else ""
            cuts.append(_marked(len(text), block, known if is_heading else None, setting))
            last = cuts[-1].heading
        if block.text:
            text += f"{block.text}\n"
    return text, cuts


def _without_body(section: Section, text: str, below: str) -> Section:
    """The section, as of no kind where nothing stands in it but a full stop (Aarhus: a field that must be filled), or
    only days, of which some are still to come. `below` is the next heading."""
    is_empty = not section.body.of(text).strip(" .\n")
    is_bare = not section.heading or any(_DAY_FIRST.match(f"{name}:") for name in (section.heading, below))
    return replace(section, kind=SectionKind.OTHER) if is_empty and is_bare else section


def _dated(line: str, above: Heading | None) -> Heading | None:
    """A day that opens a line below a decision's heading: each of several decisions of that body, or of one still to
    come (Region Hovedstaden: "18. september 2012: Sagen udsat …", "25. september 2012:")."""
    if above is None or above.kind is not SectionKind.DECISION or (match := _DAY_FIRST.match(line)) is None:
        return None
    return Heading(SectionKind.DECISION, match["day"], match.end(), above.body, match["day"], None)


def _of_body(block: Block) -> Heading | None:
    """A heading by markup that says whose decision stands below it, in as many words as the body has."""
    match = _OF_BODY.fullmatch(block.text) if block.is_heading else None
    return Heading(SectionKind.DECISION, match[0], len(match[0]), match["body"]) if match else None


def _marked(start: int, block: Block, heading: Heading | None, setting: decisions.Setting) -> Cut:
    """Where a section begins that the source's markup opens."""
    if (not block.is_heading and heading is None) or not block.text:
        return Cut(start, start, SectionKind.BODY, None)
    body = start + len(block.text) + 1
    if heading is None:
        return Cut(start, body, SectionKind.OTHER, Heading(SectionKind.OTHER, block.text, len(block.text)))
    return Cut(start, min(body, start + heading.length + 1), _kind(heading, setting), heading)


def _kind(heading: Heading, setting: decisions.Setting) -> SectionKind:
    """What a heading opens in this meeting: the decision of another body or day is an earlier one."""
    if heading.kind is SectionKind.DECISION and not decisions.is_own(heading, setting):
        return SectionKind.EARLIER_DECISION
    return heading.kind


def _parts(text: str, cuts: list[Cut]) -> tuple[tuple[Section, Heading | None], ...]:
    ends = [cut.start for cut in cuts[1:]] + [len(text)]
    return tuple(
        (
            Section(cut.kind, cut.heading.text if cut.heading else "", Span(cut.start, end), Span(cut.body, end)),
            cut.heading,
        )
        for cut, end in zip(cuts, ends, strict=True)
        if end > cut.start
    )


def _headed(text: str, start: int, setting: decisions.Setting) -> Iterator[Cut]:
    """The sections that headings open. What looks like one is text where its surroundings say so."""
    lines = [line for line in _LINE.finditer(text, start) if line[0].strip()]
    seen: set[SectionKind] = set()
    letters: set[str] = set()
    current, held = Cut(start, start, SectionKind.OTHER, None), None
    for index, line in enumerate(lines):
        near = _Near(
            *(lines[each][0].strip() if 0 <= each < len(lines) else "" for each in (index - 1, index, index + 1))
        )
        heading = _heading(line[0].rstrip("\n"), near, current, seen)
        if heading and _is_listed(heading, near, current, lines[index + 1 :]):
            heading = None
        if heading is None:
            resumed = _resumed(near.line, current, held, letters)
            if resumed is not None:
                current, held = replace(resumed, start=line.start(), body=line.start()), None
                yield current
            if current.kind is not SectionKind.ATTACHMENTS and (letter := _LETTER.match(near.line)):
                letters.add(letter["letter"])
            continue
        body = line.start() + heading.length
        cut = Cut(line.start(), body if body < line.end() - 1 else line.end(), _kind(heading, setting), heading)
        held = _interrupted(text, current, held, cut)
        current = cut
        seen.add(heading.kind)
        yield from unheaded.parted(text, cut) if heading.text.casefold() == _BOTH else (cut,)


@dataclass(frozen=True, slots=True)
class _Near:
    """A line with the ones above and below it, blank ones left out; "" where there is none."""

    above: str
    line: str
    below: str


def _heading(line: str, near: _Near, current: Cut, seen: set[SectionKind]) -> Heading | None:
    """The heading that a line is in its place."""
    heading = headings.section(line)
    if heading is None:
        return headings.mention(line) if _may_tell(near, current) else None
    if current.kind is SectionKind.ATTACHMENTS and (heading.kind in seen or _names_a_file(heading, near)):
        return None  # an attachment may be called "Indstilling"; by then the Indstilling itself has been read
    if _is_told(line, heading, current, seen) or _is_in_matrix(heading, near, current):
        return None
    return heading if headings.fits(heading, near.below, seen) else None


def _may_tell(near: _Near, current: Cut) -> bool:
    """True where a line that only names a body and a day heads what it decided: among other such decisions, right below
    "Beslutning", or below the recommendation or another body's decision and above words that decide."""
    above = headings.section(near.above)
    if current.kind is SectionKind.DECISION and above is not None and above.kind is SectionKind.DECISION:
        return True
    names_one = current.heading is not None and current.heading.names_a_body
    if current.kind is SectionKind.RECOMMENDATION or (current.kind is SectionKind.DECISION and names_one):
        return len(near.below) <= _DECIDES and outcome.classify(near.below) not in (Outcome.UNKNOWN, Outcome.NONE)
    return current.kind is SectionKind.EARLIER_DECISION


def _is_listed(heading: Heading, near: _Near, current: Cut, below: Sequence[re.Match[str]]) -> bool:
    """True for a line that is one of others like it, a cell of a table or the name of an attachment ("Beslutning fra
    mødet den 10. marts"). That it is no heading is sure only where one of its kind comes below."""
    if _is_cell(near) and any(each[0].strip() == near.line for each in below):
        return True
    if current.kind is not SectionKind.ATTACHMENTS or not heading.names_a_body or heading.text != near.line:
        return False
    is_named = near.below[-1:] not in (*".:", "") and outcome.classify(near.below) is Outcome.UNKNOWN
    found = (headings.section(each[0].rstrip("\n")) for each in below)
    return is_named and any(each is not None and each.kind is SectionKind.DECISION for each in found)


def _is_cell(near: _Near) -> bool:
    """True for a line that stands among others as short, none of them a sentence: a cell of a table, one a line."""
    return all(
        each and len(each) <= _CELL_LENGTH and each[-1] not in ".:;,!?" for each in (near.above, near.line, near.below)
    )


def _is_told(line: str, heading: Heading, current: Cut, seen: set[SectionKind]) -> bool:
    """True for "Beslutning" where what other bodies did is told: a label of it, and no heading."""
    if heading.kind is not SectionKind.DECISION or heading.names_a_body:
        return False
    if current.kind is SectionKind.HISTORY:
        return headings.is_run_in(heading, line) or SectionKind.DECISION in seen
    names_one = current.heading is not None and current.heading.names_a_body
    return current.kind is SectionKind.EARLIER_DECISION and not names_one and headings.is_run_in(heading, line)


def _names_a_file(heading: Heading, near: _Near) -> bool:
    """True for an Indstilling among the attachments that nothing is recommended in."""
    return heading.kind is SectionKind.RECOMMENDATION and not headings.proposes(near.below)


def _is_in_matrix(heading: Heading, near: _Near, current: Cut) -> bool:
    """True for a word in a matrix of who treats a case (Ringsted: "ØK", "Indstilling", "x", one cell a line)."""
    if current.kind not in _MATRICES or current.heading is None or heading.kind in _MATRICES:
        return False
    below = bool(_CELL.fullmatch(near.below))
    return below or (bool(_CELL.fullmatch(near.above)) and headings.section(near.below) is not None)


def _resumed(line: str, current: Cut, held: Cut | None, letters: set[str]) -> Cut | None:
    """The section that goes on at a line without a heading: a decision below the names of those absent, a lettered text
    below the attachments of one of its points (Ballerup: "c. Konference …"); None where nothing changes."""
    if held is not None and not attendance.is_names(line):
        return held
    letter = _LETTER.match(line) if current.kind is SectionKind.ATTACHMENTS else None
    goes_on = letter is not None and chr(ord(letter["letter"]) - 1) in letters
    return Cut(0, 0, SectionKind.BODY, None) if goes_on else None


def _interrupted(text: str, current: Cut, held: Cut | None, cut: Cut) -> Cut | None:
    """The decision that comes below the names of those absent, when `cut` puts them right below its heading (Kolding);
    None for no such: what follows them where the decision stands above is no part of it."""
    if cut.kind is not SectionKind.ATTENDANCE:
        return None
    if current.kind is SectionKind.ATTENDANCE:
        return held
    is_decision = current.kind in (SectionKind.DECISION, SectionKind.EARLIER_DECISION)
    return current if is_decision and not text[current.body : cut.start].strip() else None
