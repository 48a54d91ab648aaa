"""An answer → HTML: why there is none, the decision first, other claims under their labels, the case, the hits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.model import Span
from qa import marking, texts
from qa.export import LISTED, blocks
from qa.model import Abstention, Answer, Citation, Claim, HitView, Label, Role, Roll, Worded
from qa.ui import hand, naming, thread, words_browse, words_hand
from qa.ui.address import Address
from qa.ui.literal import Child, Html, fragment, outward, tag
from qa.ui.words import Words

_SHOWN = 3  # hits that are not folded away
_BRIEF = 120  # characters of a quote that can be set large
_BEFORE = 160  # characters of a passage that may stand before the sentence quoted from it


def answer(given: Answer, address: Address, words: Words) -> Html:
    """What the minutes say: notes, the reason where nothing final is said, claims, who was there."""
    lead_item = given.claims[0].citations[0].item if given.claims else ""
    return tag(
        "article",
        tag("h1", given.question.text),
        _notes(given.notes),
        _abstention(given.abstention, given, words) if given.abstention else None,
        _worded(given.wording, address, words),
        *(
            _block(block, address, words, lead=lead_item, is_lead=not number, is_step=not number and _has_course(given))
            for number, block in enumerate(blocks(given.claims))
        ),
        *(_roll(roll, address, words) for roll in given.attendance),
        class_="ps-answer",
        lang=str(words.language),
    )


def around(given: Answer, address: Address, words: Words) -> Html | None:
    """What belongs to the answer: the course of the case, the places found, and what is loaded, unless the answer has
    said so already."""
    loaded = tag("p", texts.loaded(given.coverage, words.language), class_="ps-coverage")
    parts = [
        thread.section(given.thread, address, words),
        _hits(given, address, words),
        None if given.abstention else loaded,
    ]
    return tag("div", *parts, class_="ps-answer", lang=str(words.language)) if any(parts) else None


def within(given: Answer, address: Address, words: Words) -> Html:
    """What an answer says, below the heading of something else: its claims, or why there are none."""
    shown = [_block(block, address, words, lead="", is_lead=False) for block in blocks(given.claims)]
    return tag(
        "div",
        _notes(given.notes),
        _abstention(given.abstention, given, words) if given.abstention else None,
        *shown,
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
    spoken = [each for each in claims if each.role not in LISTED and each.label is not Label.RECOMMENDED]
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


def _worded(wording: Sequence[Worded], address: Address, words: Words) -> Html | None:
    """What a language model made of the claims, set apart as that, each sentence with its label and places."""
    if not wording:
        return None
    listed = [
        tag(
            "li",
            tag("span", each.text),
            tag("span", words.labels[each.label], class_=f"ps-label ps-label-{each.label}"),
            *(_place(place, address, words) for place in each.citations),
        )
        for each in wording
    ]
    heading = tag("h2", texts.of(words.language).worded)
    return tag("section", heading, tag("ul", *listed, class_="ps-list"), class_="ps-worded")


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
        tag("p", outward(words_hand.of(words.language).on_site, roll.meeting.link) or roll.source, class_="ps-meta"),
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


def _block(
    block: Sequence[Claim], address: Address, words: Words, *, lead: str, is_lead: bool, is_step: bool = False
) -> Html:
    """Claims of one kind. What stands in another item than `lead`, the one the answer opens with, says which.

    Decisions, and whatever leads, are set as cards; the rest stands back. `is_step`: it is one of several steps of its
    case, and says the way to them.
    """
    first = block[0]
    cited = first.citations[0]
    spoken = [claim for claim in block if claim.role not in (Role.TITLE, *LISTED)]
    is_card = first.label is Label.DECIDED or is_lead
    is_elsewhere = (first.body, first.date) not in ((cited.committee, cited.date), ("", None))
    heading = f"{first.body or cited.committee}, {naming.day(first.date or cited.date, words)}"
    return tag(
        "section",
        _kind(block, words),
        tag("h3", heading) if is_card or is_elsewhere else None,
        _about(cited, words, address.to_case(cited.item) if is_step else None)
        if is_card or cited.item != lead
        else None,
        _place(cited, address, words) if all(claim.role is Role.TITLE for claim in block) else None,
        *(_statement(claim, address, words) for claim in spoken),
        _listed(block, Role.ADOPTED, words.adopted, address, words),
        _listed(block, Role.ADDITION, words.added, address, words),
        _listed(block, Role.VOTE, words.votes, address, words),
        _on_site(cited, words) if is_card or cited.item != lead else None,
        class_="ps-card" if is_card else "ps-block",
    )


def _has_course(given: Answer) -> bool:
    """Whether the item that the answer opens with is a loaded step of several."""
    return len(given.thread) > 1 and any(step.item == given.claims[0].citations[0].item for step in given.thread)


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


def _about(cited: Citation, words: Words, course: Address | None = None) -> Html:
    """Which item the words stand in: number, title, case; and the way to its course."""
    parts: list[Child] = [
        words.item.format(number=cited.number).capitalize(),
        ": ",
        tag("span", cited.title, lang="da"),
    ]
    if cited.case_number:
        parts += [" · ", naming.case(cited.case_number, words)]
    if course:
        parts += [" · ", tag("a", words_browse.of(words.language).whole_case, " ›", href=course.href)]
    return tag("p", *parts, class_="ps-about")


def _statement(claim: Claim, address: Address, words: Words) -> Html:
    """The words themselves, with what their paragraph opens with where they lean on it, and where they stand."""
    place, *openings = claim.citations
    brief = " ps-brief" if len(claim.text) <= _BRIEF else ""
    opening = [tag("p", each.quote, " …", class_="ps-opening") for each in openings]
    return tag(
        "div",
        tag("blockquote", *opening, *_paragraphs(claim.text), class_=f"ps-quote{brief}", lang="da"),
        _place(place, address, words),
        class_="ps-claim",
    )


def _place(citation: Citation, address: Address, words: Words) -> Html:
    """A citation as the link to its place, and to take along."""
    return tag("div", cite(citation, address, words), hand.copier(citation, words), class_="ps-cited")


def _on_site(citation: Citation, words: Words) -> Html | None:
    """The way to the item at the publication site."""
    link = outward(words_hand.of(words.language).on_site, citation.link)
    return tag("p", link, class_="ps-meta") if link else None


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
        cited = tag("div", _short(place, address, words), hand.copier(place, words), class_="ps-cited")
        yield tag("li", tag("span", claim.text, lang="da"), cited, class_=nested)


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


def _hits(given: Answer, address: Address, words: Words) -> Html | None:
    if not given.hits:
        return None
    listed = [_hit(hit, given, address, words) for hit in given.hits]
    is_answered = given.claims or given.attendance
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


def _hit(view: HitView, given: Answer, address: Address, words: Words) -> Html:
    place = [naming.meeting(view.meeting, words), words.item.format(number=view.number)]
    if view.page is not None:
        place.append(words.page.format(page=view.page))
    target = address.to_item(view.hit.item, view.hit.passage.span).href
    return tag(
        "li",
        tag("a", view.title, href=target, class_="ps-title", lang="da"),
        tag("span", ", ".join(place), class_="ps-meta"),
        _passage(view, given),
    )


def _passage(view: HitView, given: Answer) -> Html:
    """The passage with the words that were searched for set bold, and what the answer quotes of it marked. Of a long
    one, what stands far before the first quote is left away."""
    quoted = marking.quoted_in(view, given.claims)
    begin = _beginning(view.text, quoted[0].start) if quoted else 0
    within = [Span(span.start - begin, span.end - begin) for span in quoted]
    stretches = marking.stretches(view.text[begin:], given.sought, within)
    parts = [
        tag("mark", *shown) if is_quoted else fragment(*shown)
        for is_quoted, alike in groupby(stretches, key=lambda each: each.is_quoted)
        for shown in [[tag("b", each.text) if each.is_met else each.text for each in alike]]
    ]
    return tag("span", "… " if begin else None, *parts, class_="ps-passage", lang="da")


def _beginning(text: str, quote: int) -> int:
    """Where to begin so that the quote is soon met: a word's beginning, 0 where it is met soon anyway."""
    return 0 if quote <= _BEFORE else text.rfind(" ", 0, quote - _BEFORE // 4) + 1
