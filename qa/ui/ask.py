"""The page for asking: the field, the reader's filter, the subject carried along; then the answer, or a start."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import streamlit as st

from ingest.model import Meeting, MeetingKind
from qa import texts
from qa.assistant import Assistant
from qa.export import Handed
from qa.model import Answer, Language
from qa.ui import card, examples, feedback, filters, frame, hand, naming, notices, words_mode
from qa.ui import words as wording
from qa.ui.address import LONGEST_QUESTION, Address
from qa.ui.literal import Html, chip, show, tag
from qa.ui.words import Words


def page(assistant: Assistant, address: Address, words: Words) -> None:
    """Show the answer to the question in the address, or to the one that was typed just now."""
    front = st.container()
    with st.container(key="field"):  # inside a container it stays where it is; otherwise it sticks to the bottom
        typed = st.chat_input(words.placeholder, key="question", max_chars=LONGEST_QUESTION)
    if typed and typed.strip():
        earlier = (*address.history, address.question) if address.question else ()
        address = address.to_question(typed, history=earlier)
        st.query_params.from_dict(address.parameters())
    if not address.question:
        with front:
            _welcome(words)
    with st.container(key="tools", horizontal=True, vertical_alignment="center"):
        filters.show(address, assistant.coverage(), words)
        chips = st.container()
    if address.question:
        given, said = _answer(assistant, address, words)
    else:
        given, said = None, _start(assistant, address, words)
    with chips:
        show(tag("div", filters.chip(address, words), *_subject(given, address, words), class_="ps-chips"))
    frame.arrived(address, words, said=said)


def _welcome(words: Words) -> None:
    show(tag("div", tag("h1", words.start), tag("p", words.promise), class_="ps-hero"))


def _start(assistant: Assistant, address: Address, words: Words) -> str:
    """What to ask, and what there is to ask about."""
    frame.title("")
    suggested = [
        tag("li", tag("a", question, href=address.to_question(question).href))
        for question in examples.questions(assistant, words)
    ]
    newest = [_held(each, address, words) for each in reversed(assistant.meetings()[-3:])]
    if suggested:
        show(tag("section", tag("h2", words.try_these), tag("ul", *suggested), class_="ps-examples"))
    show(
        tag(
            "section",
            tag("h2", words.recent) if newest else None,
            tag("ul", *newest, class_="ps-list") if newest else None,
            tag("p", texts.loaded(assistant.coverage(), words.language), class_="ps-coverage"),
            None if newest else notices.command(notices.ADD_OWN),
            class_="ps-recent",
        )
    )
    return ""


def _held(meeting: Meeting, address: Address, words: Words) -> Html:
    """A meeting; of one that is still to come, the way to prepare it."""
    is_agenda = meeting.kind is MeetingKind.DAGSORDEN
    way = words_mode.of(words.language).mode
    named = naming.meeting(meeting, words)
    to = address.to_meeting_mode(meeting.key).href
    return tag(
        "li",
        tag("a", named, href=address.to_meeting(meeting.key).href, class_="ps-title"),
        tag("span", words.kinds[meeting.kind], " · ", tag("a", way, " ›", href=to, aria_label=f"{way}: {named}"))
        if is_agenda
        else None,
    )


def _answer(assistant: Assistant, address: Address, words: Words) -> tuple[Answer, str]:
    """Ask and show what comes; with it, the answer in one line for a screen reader.

    Who reads the app in Danish may still ask in English, and is then answered in English.
    """
    asked = datetime.now()
    given = assistant.ask(
        address.question,
        history=address.history,
        selection=address.selection,
        today=asked.date(),
        language=None if words.language is Language.DANISH else words.language,
    )
    spoken = wording.of(given.question.language)
    frame.title(given.question.text)
    handed = Handed(given, address.selection, asked)
    show(card.answer(given, address, spoken))
    hand.show(handed, spoken)
    show(card.around(given, address, spoken))
    feedback.show(assistant.path, handed, address.history, spoken)
    return given, card.lead(given, spoken)


def _subject(given: Answer | None, address: Address, words: Words) -> list[Html]:
    """The subject a follow-up keeps, to be dropped; and the way to a new one."""
    if given is None:
        return []
    new = tag("a", words.new_subject, href=address.to_question("").href, class_="ps-new")
    if not (given.question.follows_up and address.history):
        return [new]
    subject = f"{words.follows}: {given.question.leans_on}"
    return [chip(subject, replace(address, history=()).href, words.drop_subject), new]
