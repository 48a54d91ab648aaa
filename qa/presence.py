"""Who was there and who was not → what the items say of it, word for word, and the meeting's own list of members.

The list stands before the first item, in no item's text. It cannot be quoted, so it is told as what it is, with the
meeting and the file it was read from. Minutes that list nobody do not answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from ingest import attendance, danish
from ingest.holdings import Entry, Selection
from ingest.model import Meeting, MeetingKind, SectionKind, Span
from qa import evidence, intents, texts
from qa.answer import Extract, Looked, claim_of
from qa.evidence import Statement
from qa.filters import is_in, last_held
from qa.model import Abstention, AbstentionReason, Claim, Intent, Label, Question, Roll
from qa.question import is_content, is_place_word

_MOST_ROLLS, _MOST_CLAIMS = 5, 6
_OF_OTHERS = (SectionKind.HISTORY, SectionKind.EARLIER_DECISION)  # what they say of absence is of another meeting
# Taking part in the treatment of a matter, which the lists of a meeting say something of.
_OF_TREATMENT = re.compile(
    r"\b(behandl\w*|punkt\w*|sag(en)?|mødet?s?|udvalgsmøde\w*|byrådsmøde\w*|beslutning\w*|afstemning\w*|treat\w*|items?"
    r"|case|meetings?|decision|discussi\w*|vote)\b",
    re.IGNORECASE,
)


def told(
    found: Looked,
    look: Callable[[Question], Looked],
    *,
    meetings: Sequence[Meeting],
    source: Callable[[Meeting], str],
    today: date,
    loaded: str,
) -> Looked:
    """The answer to who was at a meeting, or took part in an item.

    `look` looks for a question, `meetings` are those loaded, `source` gives the file of one, `today` tells the last one
    held, `loaded` says what the archive holds.
    """
    question = found.question
    if question.unknown_bodies or (question.period and not question.period_is_held):
        return replace(found, extract=_refused(question, loaded))
    has_subject = bool(_subject(question, meetings))
    if has_subject and not question.follows_up and not _OF_TREATMENT.search(question.text):
        return found  # who came to a borgermøde, or how many took a course, is no matter of lists
    about = _item(found, look) if has_subject else None
    if about is not None:
        entries, meant = [about], [about.meeting]
    elif has_subject and question.selection.is_everything:
        return found
    else:
        entries = [each for each in found.entries if is_in(each.meeting, question.selection)]
        meant = _meetings(found, meetings, today)
        entries = [each for each in entries if each.meeting in meant]
    held = [each for each in meant if each.attendance and each.kind is MeetingKind.REFERAT]  # an agenda invites
    rolls = tuple(Roll(each, source(each)) for each in held)[:_MOST_ROLLS]
    own = found.extract if about is not None and found.extract.claims else None
    claims = own.claims if own else tuple(_said(entries))
    if not rolls and not claims:
        return replace(found, extract=_refused(question, loaded, is_agenda=_are_agendas(meant)))
    name = intents.member(question.text)
    asked = name.of(question.text) if name else ""
    is_listed = not asked or any(asked in member.name for each in rolls for member in each.meeting.attendance)
    notes = () if is_listed or not rolls else (texts.of(question.language).not_listed.format(name=asked),)
    lead = next((each for each in entries if claims and each.item.key == claims[0].citations[0].item), None)
    return replace(found, extract=Extract(claims, None, is_answered=True, lead=lead, notes=notes, rolls=rolls))


def _subject(question: Question, meetings: Sequence[Meeting]) -> list[str]:
    """The words that say which item is meant: not those that ask, nor the names of members."""
    names = {
        danish.fold(word) for each in meetings for member in each.attendance for _, word in danish.words(member.name)
    }
    return [
        word
        for _, word in danish.words(question.topic)
        if is_content(word)
        and not is_place_word(word)
        and danish.fold(word) not in question.asking
        and danish.fold(word) not in names
    ]


def _item(found: Looked, look: Callable[[Question], Looked]) -> Entry | None:
    """The item whose treatment is asked about; None when none comes close enough."""
    if found.extract.lead is not None:
        return found.extract.lead
    return look(replace(found.question, intent=Intent.FACT)).extract.lead


def _meetings(found: Looked, meetings: Sequence[Meeting], today: date) -> list[Meeting]:
    """The meetings asked about, the newest first; the last one held where the question names none."""
    asked = found.question.selection
    if asked.numbers or asked.case_number:
        return list(dict.fromkeys(each.meeting for each in found.entries))
    if asked.is_everything:
        day = last_held(meetings, today=today)
        asked = Selection(since=day, until=day)
    return sorted((each for each in meetings if is_in(each, asked)), key=lambda each: each.date, reverse=True)


def _said(entries: Sequence[Entry]) -> Iterator[Claim]:
    """What items say of those who took no part in them; the same words once for each meeting."""
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        for statement in evidence.statements(entry):
            section = entry.item.section_at(statement.span.start)
            if statement.label is Label.REPORTED or (section and section.kind in _OF_OTHERS):
                continue
            whole = replace(statement, span=_list_around(entry, statement))
            text = whole.span.of(entry.item.text)
            if any(attendance.of_item(text)) and (entry.meeting.key, text) not in seen and len(seen) < _MOST_CLAIMS:
                seen.add((entry.meeting.key, text))
                yield claim_of(entry, whole)


def _list_around(entry: Entry, statement: Statement) -> Span:
    """The whole list of names that a line stands in; else the line itself."""
    section = entry.item.section_at(statement.span.start)
    if section is None or section.kind is not SectionKind.ATTENDANCE:
        return statement.span
    text = section.span.of(entry.item.text)
    start = section.span.start + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))


def _are_agendas(meetings: Sequence[Meeting]) -> bool:
    return bool(meetings) and all(each.kind is MeetingKind.DAGSORDEN for each in meetings)


def _refused(question: Question, loaded: str, *, is_agenda: bool = False) -> Extract:
    say = texts.of(question.language)
    if question.unknown_bodies:
        why = say.body_not_loaded.format(bodies=", ".join(question.unknown_bodies))
    elif question.period and not question.period_is_held:
        why = say.period_not_loaded.format(period=texts.period(*question.period, question.language))
    else:
        why = say.attendance_of_agenda if is_agenda else say.attendance_not_said
    return Extract((), Abstention(AbstentionReason.NOT_LOADED, f"{why} {loaded}"), is_answered=False)
