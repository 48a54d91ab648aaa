"""An answer → lines of plain text, for a person to read on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from qa import texts
from qa.citation import formal
from qa.model import Answer, Claim, Language, Role, Roll


def lines(answer: Answer) -> Iterator[str]:
    """The answer for a person to read: why nothing final, the claims under their labels, the case, what was found."""
    language = answer.question.language
    say = texts.of(language)
    yield from (f"({note})" for note in answer.notes)
    if answer.abstention:
        yield answer.abstention.text
    yield from _worded(answer)
    group: tuple[object, ...] = ()
    above = item = ""
    for claim in answer.claims:
        if claim.citations[0].item != item:
            item, group = claim.citations[0].item, ()
            yield "\n" + _item(claim, answer)
        if (heading := (claim.label, claim.role, claim.body, claim.date)) != group:
            group = heading
            yield "\n" + _heading(claim, answer)
        for opening in claim.citations[1:]:  # what the sentence leans on, once for all that do
            if opening.quote != above:
                yield f"  {' '.join(opening.quote.split())} …"
            above = opening.quote
        yield f"  “{' '.join(claim.text.split())}”"
        yield f"    {formal(claim.citations[0], language)}"
    for roll in answer.attendance:
        yield from _roll(roll, language)
    if answer.thread:
        yield "\n" + say.the_case
        for step in answer.thread:
            when = texts.day(step.date, language) if step.date else "–"
            where = f"{step.committee}, {when}" + (
                f", {texts.item_word(language)} {step.number}" if step.number else ""
            )
            yield f"  {where}: {step.title}" if step.is_loaded else f"  {where} ({say.not_loaded})"
    if answer.hits and not (answer.claims or answer.attendance):
        yield "\n" + say.found
        for hit in answer.hits[:3]:
            where = f"{hit.meeting.committee}, {texts.day(hit.meeting.date, language)}"
            yield f"  {where}, {texts.item_word(language)} {hit.number}: {hit.title}"


def _worded(answer: Answer) -> Iterator[str]:
    """What a language model made of it, marked as that; below each sentence whose word it tells, and its place."""
    language = answer.question.language
    if answer.wording:
        yield f"\n{texts.of(language).worded}:"
    for each in answer.wording:
        yield f"  {each.text}"
        yield f"    {texts.whose(each.label, language)} · {formal(each.citations[0], language)}"


def _roll(roll: Roll, language: Language) -> Iterator[str]:
    """Who was there and who was not, as the meeting's own list has it, and where that was read."""
    say = texts.of(language)
    yield f"\n{say.roll}: {roll.meeting.committee}, {texts.day(roll.meeting.date, language)}"
    yield f"  {say.absent}: {texts.names(roll.absent)}" if roll.absent else f"  {say.none_absent}"
    if roll.present:
        yield f"  {say.present}: {texts.names(roll.present)}"
    yield f"    {roll.meeting.link or roll.source}"


def _item(claim: Claim, answer: Answer) -> str:
    """Whose item the claims are from, so that one about another matter is seen at once."""
    place = claim.citations[0]
    title = f": {place.title}" if place.title and claim.role is not Role.TITLE else ""
    return (
        " · ".join(filter(None, (place.municipality, f"{texts.item_word(answer.question.language)} {place.number}")))
        + title
    )


def _heading(claim: Claim, answer: Answer) -> str:
    language = answer.question.language
    when = f", {texts.day(claim.date, language)}" if claim.date else ""
    outcome = f" – {texts.outcome(claim.outcome, language)}" if claim.outcome and claim.role == "decision" else ""
    return f"{texts.label(claim, language)}: {claim.body}{when}{outcome}"
