"""The text of a closed item → the little of it that may be kept: a decision that was published. Fails closed."""

from __future__ import annotations

import re

from ingest import danish, decisions, outcome, sections, wordings
from ingest.model import Outcome, SectionKind, Span

_BLOCK_END = re.compile(r"\n[ ]*\n")
_LONGEST_UNHEADED = 600  # characters of a published decision without a heading; longer text is not one


def find(text: str, *, heading_end: int, setting: decisions.Setting) -> tuple[Span, ...]:
    """What may be kept of a closed item below its heading: a decision that was published with it. Fails closed.

    Under its own heading the first block is kept, with those below it that read as decisions, too, unless the decision
    stands first: then the case may follow it. Without a heading a decision is kept only if nothing else is there.
    """
    parts = sections.find(text, heading_end=heading_end, is_set=False, is_closed=False, setting=setting)
    start: int | None = None
    for index, (section, heading) in enumerate(parts):
        if section.kind is not SectionKind.DECISION or heading is None:
            start = None
            continue
        # "Beslutning" may stand right above another heading that says whose it is (København).
        start = section.span.start if start is None else start
        if section.body.of(text).strip():
            return (Span(start, _decision_end(text, section.body, is_first=index == 1)),)
    rest = Span(heading_end, len(text))
    is_decision = len(rest.of(text).strip()) < _LONGEST_UNHEADED and all(
        wordings.opens_decision(sentence.of(text)) and _is_decided(sentence.of(text))
        for sentence in danish.sentences(text, rest)
    )
    return (rest,) if is_decision else ()


def _decision_end(text: str, body: Span, *, is_first: bool) -> int:
    """Where the decision ends that is published of a closed item."""
    start = body.end - len(body.of(text).lstrip())
    end = gap.end() if (gap := _BLOCK_END.search(text, start, body.end)) else body.end
    while not is_first and end < body.end:
        following = gap.end() if (gap := _BLOCK_END.search(text, end, body.end)) else body.end
        if not _is_decided(text[end:following]):
            break
        end = following
    return end


def _is_decided(words: str) -> bool:
    return outcome.classify(words) not in (Outcome.UNKNOWN, Outcome.NONE)
