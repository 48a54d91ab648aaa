"""An answer → HTML: why there is none, the decision first, other claims under their labels, the case, the hits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from qa import texts
from qa.model import Abstention, Answer, Citation, Claim, HitView, Label, Role, Roll
from qa.ui import naming, thread
from qa.ui.address import Address
from qa.ui.literal import Html, fragment, tag
from qa.ui.words import Words

_LISTED = (Role.ADOPTED, Role.ADDITION, Role.VOTE)  # shown below the decision they belong to, in this order
_SHOWN = 3  # hits that are not folded away
_BRIEF = 120  # characters of a quote that can be set large


def answer(given: Answer, address: Address, words: Words) -> Html:
    """The whole answer to a question."""
    lead_item = given.claims[0].citations[0].item if given.claims else ""
    return tag(
        "article",
        tag("h1", given.question.text),
        _notes(given.notes),
        _abstention(given.abstention, given, words) if given.abstention else None,
        *(
            _block(block, address, words, lead=lead_item, is_lead=not number)
            for number, block in enumerate(_blocks(given.claims))
        ),
        *(_roll(roll, address, words) for roll in given.attendance),
        thread.section(given.thread, address, words),
        _hits(given.hits, address, words, is_answered=bool(given.claims or given.attendance)),
        class_="ps-answer",
        lang=str(words.language),
    )


def within(given: Answer, address: Address, words: Words) -> Html:
    """What an answer says, below the heading of something else: its claims, or why there are none."""
    blocks = [_block(block, address, words, lead="", is_lead=False) for block in _blocks(given.claims)]
    return tag(
        "div",
        _notes(given.notes),
        _abstention(given.abstention, given, words) if given.abstention else None,
        *blocks,
        class_="ps-answer",
        lang=str(words.language),
    )


def listed(claims: Sequence[Claim], address: Address, words: Words, *, shown: int) -> Html:
    """Claims of one item under headings that say what part they play; those beyond the first `shown` a click away."""
    parts = [
        (words.adopted, [each for each in claims if each.role is Role.ADOPTED]),
        (words.added, [each for each in claims if each.role is Role.ADDITION]),
        (words.votes, [each for each in claims if each.role is Role.VOTE]),
        (words.labels[Label.RECOMMENDED], [each for each in claims if each.label is Label.RECOMMENDED]),
    ]
    spoken = [each for each in claims if each.role not in _LISTED and each.label is not Label.RECOMMENDED]
    is_alone = sum(bool(each) for _, each in parts) == 1 and not spoken
    return tag(
        "div",
        *(_statement(claim, address, words) for claim in spoken),
        *(
            fragment(
                None if is_alone else tag("h3", heading),
                tag("ul", *_lines(lines[:shown], address, words), class_="ps-lines"),
                _rest(lines[shown:], address, words),
            )
            for heading, lines in parts
            if lines
        ),
        class_="ps-block",
    )


def _rest(claims: Sequence[Claim], address: Address, words: Words) -> Html | None:
    if not claims:
        return None
    summary = tag("summary", words.more.format(number=len(claims)))
    return tag("details", summary, tag("ul", *_lines(claims, address, words), class_="ps-lines"))


def lead(given: Answer, words: Words) -> str:
    """The answer in one line, for a reader who hears it: where it was decided, or why there is no answer."""
    if given.claims and given.is_answered:
        return words.answered.format(lead=naming.place(given.claims[0].citations[0], words))
    if given.attendance:
        return words.answered.format(lead=naming.meeting(given.attendance[0].meeting, words))
    return words.not_answered.format(lead=given.abstention.text if given.abstention else "")


def _roll(roll: Roll, address: Address, words: Words) -> Html:
    """Who was there and who was not, as the meeting's own list has it. No quote: it stands in no item's text."""
    say = texts.of(words.language)
    held = tag("a", naming.meeting(roll.meeting, words), href=address.to_meeting(roll.meeting.key).href)
    absent = tag("p", f"{say.absent}: ", tag("span", texts.names(roll.absent), lang="da"))
    return tag(
        "section",
        tag("h2", say.roll),
        tag("h3", held),
        absent if roll.absent else tag("p", say.none_absent),
        tag("p", f"{say.present}: ", tag("span", texts.names(roll.present), lang="da")) if roll.present else None,
        tag("p", roll.source, class_="ps-meta"),
        class_="ps-card",
    )


def _notes(notes: Sequence[str]) -> Html | None:
    return tag("div", *(tag("p", note) for note in notes), class_="ps-notes", role="note") if notes else None


def _abstention(abstention: Abstention, given: Answer, words: Words) -> Html:
    """Why there is no final answer, and what is loaded, if the reason does not say so itself."""
    loaded = texts.loaded(given.coverage, words.language)
    return tag(
        "section",
        tag("h2", words.abstentions[abstention.reason]),
        tag("p", abstention.text),
        tag("p", loaded, class_="ps-coverage") if loaded not in abstention.text else None,
        class_="ps-abstention",
    )


# ── claims ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _blocks(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims that follow each other and belong together: one decision, or one label's statements of one item. A title
    is a claim to be shown only where nothing else of its item is: every block names its item anyway."""
    spoken = {claim.citations[0].item for claim in claims if claim.role is not Role.TITLE}
    shown = [claim for claim in claims if claim.role is not Role.TITLE or claim.citations[0].item not in spoken]
    return [list(block) for _, block in groupby(shown, key=_kinship)]


def _kinship(claim: Claim) -> tuple[object, ...]:
    is_decision = claim.role in (Role.TITLE, Role.DECISION, *_LISTED)
    return (claim.label, claim.citations[0].item, is_decision, claim.body, claim.date)


def _block(block: Sequence[Claim], address: Address, words: Words, *, lead: str, is_lead: bool) -> Html:
    """Claims of one kind. What stands in another item than `lead`, the one the answer opens with, says which.

    Decisions, and whatever leads, are set as cards; the rest stands back.
    """
    first = block[0]
    cited = first.citations[0]
    spoken = [claim for claim in block if claim.role not in (Role.TITLE, *_LISTED)]
    is_card = first.label is Label.DECIDED or is_lead
    is_elsewhere = (first.body, first.date) not in ((cited.committee, cited.date), ("", None))
    heading = f"{first.body or cited.committee}, {naming.day(first.date or cited.date, words)}"
    return tag(
        "section",
        _kind(block, words),
        tag("h3", heading) if is_card or is_elsewhere else None,
        _about(cited, words) if is_card or cited.item != lead else None,
        cite(cited, address, words) if all(claim.role is Role.TITLE for claim in block) else None,
        *(_statement(claim, address, words) for claim in spoken),
        _listed(block, Role.ADOPTED, words.adopted, address, words),
        _listed(block, Role.ADDITION, words.added, address, words),
        _listed(block, Role.VOTE, words.votes, address, words),
        class_="ps-card" if is_card else "ps-block",
    )


def _kind(block: Sequence[Claim], words: Words) -> Html:
    """Whose word it is, and what came of it."""
    outcome = next((claim.outcome for claim in block if claim.outcome and claim.label is Label.DECIDED), None)
    label = block[0].label
    return tag(
        "h2",
        tag("span", words.labels[label], class_=f"ps-label ps-label-{label}"),
        naming.badge(outcome, words) if outcome else None,
        class_="ps-line",
    )


def _about(cited: Citation, words: Words) -> Html:
    """Which item the words stand in: number, title, case."""
    parts = [words.item.format(number=cited.number).capitalize(), ": ", tag("span", cited.title, lang="da")]
    if cited.case_number:
        parts += [" · ", naming.case(cited.case_number, words)]
    return tag("p", *parts, class_="ps-about")


def _statement(claim: Claim, address: Address, words: Words) -> Html:
    """The words themselves, with what their paragraph opens with where they lean on it, and where they stand."""
    place, *openings = claim.citations
    brief = " ps-brief" if len(claim.text) <= _BRIEF else ""
    opening = [tag("p", each.quote, " …", class_="ps-opening") for each in openings]
    return tag(
        "div",
        tag("blockquote", *opening, *_paragraphs(claim.text), class_=f"ps-quote{brief}", lang="da"),
        tag("div", cite(place, address, words)),
        class_="ps-claim",
    )


def _listed(block: Sequence[Claim], role: Role, heading: str, address: Address, words: Words) -> Html | None:
    lines = [claim for claim in block if claim.role is role]
    if not lines:
        return None
    return fragment(tag("h4", heading), tag("ul", *_lines(lines, address, words), class_=f"ps-lines ps-lines-{role}"))


def _lines(claims: Sequence[Claim], address: Address, words: Words) -> Iterator[Html]:
    """One line each; lines that stand under another one in the source ("at udvalget godkender:") follow it here."""
    above = ""
    for claim in claims:
        place, *openings = claim.citations
        opening = openings[0].quote if openings else ""
        if opening and opening != above:
            yield tag("li", tag("span", opening, lang="da"), class_="ps-line-above")
        above = opening
        nested = "ps-line-below" if opening else None
        yield tag("li", tag("span", claim.text, lang="da"), _short(place, address, words), class_=nested)


def cite(citation: Citation, address: Address, words: Words) -> Html:
    """A citation in full, as the link to its place."""
    target = address.to_item(citation.item, citation.span).href
    return tag("a", naming.place(citation, words), href=target, class_="ps-cite")


def _short(citation: Citation, address: Address, words: Words) -> Html:
    """A citation where the item is plain from what stands around it: the page, or "show the place"."""
    shown = words.page.format(page=citation.page) if citation.page is not None else words.show_place
    full = words.see_place.format(place=naming.place(citation, words))
    target = address.to_item(citation.item, citation.span).href
    return tag("a", shown, href=target, class_="ps-cite", title=full, aria_label=f"{shown}: {full}")


def _paragraphs(text: str) -> list[Html]:
    return [tag("p", paragraph) for paragraph in text.split("\n\n") if paragraph.strip()]


# ── hits ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _hits(hits: Sequence[HitView], address: Address, words: Words, *, is_answered: bool) -> Html | None:
    if not hits:
        return None
    listed = [_hit(hit, address, words) for hit in hits]
    return tag(
        "section",
        tag("h2", words.found if is_answered else words.nearest),
        tag("ol", *listed[:_SHOWN], class_="ps-list"),
        _folded(listed[_SHOWN:], words),
        class_="ps-part",
    )


def _folded(listed: Sequence[Html], words: Words) -> Html | None:
    """The further hits, a click away."""
    if not listed:
        return None
    more = tag("ol", *listed, class_="ps-list", start=_SHOWN + 1)
    return tag("details", tag("summary", words.more.format(number=len(listed))), more)


def _hit(view: HitView, address: Address, words: Words) -> Html:
    place = [naming.meeting(view.meeting, words), words.item.format(number=view.number)]
    if view.page is not None:
        place.append(words.page.format(page=view.page))
    target = address.to_item(view.hit.item, view.hit.passage.span).href
    return tag(
        "li",
        tag("a", view.title, href=target, class_="ps-title", lang="da"),
        tag("span", ", ".join(place), class_="ps-meta"),
        tag("span", view.text, class_="ps-passage", lang="da"),
    )
