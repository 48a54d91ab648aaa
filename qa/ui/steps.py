"""What was decided at a step of a case, and what waits → HTML, every line with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.model import MeetingKind
from qa import digest_text, texts
from qa.digest import Step
from qa.model import Citation, Claim, Label, Role
from qa.pending import Pending
from qa.ui import card, naming, words_browse
from qa.ui.address import ASK, Address
from qa.ui.literal import Html, fragment, tag
from qa.ui.words import Words


def decided(step: Step, address: Address, words: Words, *, before: Step | None = None) -> Html:
    """The claims of a step by kind, the decision first; a sentence where there are none, and for the recommendation
    where it is word for word that of the step `before`."""
    say = words_browse.of(words.language)
    if step.claims:
        is_same = before is not None and _recommended(step) == _recommended(before) != []
        new = [each for each in step.claims if not (is_same and each.label is Label.RECOMMENDED)]
        return fragment(
            *(_group(list(claims), address, words) for _, claims in groupby(new, key=_kind)),
            tag("p", say.same_recommendation, class_="ps-meta") if is_same else None,
        )
    if step.is_closed:
        return tag("p", texts.headings(words.language).closed.capitalize(), ".", class_="ps-meta")
    return tag("p", say.on_agenda if step.kind is MeetingKind.DAGSORDEN else say.nothing_decided, class_="ps-meta")


def waiting(found: Sequence[Pending], address: Address, words: Words, *, under: str = "") -> Html:
    """What waits, one below the other, each with its title, unless that is the one it stands `under`, and the sentence
    that says so."""
    return tag("ul", *(_waits(each, address, words, under) for each in found), class_="ps-list")


def place(cited: Citation, address: Address, words: Words) -> Html:
    """A place in full, as the link to it."""
    return card.cite(cited, address.to_page(ASK), words)


def quote(text: str) -> Html:
    """The minutes' own words within a line."""
    return tag("q", text, lang="da")


def _recommended(step: Step) -> list[str]:
    return [each.text for each in step.claims if each.label is Label.RECOMMENDED]


def _kind(claim: Claim) -> tuple[object, ...]:
    return claim.label, claim.role


def _group(claims: Sequence[Claim], address: Address, words: Words) -> Html:
    lines = tag("ul", *_lines(claims, address, words), class_=f"ps-lines ps-lines-{claims[0].role}")
    return fragment(tag("p", texts.label(claims[0], words.language), class_="ps-kind"), lines)


def _lines(claims: Sequence[Claim], address: Address, words: Words) -> Iterator[Html]:
    above = ""
    for claim in claims:
        cited, *leading = claim.citations
        opening = leading[0].quote if leading else ""
        if opening and opening != above:
            yield tag("li", tag("span", opening, " …", lang="da"), class_="ps-line-above")
        above = opening
        is_main = claim.role is Role.DECISION
        kinds = " ".join(filter(None, ["ps-line-below" if opening else "", "ps-line-main" if is_main else ""]))
        line = tag("span", claim.text, lang="da")
        yield tag("li", line, _short(cited, address, words), class_=kinds or None)


def _short(cited: Citation, address: Address, words: Words) -> Html:
    shown = words.page.format(page=cited.page) if cited.page is not None else words.show_place
    full = words.see_place.format(place=naming.place(cited, words))
    target = address.to_page(ASK).to_item(cited.item, cited.span).href
    return tag("a", shown, href=target, class_="ps-cite", title=full, aria_label=f"{shown}: {full}")


def _waits(each: Pending, address: Address, words: Words, under: str) -> Html:
    say = texts.headings(words.language)
    said = ((say.waits_for, each.waits_for), (say.by, each.by), (say.until, each.until))
    title = each.citation.title or words.item.format(number=each.citation.number)
    return tag(
        "li",
        tag("span", title, lang="da", class_="ps-title") if title != under else None,
        tag("span", digest_text.waits(each, words.language), class_="ps-meta"),
        tag("span", quote(each.citation.quote), " ", place(each.citation, address, words)),
        *(tag("span", form.format(words=of_it), class_="ps-meta") for form, of_it in said if of_it),
        tag("span", say.concerns.format(words=each.concerns.quote), " ", place(each.concerns, address, words))
        if each.concerns
        else None,
        tag("span", say.next_item.format(place=""), place(each.next_item, address, words)) if each.next_item else None,
    )
