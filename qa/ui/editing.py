"""What an editor sees on the page of documents: handing in, a site to fetch from, removal, and the jobs under way."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import streamlit as st

from ingest.errors import SyncFailed
from ingest.files import is_address
from ingest.holdings import DocumentRecord
from ingest.jobs import Job, Queue, QueueFull
from ingest.tasks import Removal
from qa import settings
from qa.access import NotAllowed, Role
from qa.desk import Desk, HandedIn, Receipt
from qa.ui import jobs_panel, login, naming, uploader, words_documents
from qa.ui.address import DOCUMENTS, Address
from qa.ui.literal import Html, show, tag
from qa.ui.words import Words

T = TypeVar("T")

_RECEIPT, _SAID = "documents_receipt", "documents_said"


def editor(archive: Path, address: Address, words: Words) -> Editor | None:
    """The editor's part of the page; None for a visitor who is no editor."""
    part = Editor(archive, address, words)
    return part if part.desk.is_open else None


def removal_link(source: str, address: Address, words: Words) -> Html:
    """The way to the question whether a source is to go."""
    say = words_documents.of(words.language)
    asked = replace(address.to_page(DOCUMENTS), remove=source, sheet=address.sheet)
    return tag("a", say.remove, href=asked.href, aria_label=say.remove_file.format(name=source), class_="ps-remove")


@st.cache_resource(show_spinner=False, on_release=Queue.close)
def _queue(archive: str) -> Queue:
    """The queue of an archive: one for the process, whoever asks."""
    return Queue()


class Editor:
    """The editor's part of the page, for one visitor and one view."""

    def __init__(self, archive: Path, address: Address, words: Words) -> None:
        self._archive, self._address, self._words = archive, address, words
        self._say = words_documents.of(words.language)

    @property
    def desk(self) -> Desk:
        """The desk as the visitor may use it at this very moment."""
        chosen = settings.read(os.environ)
        role = login.role(chosen)
        # A visitor who is no editor makes no queue, either.
        queue = _queue(str(self._archive.resolve())) if role is Role.EDITOR else Queue()
        return Desk(queue, self._archive, role, chosen)

    def said(self) -> str:
        """What happened last, for a reader who hears the page."""
        over = next((job for job in self.desk.jobs() if job.is_over), None)
        if over is None:
            return ""
        return self._say.said_over.format(kind=self._say.kinds[over.kind], state=self._say.states[over.state])

    def jobs(self) -> None:
        """The jobs, renewed by themselves while one is under way."""
        if message := st.session_state.pop(_SAID, ""):
            show(tag("p", message, class_="ps-warning", role="alert"))
        receipt: Receipt | None = st.session_state.get(_RECEIPT)
        if receipt and receipt.refused:
            show(self._refused(receipt, settings.read(os.environ).upload_limit // 1_000_000))
        jobs_panel.show_jobs(self._jobs, self._try_cancel, self._try_dismiss, self._words)

    def removal(self, names: Mapping[str, str]) -> None:
        """Ask before anything goes: what the address names, and what goes with it."""
        name = self._address.remove
        if not name:
            return
        going = self.desk.removal(name)
        if going is None:
            show(tag("p", self._say.remove_nothing, class_="ps-warning", role="note"))
            return
        with st.container(key="removal"):
            show(self._question(going, names))
            with st.container(horizontal=True, vertical_alignment="center", key="removal_answer"):
                st.button(self._say.remove_yes, type="primary", key="remove_yes", on_click=self._remove, args=(name,))
                back = replace(self._address, remove="").href
                show(tag("a", self._say.remove_no, href=back, class_="ps-back"))

    def failures(self, records: Sequence[DocumentRecord], rows: Sequence[Html], *, has_more: bool) -> None:
        """Files that failed, each with a button to try it again."""
        if has_more:
            st.button(self._say.retry_all, key="retry_all", on_click=self._retry, args=(None,))
        for record, row in zip(records, rows, strict=True):
            key = sha256(record.source.encode()).hexdigest()[:12]
            with st.container(key=f"failed_{key}"):
                show(row)
                with st.container(horizontal=True, vertical_alignment="center", key=f"mend_{key}"):
                    st.button(
                        self._say.retry,
                        key=f"retry_{key}",
                        on_click=self._retry,
                        args=(record.source,),
                    )
                    show(removal_link(record.source, self._address, self._words))

    def handing_in(self) -> None:
        """Files of one's own."""
        say, limit = self._say, settings.read(os.environ).upload_limit // 1_000_000
        show(_head(say.hand_in, say.hand_in_how.format(limit=limit), "ps-apart"))
        with st.form("hand_in", clear_on_submit=True):
            files = st.file_uploader(say.choose_files, accept_multiple_files=True, key="files", max_upload_size=limit)
            municipality = st.text_input(say.municipality, key="files_municipality", max_chars=80)
            is_sent = st.form_submit_button(say.load, type="primary")
        uploader.mount(say)
        if is_sent and not files:
            st.session_state[_RECEIPT] = None
            show(tag("p", say.no_files, class_="ps-warning", role="alert"))
        elif is_sent:
            handed = [HandedIn(each.name, each.getvalue()) for each in files]
            st.session_state[_RECEIPT] = self._try(lambda: self.desk.upload(handed, municipality))
            st.rerun()

    def site(self) -> None:
        """A publication site to fetch from."""
        say = self._say
        show(_head(say.site, say.site_how, "ps-apart"))
        with st.form("site"):
            address = st.text_input(say.site_address, key="site_address", placeholder="https://dagsordener.eksempel.dk")
            since = st.date_input(say.site_since, None, key="site_since", format="DD-MM-YYYY")
            municipality = st.text_input(say.municipality, key="site_municipality", max_chars=80)
            attachments = st.checkbox(say.site_attachments, key="site_attachments")
            is_sent = st.form_submit_button(say.site_start, type="primary")
        if is_sent:
            given = self._try(
                lambda: self.desk.sync(address, since=since, attachments=attachments, municipality=municipality)
            )
            if given is not None:
                st.rerun()
            show(tag("p", st.session_state.pop(_SAID, ""), class_="ps-warning", role="alert"))

    # What buttons do

    def _remove(self, name: str) -> None:
        if self._try(lambda: self.desk.remove(name)) is not None:
            st.query_params.from_dict(replace(self._address, remove="").parameters())

    def _retry(self, source: str | None) -> None:
        self._try(lambda: self.desk.retry(source))

    def _jobs(self) -> tuple[Job, ...]:
        desk = self.desk
        return desk.jobs() if desk.is_open else ()

    def _try_cancel(self, job: int) -> None:
        self._try(lambda: self.desk.cancel(job))

    def _try_dismiss(self, job: int) -> None:
        self._try(lambda: self.desk.dismiss(job))

    def _try(self, wish: Callable[[], T]) -> T | None:
        """What the desk gives; None, and a sentence to be shown, when it gives nothing."""
        try:
            return wish()
        except NotAllowed:
            st.session_state[_SAID] = self._say.not_allowed
        except QueueFull:
            st.session_state[_SAID] = self._say.queue_full
        except SyncFailed:
            st.session_state[_SAID] = self._say.no_site
        return None

    # What is shown

    def _question(self, going: Removal, names: Mapping[str, str]) -> Html:
        say = self._say
        goes = [say.goes_meeting.format(name=names.get(key, key)) for key in going.meetings]
        counts = [naming.counted(going.items, say.goes_items)] if going.items else []
        counts += [naming.counted(going.versions, say.goes_versions)] if going.versions else []
        goes += [", ".join(counts)] if counts else []
        goes += [say.goes_file.format(name=name) for name in going.kept]
        for source in going.sources:
            if is_address(source):
                goes.append(say.site_again.format(name=source))
            elif source not in going.kept and "#" not in source:
                goes.append(say.file_stays.format(name=source))
        goes += [say.comes_back.format(name=name) for name in going.comes_back]
        whole = next((key for key in going.meetings if going.comes_back and key != going.name), None)
        link = replace(self._address, remove=whole or "").href
        return tag(
            "section",
            tag("h2", say.remove_what.format(name=names.get(going.name, going.name))),
            tag("ul", *(tag("li", each) for each in goes)),
            tag("p", tag("a", say.whole_meeting, href=link)) if whole else None,
            class_="ps-removal",
        )

    def _refused(self, receipt: Receipt, limit: int) -> Html:
        rows = [
            tag(
                "li",
                tag("span", each.name, class_="ps-source"),
                tag("span", self._say.refusals[each.why].format(limit=limit)),
            )
            for each in receipt.refused
        ]
        return tag(
            "section",
            tag("h2", self._say.refused),
            tag("ul", *rows, class_="ps-list"),
            class_="ps-warning",
            role="alert",
        )


def _head(heading: str, advice: str, class_: str) -> Html:
    return tag("div", tag("h2", heading), tag("p", advice, class_="ps-meta"), class_=f"ps-part {class_}")
