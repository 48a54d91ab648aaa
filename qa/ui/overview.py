"""A digest → HTML: outcomes over time, cases with what was decided, what waits, amounts, abbreviations, what recurs."""

from __future__ import annotations

from collections.abc import Iterator

from qa import digest_text, tally, texts
from qa.digest import Case, Digest, Step
from qa.ui import naming, outcomes, steps
from qa.ui.address import Address
from qa.ui.literal import Html, fragment, tag
from qa.ui.words import Words
from qa.ui.words_browse import BrowseWords

_SHOWN = 30  # cases that are not folded away


def article(made: Digest, address: Address, words: Words, say: BrowseWords) -> Html:
    """All of a digest, in the order of its files, under headings that the contents lead to."""
    head = texts.headings(words.language)
    parts = [part for part in _parts(made, address, words, say) if part[1]]
    contents = [tag("li", tag("a", title, href=f"#{anchor}")) for title, _, anchor in parts]
    days = "; ".join(naming.day(each.date, words) for each in made.meetings)
    return tag(
        "article",
        tag("p", f"{head.meetings}: {days}. {say.verbatim}", class_="ps-meta"),
        tag("nav", tag("ul", *contents), class_="ps-contents", aria_label=say.contents),
        *(part for _, part, _ in parts),
        class_="ps-page",
    )


def _parts(made: Digest, address: Address, words: Words, say: BrowseWords) -> Iterator[tuple[str, Html | None, str]]:
    """The parts of the page, each with its heading and anchor; None for one that is empty."""
    head = texts.headings(words.language)
    yield head.outcomes, outcomes.chart(tally.of(made), words), "udfald"
    yield head.decided, _cases(made.cases, address, words, say), "sager"
    waits = fragment(tag("p", head.pending_note, class_="ps-meta"), steps.waiting(made.pending, address, words))
    yield head.pending, _part(head.pending, waits, "afventer") if made.pending else None, "afventer"
    amounts = fragment(tag("p", head.amounts_note, class_="ps-meta"), _amounts(made, address, words))
    yield head.amounts, _part(head.amounts, amounts, "beloeb") if made.amounts else None, "beloeb"
    short = _abbreviations(made, address, words)
    yield head.abbreviations, _part(head.abbreviations, short, "ord") if made.abbreviations else None, "ord"
    usual = _recurring(made, address, words)
    yield head.recurring, _part(head.recurring, usual, "faste") if made.recurring else None, "faste"


def _part(heading: str, content: Html, anchor: str) -> Html:
    return tag("section", tag("h2", heading), content, class_="ps-part", id=anchor)


def _cases(cases: tuple[Case, ...], address: Address, words: Words, say: BrowseWords) -> Html:
    head = texts.headings(words.language)
    listed = [_case(case, address, words) for case in cases]
    rest = listed[_SHOWN:]
    more = tag("details", tag("summary", say.more_cases.format(number=len(rest))), *rest, class_="ps-cases")
    content = fragment(tag("div", *listed[:_SHOWN], class_="ps-cases"), more if rest else None)
    return _part(head.decided, content if listed else tag("p", head.no_decisions), "sager")


def _case(case: Case, address: Address, words: Words) -> Html:
    newest = case.steps[-1].heading
    title = newest.title or words.item.format(number=newest.number)
    number = tag("p", naming.case(case.case_number, words), class_="ps-meta") if case.case_number else None
    elsewhere = [
        tag("li", steps.place(step.heading, address, words), " ", _result(step, words)) for step in case.elsewhere
    ]
    return tag(
        "section",
        tag("h3", tag("a", title, href=address.to_case(newest.item).href, lang="da")),
        number,
        *(_step(step, case, address, words) for step in case.steps),
        tag("p", texts.headings(words.language).elsewhere, ":", class_="ps-meta") if elsewhere else None,
        tag("ul", *elsewhere, class_="ps-places") if elsewhere else None,
        class_="ps-case",
    )


def _step(step: Step, case: Case, address: Address, words: Words) -> Html:
    renamed = step.heading.title if step.heading.title != case.title else ""
    return tag(
        "div",
        tag("p", steps.place(step.heading, address, words), " ", _result(step, words), class_="ps-line"),
        tag("p", renamed, lang="da", class_="ps-meta") if renamed else None,
        steps.decided(step, address, words) if step.claims else None,
        class_="ps-claim",
    )


def _result(step: Step, words: Words) -> Html:
    return tag("span", digest_text.result(step, words.language), class_="ps-result")


def _amounts(made: Digest, address: Address, words: Words) -> Html:
    head = texts.headings(words.language)
    listed = []
    for claim in made.amounts:
        cited, *leading = claim.citations
        under = tag("span", head.leans_on.format(words=leading[0].quote), class_="ps-meta") if leading else None
        title = tag("span", cited.title, lang="da", class_="ps-title")
        said = tag("span", steps.quote(claim.text), " ", steps.place(cited, address, words))
        listed.append(tag("li", title, said, under))
    return tag("ul", *listed, class_="ps-list")


def _abbreviations(made: Digest, address: Address, words: Words) -> Html:
    pairs = [
        tag(
            "div",
            tag("dt", each.short),
            tag("dd", steps.quote(each.meaning), " ", steps.place(each.citation, address, words)),
        )
        for each in made.abbreviations
    ]
    return tag("dl", *pairs, class_="ps-terms")


def _recurring(made: Digest, address: Address, words: Words) -> Html:
    listed = [
        tag(
            "li",
            tag("span", each.title, lang="da", class_="ps-title"),
            tag(
                "ul",
                *(
                    tag("li", steps.place(step.heading, address, words), " ", _result(step, words))
                    for step in each.steps
                ),
                class_="ps-places",
            ),
        )
        for each in made.recurring
    ]
    return tag("ul", *listed, class_="ps-list")
