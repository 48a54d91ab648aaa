"""Outcomes over time as bars, with the same numbers in words beside each bar and in a table."""

from __future__ import annotations

from ingest.model import Outcome
from qa import tally, texts
from qa.tally import Tally
from qa.ui import naming, words_browse
from qa.ui.literal import Html, tag
from qa.ui.words import Words

_STEPS = 20  # that a bar's length is told in
_STRIPED = (Outcome.ADOPTED_WITH_ADDITION, Outcome.DISCUSSED, Outcome.POSTPONED, Outcome.WITHDRAWN, Outcome.UNKNOWN)


def chart(tallies: tuple[Tally, ...], words: Words) -> Html | None:
    """A bar for each time, as long as its number of items, in parts by outcome; None when nothing was treated. Words
    and numbers stand below the bar, each beside a sample of its part, so that the colours say nothing by themselves.
    """
    if not tallies:
        return None
    say = texts.headings(words.language)
    most = max(each.total for each in tallies)
    return tag(
        "section",
        tag("h2", say.outcomes),
        tag("p", say.outcomes_note, class_="ps-meta"),
        tag("ul", *(_bar(each, most, words) for each in tallies), class_="ps-bars"),
        _table(tallies, tally.in_all(tallies), words),
        class_="ps-part",
        id="udfald",
    )


def _bar(each: Tally, most: int, words: Words) -> Html:
    """One time: its name, its bar, and the counts in words."""
    parts = [tag("span", class_=_look(outcome), style=f"flex-grow: {number}") for outcome, number in each.counts]
    length = max(1, round(each.total * _STEPS / most)) * 100 // _STEPS
    bar = tag("span", *parts, class_="ps-bar", style=f"width: {length}%")
    counts = [
        tag(
            "span",
            tag("span", class_=_look(outcome), aria_hidden="true"),
            f" {texts.outcome(outcome, words.language)}: {number} ",
        )
        for outcome, number in each.counts
    ]
    return tag(
        "li",
        tag("span", texts.months(each.first, each.last, words.language), class_="ps-when"),
        tag("span", bar, class_="ps-track", aria_hidden="true"),
        tag("span", *counts, class_="ps-counts"),
    )


def _look(outcome: Outcome) -> str:
    """The colour of an outcome; of two with one colour the rarer one is striped."""
    striped = " ps-bar-striped" if outcome in _STRIPED else ""
    return f"ps-bar-part ps-bar-{naming.tone(outcome)[0]}{striped}"


def _table(tallies: tuple[Tally, ...], total: tuple[tuple[Outcome, int], ...], words: Words) -> Html:
    say = texts.headings(words.language)
    heads = [say.period, *(texts.outcome(outcome, words.language) for outcome, _ in total), say.in_all]
    rows = []
    for each in tallies:
        counts = dict(each.counts)
        name = tag("th", texts.months(each.first, each.last, words.language), scope="row")
        numbers = [tag("td", counts.get(outcome, 0)) for outcome, _ in total]
        rows.append(tag("tr", name, *numbers, tag("td", each.total)))
    table = tag(
        "table",
        tag("caption", say.outcomes, class_="ps-unseen"),
        tag("thead", tag("tr", *(tag("th", head, scope="col") for head in heads))),
        tag("tbody", *rows),
        class_="ps-table",
    )
    scrolls = tag("div", table, class_="ps-scrolls", tabindex=0, role="region", aria_label=say.outcomes)
    return tag("details", tag("summary", words_browse.of(words.language).as_table), scrolls)
