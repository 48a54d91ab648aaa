"""Handing an answer on: its citation and link to the clipboard, the answer as a file or on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from qa import export, export_table
from qa.citation import reference
from qa.export import Handed
from qa.model import Citation
from qa.ui import literal, words_hand
from qa.ui.literal import Child, Html, tag
from qa.ui.words import Words

_SCRIPT = Path(__file__).with_name("hand.js")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def copier(citation: Citation, words: Words, *, label: str = "", key: str = "") -> Html:
    """A button that copies the formal citation; a sign without a `label`, else with it. `key` is the letter that
    presses it where nobody is typing."""
    place = reference(citation, words.language)
    return _copier(
        words, label, key, data_copy=place, data_said=words_hand.of(words.language).copied.format(place=place)
    )


def show(handed: Handed, words: Words) -> None:
    """A row of what can be done with an answer. Files are made when they are asked for, not before."""
    say = words_hand.of(words.language)
    lead = handed.answer.claims[0].citations[0] if handed.answer.claims else None
    with st.container(key="hand", horizontal=True, vertical_alignment="center"):
        literal.show(
            tag(
                "div",
                tag("span", say.hand, ":", class_="ps-meta", aria_hidden="true"),
                copier(lead, words, label=say.copy, key="c") if lead else None,
                _copier(words, say.copy_link, "l", data_copy_link="view", data_said=say.link_copied),
                tag("button", say.print_it, type="button", class_="ps-act", data_print="page"),
                class_="ps-acts",
                role="group",
                aria_label=say.hand,
            )
        )
        with st.popover(say.save, icon=":material/download:", key="save"):
            _file(say.save_word, "docx", _WORD, _word, handed)
            _file(say.save_markdown, "md", "text/markdown", export.markdown, handed)
            _file(say.save_csv, "csv", "text/csv", export_table.table, handed)
    on_paper = tag("p", " · ".join(export.circumstances(handed)), class_="ps-paper ps-meta")
    literal.show(tag("p", say.keys, class_="ps-keys ps-meta"), on_paper)
    mount()


def mount() -> None:
    """Let the buttons and keys of this page work."""
    st.components.v2.component("punktsvar_hand", js=_SCRIPT.read_text(encoding="utf-8"))(key="hand_script")


def _file(label: str, ending: str, kind: str, make: Callable[[Handed], str | bytes], handed: Handed) -> None:
    name = export.file_name(handed, ending)
    st.download_button(
        label, partial(make, handed), name, kind, key=f"save_{ending}", on_click="ignore", type="tertiary"
    )


def _word(handed: Handed) -> bytes:
    from qa.export_word import word

    return word(handed)


def _copier(words: Words, label: str, key: str, **data: str) -> Html:
    say = words_hand.of(words.language)
    name = data.get("data_copy", "")
    inner: list[Child] = [label] if label else [tag("span", class_="ps-copy-sign", aria_hidden="true")]
    if key:
        inner.append(tag("kbd", key))
    told = say.copy_of.format(place=name) if name else None
    return tag(
        "button",
        *inner,
        type="button",
        class_="ps-act" if label else "ps-act ps-copy",
        title=told,
        aria_label=None if label else told,
        aria_keyshortcuts=key or None,
        data_keys=key or None,
        data_does=(say.copy if name else label) if key else None,
        data_refused=say.not_copied,
        **data,
    )
