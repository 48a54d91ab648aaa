"""What is loaded of each committee, and where the minutes themselves show that something is missing → HTML."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.coverage import CommitteeCoverage, Gap
from qa.ui import naming, words_documents
from qa.ui.literal import Html, tag
from qa.ui.words import Words
from qa.ui.words_documents import DocumentWords

_SHOWN_GAPS = 3  # of a committee; more of them are folded away


def section(covered: Sequence[CommitteeCoverage], words: Words) -> Html | None:
    """The committees, one after the other; None when nothing is loaded."""
    if not covered:
        return None
    say = words_documents.of(words.language)
    return tag(
        "section",
        tag("h2", say.coverage),
        tag("p", say.coverage_why, class_="ps-meta"),
        tag("ul", *(_committee(each, words, say) for each in covered), class_="ps-list ps-coverages"),
        class_="ps-part ps-apart",
    )


def _committee(covered: CommitteeCoverage, words: Words, say: DocumentWords) -> Html:
    """A committee: how much of it is loaded, from when to when, and the holes."""
    facts = [covered.municipality or say.unknown_municipality, naming.counted(covered.meetings, words.count_meetings)]
    facts.append(naming.counted(covered.items, words.count_items))
    first, last = naming.day(covered.first, words), naming.day(covered.newest, words)
    facts.append(first if first == last else say.span.format(first=first, last=last))
    found = [tag("li", _gap(each, words, say)) for each in covered.gaps]
    if covered.agenda_only:
        found.insert(0, tag("li", naming.counted(len(covered.agenda_only), say.agenda_only)))
    few = len(found) <= _SHOWN_GAPS
    holes = tag("ul", *found, class_="ps-gaps")
    return tag(
        "li",
        tag("h3", covered.committee),
        tag("span", " · ".join(facts), class_="ps-meta"),
        tag("span", say.complete, class_="ps-meta") if not found else None,
        holes if found and few else None,
        None if few else tag("details", tag("summary", naming.counted(len(found), say.count_holes)), holes),
    )


def _gap(gap: Gap, words: Words, say: DocumentWords) -> str:
    first, last = gap.numbers or (0, 0)
    return say.holes[gap.kind].format(
        numbers=str(first) if first == last else say.numbers.format(first=first, last=last),
        after=naming.day(gap.after, words),
        before=naming.day(gap.before, words),
        mentions=naming.counted(gap.mentions, say.times),
    )
