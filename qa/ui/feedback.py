"""Was the answer right? A click for yes; for less, which item would have been, in a form."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import streamlit as st

from qa import feedback
from qa.export import Handed
from qa.feedback import LONGEST, Rating, Verdict
from qa.model import HitView
from qa.ui import literal, naming, words_hand
from qa.ui.literal import tag
from qa.ui.words import Words
from qa.ui.words_hand import HandWords

_SETTING = "PUNKTSVAR_FEEDBACK"
_RATED = "feedback_rated"  # the answers this reader has rated


def show(archive: Path, handed: Handed, history: tuple[str, ...], words: Words) -> None:
    """Ask whether the answer was right, unless it was said before, or ratings are off or cannot be written."""
    file = feedback.destination(archive, os.environ.get(_SETTING, ""))
    if file is not None:
        _ask(file, handed, history, words)


@st.fragment
def _ask(file: Path, handed: Handed, history: tuple[str, ...], words: Words) -> None:
    """Runs by itself: rating an answer does not ask the question anew."""
    say, mark = words_hand.of(words.language), _mark(handed, history)
    rated: dict[str, bool] = st.session_state.setdefault(_RATED, {})
    with st.container(key="feedback"):
        if mark in rated:
            literal.show(tag("p", say.thanks if rated[mark] else say.not_kept, class_="ps-meta", role="status"))
            return
        with st.container(key="verdict", horizontal=True, vertical_alignment="center"):
            literal.show(tag("h2", say.right, class_="ps-asks"))
            for verdict, label in ((Verdict.YES, say.yes), (Verdict.PARTLY, say.partly), (Verdict.NO, say.no)):
                rating = Rating(handed.answer, verdict, handed.asked, history, handed.selection)
                st.button(label, key=f"verdict_{verdict}_{mark}", on_click=_said, args=(file, rating, mark))
        if (chosen := st.session_state.get(f"verdict_{mark}")) is not None:
            _form(file, chosen, words, say, mark)


def _said(file: Path, rating: Rating, mark: str) -> None:
    """A yes is kept at once; with less, it is asked what would have been right."""
    if rating.verdict is Verdict.YES:
        _keep(file, rating, mark)
    else:
        st.session_state[f"verdict_{mark}"] = rating


def _form(file: Path, rating: Rating, words: Words, say: HandWords, mark: str) -> None:
    hits = rating.answer.hits
    choices = [say.unsure, *(f"{number}. {_name(hit, words)}" for number, hit in enumerate(hits, 1)), say.unanswerable]
    with st.form(f"feedback_{mark}", border=True):
        st.selectbox(say.which, range(len(choices)), format_func=choices.__getitem__, key=f"which_{mark}")
        st.text_input(say.words, max_chars=LONGEST, help=say.words_help, key=f"words_{mark}")
        st.form_submit_button(say.send, on_click=_filled, args=(file, rating, mark))


def _filled(file: Path, rating: Rating, mark: str) -> None:
    hits, picked = rating.answer.hits, int(st.session_state[f"which_{mark}"])
    rating = replace(
        rating,
        right=hits[picked - 1] if 1 <= picked <= len(hits) else None,
        is_unanswerable=picked == len(hits) + 1,
        words=st.session_state[f"words_{mark}"],
    )
    _keep(file, rating, mark)


def _name(hit: HitView, words: Words) -> str:
    return f"{hit.title} ({naming.meeting(hit.meeting, words)}, {words.item.format(number=hit.number)})"


def _keep(file: Path, rating: Rating, mark: str) -> None:
    try:
        feedback.keep(file, rating)
        is_kept = True
    except OSError:
        is_kept = False
    st.session_state[_RATED][mark] = is_kept


def _mark(handed: Handed, history: tuple[str, ...]) -> str:
    """What tells one answer from another: the question, what it was asked under, and what was said."""
    answer = handed.answer
    said = (answer.question.text, history, handed.selection, [claim.text for claim in answer.claims], answer.abstention)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]
