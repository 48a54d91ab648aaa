"""A reader's word on an answer → a line in a file beside the archive, as a question to measure by.

The lines are in the form that `python -m qa eval` reads. Nothing leaves the machine; civil registration numbers are
masked. A rating that does not tell which item is right has `relevant: null`: kept for whoever reads on, not measured.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from ingest.holdings import Selection
from ingest.privacy import mask_cpr
from qa.model import Answer, HitView, Role

NAME = "feedback.jsonl"
LONGEST = 1000  # characters of a reader's own words
_OFF = ("off", "0", "no", "false", "nej")
_ONE_AT_A_TIME = threading.Lock()


class Verdict(StrEnum):
    """Was the answer right?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Rating:
    """What a reader says of an answer.

    `history` and `selection` are what it was asked under, `asked` when, in local time. `right` is the item that would
    have been right, None for not told; `is_unanswerable`: the minutes do not hold it. `words` are the reader's own.
    """

    answer: Answer
    verdict: Verdict
    asked: datetime
    history: tuple[str, ...] = ()
    selection: Selection = Selection()  # noqa: RUF009 – frozen
    right: HitView | None = None
    is_unanswerable: bool = False
    words: str = ""


def destination(archive: Path, setting: str = "") -> Path | None:
    """The file for the ratings of an archive; None when `setting` (PUNKTSVAR_FEEDBACK) turns them off, or the file
    cannot be written."""
    file = archive.absolute().with_name(NAME)
    is_writable = os.access(file if file.exists() else file.parent, os.W_OK)
    return None if setting.strip().casefold() in _OFF or not is_writable else file


def keep(file: Path, rating: Rating) -> None:
    """Append the rating to `file`: a whole line or nothing, also where several write at once.

    Raises `OSError` when it cannot be written.
    """
    written = line(rating).encode()
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with _alone(handle):
            size = os.lseek(handle, 0, os.SEEK_END)
            if size:  # a line that was broken off stays one bad line
                os.lseek(handle, size - 1, os.SEEK_SET)
                written = written if os.read(handle, 1) == b"\n" else b"\n" + written
            _write(handle, written, size)
    finally:
        os.close(handle)


def line(rating: Rating) -> str:
    """The rating as a line of JSON Lines, its end included."""
    answer = rating.answer
    question, history = mask_cpr(answer.question.text), [mask_cpr(each) for each in rating.history]
    mark = hashlib.sha256("\n".join([*history, question, rating.asked.isoformat()]).encode()).hexdigest()[:12]
    relevant = _relevant(rating)
    row: dict[str, object] = {
        "id": f"feedback-{mark}",
        "question": question,
        "relevant": relevant,
        "history": history,
        "today": rating.asked.date().isoformat(),
        "language": str(answer.question.language),
        "type": "feedback",
        "verdict": str(rating.verdict),
        "words": mask_cpr(" ".join(rating.words.split()))[:LONGEST],
        "asked": rating.asked.isoformat(timespec="seconds"),
        "filter": {
            "committees": list(rating.selection.committees),
            "since": rating.selection.since.isoformat() if rating.selection.since else None,
            "until": rating.selection.until.isoformat() if rating.selection.until else None,
        },
    }
    if rating.verdict is Verdict.YES and relevant is not None:
        lead = next((claim for claim in answer.claims if claim.role is not Role.TITLE), None)
        row |= {"quotes": [lead.text], "label": str(lead.label)} if lead else {}
        row |= {"abstain": str(answer.abstention.reason)} if answer.abstention else {}
    return json.dumps(row, ensure_ascii=False) + "\n"


def _relevant(rating: Rating) -> list[dict[str, str]] | None:
    """The items that are right; [] when the minutes do not answer; None when that is not known, or depends on a filter
    that measuring does not set."""
    answer, right = rating.answer, rating.right
    if right is not None:
        return [_place(right.meeting.committee, right.meeting.date.isoformat(), right.number)]
    if rating.is_unanswerable:
        return [] if rating.selection.is_everything else None
    if rating.verdict is not Verdict.YES:
        return None
    if not answer.claims:
        return [] if answer.abstention and rating.selection.is_everything else None
    cited = dict.fromkeys(
        (place.committee, place.date.isoformat(), place.number)
        for claim in answer.claims
        for place in claim.citations[:1]
    )
    return [_place(*each) for each in cited]


def _place(committee: str, day: str, number: str) -> dict[str, str]:
    return {"committee": committee, "date": day, "number": number}


def _write(handle: int, written: bytes, size: int) -> None:
    """All of it, or the file as it was."""
    try:
        while written:
            written = written[os.write(handle, written) :]
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, size)
        raise


@contextmanager
def _alone(handle: int) -> Iterator[None]:
    """Alone in this process, and where the system has such locks, among all."""
    with _ONE_AT_A_TIME:
        if sys.platform == "win32":
            yield
            return
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)
