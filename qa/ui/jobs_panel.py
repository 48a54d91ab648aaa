"""Jobs → the panel that shows how far they are, renewed by itself while one is under way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from ingest.jobs import Job, JobState, Outcome
from qa.model import Language
from qa.ui import naming, reasons, words_documents
from qa.ui.literal import Html, show, tag
from qa.ui.words import Words
from qa.ui.words_documents import DocumentWords

_EVERY = 1.0  # seconds
_SHOWN = 8  # jobs
_FAILURES = 20  # of one job that are shown
_LONG = 160  # characters of a subject
_TONES = {JobState.DONE: ("good", "✓"), JobState.FAILED: ("bad", "✕"), JobState.CANCELLED: ("plain", "–"),
          JobState.RUNNING: ("note", "…"), JobState.WAITING: ("plain", "…")}  # fmt: skip

Act = Callable[[int], None]


def show_jobs(jobs: Callable[[], Sequence[Job]], cancel: Act, dismiss: Act, words: Words) -> None:
    """Show the jobs that `jobs` gives now and, while one is not over, every second; the page is made anew when one has
    ended, since what is loaded has changed."""
    under_way = {job.id for job in jobs() if not job.is_over}

    def panel() -> None:
        found = jobs()
        if under_way - {job.id for job in found if not job.is_over}:
            st.rerun()
        _panel(found, cancel, dismiss, words.language)

    st.fragment(panel, run_every=_EVERY if under_way else None)()


def _panel(jobs: Sequence[Job], cancel: Act, dismiss: Act, language: Language) -> None:
    say = words_documents.of(language)
    if not jobs:
        return
    with st.container(key="jobs"):
        show(tag("h2", say.jobs))
        for job in jobs[:_SHOWN]:
            with st.container(key=f"job_{job.id}"):
                show(_job(job, say, language))
                if job.is_over:
                    st.button(say.dismiss, key=f"dismiss_{job.id}", on_click=dismiss, args=(job.id,))
                else:
                    st.button(say.cancel, key=f"cancel_{job.id}", on_click=cancel, args=(job.id,),
                              disabled=job.is_stopping)  # fmt: skip


def _job(job: Job, say: DocumentWords, language: Language) -> Html:
    tone, sign = _TONES[job.state]
    state = say.stopping if job.is_stopping else say.states[job.state]
    badge = tag("span", tag("span", sign, aria_hidden="true"), state, class_=f"ps-badge ps-badge-{tone}")
    return tag(
        "article",
        tag("h3", say.kinds[job.kind], " ", badge, class_="ps-line"),
        tag("p", _brief(job.subject), class_="ps-source"),
        _progress(job, say) if job.state is JobState.RUNNING else None,
        tag("p", _came(job.outcome, say)) if job.outcome else None,
        _failures(job.outcome.failed, language) if job.outcome and job.outcome.failed else None,
        tag("p", reasons.told(job.subject, job.fault, language) or say.fault) if job.state is JobState.FAILED else None,
        tag("p", say.cancelled_how) if job.state is JobState.CANCELLED and job.done else None,
        class_="ps-job",
    )


def _progress(job: Job, say: DocumentWords) -> Html:
    label = say.kinds[job.kind]
    if not job.total:
        return tag("p", tag("progress", aria_label=label))
    told = say.progress.format(done=job.done, total=job.total)
    return tag("p", tag("progress", value=job.done, max=job.total, aria_label=label), " ", tag("span", told))


def _came(outcome: Outcome, say: DocumentWords) -> str:
    figures = (
        (len(outcome.loaded), say.came_loaded),
        (len(outcome.unchanged), say.came_unchanged),
        (len(outcome.removed), say.came_removed),
        (len(outcome.failed), say.came_failed),
        (outcome.left, say.came_left),
    )
    told = [naming.counted(number, forms) for number, forms in figures if number]
    return f"{', '.join(told)}." if told else say.came_nothing


def _failures(failed: Sequence[tuple[str, str]], language: Language) -> Html:
    rows = [
        tag("li", tag("span", source, class_="ps-source"), tag("span", reasons.told(source, reason, language)))
        for source, reason in failed[:_FAILURES]
    ]
    return tag("ul", *rows, class_="ps-list")


def _brief(subject: str) -> str:
    return subject if len(subject) <= _LONG else f"{subject[:_LONG]} …"
