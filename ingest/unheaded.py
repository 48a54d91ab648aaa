"""The parts of an item that stand without a heading of their own → what each is, by its words and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest import decisions, headings, outcome, wordings
from ingest.headings import Heading
from ingest.model import MeetingKind, Outcome, SectionKind

_BLOCK_END = re.compile(r"\n[ ]*\n")
_LINE = re.compile(r"[^\n]*\n?")
_SHORT = 200  # characters of a decision without a heading
# Sections in which a recommendation may stand that has no heading.
_TELLS = frozenset(
    {
        SectionKind.BODY, SectionKind.SUMMARY, SectionKind.ECONOMY, SectionKind.LAW, SectionKind.HEARING,
        SectionKind.OTHER,
    }
)  # fmt: skip
_BODY_RECOMMENDS = re.compile(
    r"(?:[\w-]+,? ){0,8}?\w*(?:udvalget|magistraten|direktionen|forvaltningen|administrationen) indstiller,?"
    r"(?: at\b|\n|$)",
    re.IGNORECASE,
)
_RECOMMENDS = re.compile(
    r"^\s*([-•–]|at\b|\d{1,2}[.)]|[a-z][.)])\s|\b(indstille[rs]|foreslår?s?|anbefaler)\b.{0,80}\bat\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a section begins, and what it is."""

    start: int
    body: int
    kind: SectionKind
    heading: Heading | None


def decision(text: str, cuts: list[Cut], setting: decisions.Setting) -> list[Cut]:
    """The sections, the text of an item that holds nothing but one short text which reads as a decision being one
    (Bornholm: "Ingen bemærkninger." below the title)."""
    beside = (SectionKind.ATTENDANCE, SectionKind.ATTACHMENTS)
    is_alone = setting.kind is MeetingKind.REFERAT and len(cuts) > 1 and all(cut.kind in beside for cut in cuts[2:])
    if not is_alone or cuts[1].kind is not SectionKind.BODY or cuts[1].heading is not None:
        return cuts
    words = text[cuts[1].body : cuts[2].start if len(cuts) > 2 else len(text)].strip()
    found = outcome.classify(words) if len(words) <= _SHORT else Outcome.UNKNOWN
    is_decision = found is Outcome.NONE or (found is not Outcome.UNKNOWN and wordings.opens_decision(words))
    return [cuts[0], replace(cuts[1], kind=SectionKind.DECISION), *cuts[2:]] if is_decision else cuts


def recommendation(text: str, cuts: list[Cut]) -> list[Cut]:
    """The sections, with the recommendation of an item that has no heading for it: from a line in which an office, or
    right below the item's title a body, recommends, to the end of the lines that it recommends."""
    if any(cut.kind is SectionKind.RECOMMENDATION for cut in cuts):
        return cuts
    ends = [*(cut.start for cut in cuts[1:]), len(text)]
    for place, (cut, end) in enumerate(zip(cuts, ends, strict=True)):
        if not place or cut.kind not in _TELLS:
            continue
        for line in _LINE.finditer(text, cut.body, end):
            is_top = cut.heading is None and not text[cut.body : line.start()].strip()
            if headings.says_who(line[0]) or (is_top and _BODY_RECOMMENDS.match(line[0])):
                kept = cuts[:place] if is_top else cuts[: place + 1]
                return [
                    *kept,
                    *_recommended(text, cut.start if is_top else line.start(), line, end),
                    *cuts[place + 1 :],
                ]
    return cuts


def _recommended(text: str, start: int, opening: re.Match[str], end: int) -> Iterator[Cut]:
    """The recommendation that `opening` begins: the lines of a list and what goes on with one; then what follows it."""
    yield Cut(start, start, SectionKind.RECOMMENDATION, None)
    above = opening[0].rstrip()
    for line in _LINE.finditer(text, opening.end(), end):
        if not line[0].strip():
            continue
        if not _RECOMMENDS.match(line[0]) and (above.endswith(".") or line[0].lstrip()[0].isupper()):
            yield Cut(line.start(), line.start(), SectionKind.BODY, None)
            return
        above = line[0].rstrip()


def parted(text: str, cut: Cut) -> Iterator[Cut]:
    """A section that holds recommendation and decision under one heading (Bornholm): up to the last line that
    recommends it is recommendation, from there to the next heading decision. If nothing follows, nothing is decided."""
    yield Cut(cut.start, cut.body, SectionKind.RECOMMENDATION, cut.heading)
    end = cut.body
    for line in _LINE.finditer(text, cut.body):
        if not line[0] or headings.section(line[0].rstrip("\n")):
            break
        if _RECOMMENDS.search(line[0]):
            end = line.end()
    yield Cut(end, end, SectionKind.DECISION, None)


def top(text: str, start: int, cuts: list[Cut]) -> list[Cut]:
    """What stands below the item's own heading without one: mentions of where the case was before (Ballerup:
    "Kommunalbestyrelsen den 30. januar 2012 Punkt 5") are its history, all else is body."""
    end = cuts[1].start if len(cuts) > 1 else len(text)
    found: list[Cut] = []
    for line in _LINE.finditer(text, start, end):
        if line[0].strip():
            kind = SectionKind.HISTORY if headings.mention(line[0]) else SectionKind.BODY
            if not found or found[-1].kind is not kind:
                found.append(Cut(line.start() if found else start, line.start() if found else start, kind, None))
    return found


def lead(text: str, cuts: list[Cut]) -> list[Cut]:
    """The unheaded block after a decision that stands first in its item, if there is one."""
    end = cuts[2].start if len(cuts) > 2 else len(text)
    start = cuts[1].body + len(text[cuts[1].body : end]) - len(text[cuts[1].body : end].lstrip())
    gap = _BLOCK_END.search(text, start, end)
    if gap is None or not text[gap.end() : end].strip():
        return []
    kind = SectionKind.BODY if text[gap.end() : end].strip(" .\n") else SectionKind.OTHER
    return [Cut(gap.end(), gap.end(), kind, None)]
