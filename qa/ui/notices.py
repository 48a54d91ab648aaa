"""Pages for when there is nothing to show: no archive yet, one that cannot be opened, a thing not there, a fault."""

from __future__ import annotations

from pathlib import Path

from qa.ui import frame
from qa.ui.address import Address
from qa.ui.literal import Child, Html, show, tag
from qa.ui.words import Words

ADD_SAMPLE = "python -m ingest add data/minutes"
ADD_OWN = "python -m ingest add MAPPE/MED/REFERATER"


def empty(path: Path, address: Address, words: Words) -> None:
    """Nothing was ingested yet: say what to run."""
    _page(
        words.empty,
        tag("p", words.empty_why),
        command(ADD_SAMPLE),
        command(ADD_OWN),
        tag("p", words.empty_then.format(path=path), class_="ps-meta"),
    )
    frame.arrived(address, words)


def broken(reason: str, address: Address, words: Words) -> None:
    """The archive is there but cannot be used; the reason says what to do."""
    _page(words.broken, tag("p", reason))
    frame.arrived(address, words)


def missing(address: Address, words: Words, sentence: str) -> None:
    """The thing in the address is not loaded."""
    _page(words.missing, tag("p", sentence))
    frame.arrived(address, words)


def fault(address: Address, words: Words) -> None:
    """Something unforeseen; what it was is in the log, not on the screen."""
    _page(words.fault, tag("p", words.fault_advice))
    frame.arrived(address, words)


def command(line: str) -> Html:
    """A command to run, as it is typed."""
    return tag("pre", tag("code", line), class_="ps-command")


def _page(heading: str, *content: Child) -> None:
    show(tag("section", tag("h1", heading), *content, class_="ps-page", role="alert"))
