"""Digests and what waits → Markdown, for a person to read, print or pass on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qa import tally, texts
from qa.citation import formal
from qa.committees import Body
from qa.digest import Case, Digest, Step
from qa.markup import escaped, link, quoted
from qa.model import Citation, Claim, Language
from qa.pending import Pending
from qa.tally import Tally


def name(body: Body) -> str:
    """A body's name with its municipality: "Beskæftigelsesudvalget, Herning"."""
    return ", ".join(part for part in (body.committee, body.municipality) if part)


def names(bodies: Iterable[Body]) -> str:
    """The names of bodies in one line: "Aarhus Byråd (Aarhus), Teknisk Udvalg (Aarhus)"."""
    return ", ".join(
        f"{each.committee} ({each.municipality})" if each.municipality else each.committee for each in bodies
    )


def digest(made: Digest, language: Language) -> Iterator[str]:
    """The lines of a digest. Every quote has its place, at the quote or at the step it belongs to."""
    say = texts.headings(language)
    yield f"# {escaped(say.digest.format(body=name(made.body)))}"
    yield ""
    yield f"{say.meetings}: {'; '.join(texts.day(each.date, language) for each in made.meetings)}. {say.every_line}"
    yield from _outcomes(tally.of(made), language)
    yield from ("", f"## {say.decided}")
    if not made.cases:
        yield from ("", say.no_decisions)
    for case in made.cases:
        yield from _case(case, language)
    if made.pending:
        yield from ("", f"## {say.pending}", "", say.pending_note, "")
        yield from _pending(made.pending, language)
    if made.amounts:
        yield from ("", f"## {say.amounts}", "", say.amounts_note, "")
        for claim in made.amounts:
            cited = claim.citations[0]
            words = f"{quoted(claim.text)}{_under(claim, language)}"
            yield f"- **{_title(cited, language)}** – {words} ({place(cited, language)})"
    if made.abbreviations:
        yield from ("", f"## {say.abbreviations}", "")
        for each in made.abbreviations:
            yield f"- **{escaped(each.short)}**: {quoted(each.meaning)} ({place(each.citation, language)})"
    if made.recurring:
        yield from ("", f"## {say.recurring}", "")
        for item in made.recurring:
            places = (f"{place(step.heading, language)}: {result(step, language)}" for step in item.steps)
            yield f"- {escaped(item.title)} ({'; '.join(places)})"


def pending(found: Sequence[Pending], language: Language) -> Iterator[str]:
    """The lines of what waits, under the name of each body."""
    say = texts.headings(language)
    yield f"# {say.pending}"
    yield from ("", f"{say.pending_note} {say.every_line}")
    above: Body | None = None
    for each in found:
        body = Body(each.citation.municipality, each.citation.committee)
        if body != above:
            yield from ("", f"## {escaped(name(body))}", "")
            above = body
        yield from _pending((each,), language)


def place(citation: Citation, language: Language) -> str:
    """The formal citation, as a link where the item has an address."""
    return link(escaped(formal(citation, language)), citation.link)


# ── outcomes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _outcomes(tallies: tuple[Tally, ...], language: Language) -> Iterator[str]:
    """A table: a row for each time, a column for each outcome."""
    if not tallies:
        return
    say, total = texts.headings(language), tally.in_all(tallies)
    yield from ("", f"## {say.outcomes}", "", say.outcomes_note, "")
    yield _row(say.period, *(texts.outcome(outcome, language) for outcome, _ in total), say.in_all)
    yield _row("---", *("---:" for _ in total), "---:")
    for each in tallies:
        counts = dict(each.counts)
        name = texts.months(each.first, each.last, language)
        yield _row(name, *(counts.get(outcome, 0) for outcome, _ in total), each.total)


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(each) for each in cells)} |"


# ── cases ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _case(case: Case, language: Language) -> Iterator[str]:
    say = texts.headings(language)
    number = f" ({escaped(say.case.format(number=case.case_number))})" if case.case_number else ""
    yield from ("", f"### {_title(case.steps[-1].heading, language)}{number}")
    for step in case.steps:
        renamed = f": {escaped(step.heading.title)}" if step.heading.title != case.title else ""
        yield from ("", f"**{place(step.heading, language)}**{renamed} – {result(step, language)}")
        yield from _claims(step, language)
    if case.elsewhere:
        yield from ("", f"{say.elsewhere}:", "")
        for step in case.elsewhere:
            yield f"- {place(step.heading, language)} – {result(step, language)}"


def _title(citation: Citation, language: Language) -> str:
    """An item's title; its number where the source gives it none."""
    return escaped(citation.title) or f"{texts.item_word(language)} {escaped(citation.number)}"


def result(step: Step, language: Language) -> str:
    """What became of a case at a meeting, in words: "tiltrådt", "på dagsordenen, ikke besluttet"."""
    say = texts.headings(language)
    result = say.agenda if step.kind == "dagsorden" else texts.outcome(step.outcome, language)
    return f"{result} ({say.closed})" if step.is_closed else result


def _claims(step: Step, language: Language) -> Iterator[str]:
    group: tuple[object, ...] = ()
    above = ""
    for claim in step.claims:
        if (heading := (claim.label, claim.role)) != group:
            group, above = heading, ""
            yield from ("", f"{texts.label(claim, language)}:", "")
        leading = claim.citations[1].quote if len(claim.citations) > 1 else ""
        if leading and leading != above:
            yield f"- {quoted(leading)} …"
        above = leading
        yield f"{'  ' if leading else ''}- {quoted(claim.text)}{_page(claim.citations[0], step, language)}"


def _page(citation: Citation, step: Step, language: Language) -> str:
    """The page of a quote, where it is another than that of the heading it stands under."""
    if citation.page is None or citation.page == step.heading.page:
        return ""
    return f" ({'s.' if language is Language.DANISH else 'p.'} {citation.page})"


def _under(claim: Claim, language: Language) -> str:
    if len(claim.citations) < 2:
        return ""
    return f", {_filled(texts.headings(language).leans_on, claim.citations[1].quote)}"


# ── what waits ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _pending(found: Sequence[Pending], language: Language) -> Iterator[str]:
    say = texts.headings(language)
    for each in found:
        yield f"- **{_title(each.citation, language)}** – {waits(each, language)}"
        yield f"  - {quoted(each.citation.quote)} ({place(each.citation, language)})"
        said = ((say.waits_for, each.waits_for), (say.by, each.by), (say.until, each.until))
        yield from (f"  - {_filled(form, words)}" for form, words in said if words)
        if each.concerns:
            yield f"  - {_filled(say.concerns, each.concerns.quote)} ({place(each.concerns, language)})"
        if each.next_item:
            yield f"  - {say.next_item.format(place=place(each.next_item, language))}"


def waits(each: Pending, language: Language) -> str:
    """How and since when something waits, all or part of it, and by whose word."""
    say = texts.headings(language)
    since = say.since.format(day=texts.day(each.since, language))
    extent = say.whole if each.is_whole else say.part
    return f"{texts.waiting(each.kind, language)} {since} ({extent}) – {texts.label_name(each.label, language)}"


def _filled(form: str, words: str) -> str:
    return form.format(words=escaped(words))
