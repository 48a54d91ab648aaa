"""What every renderer gives back, and what they share about the head of a document."""

from __future__ import annotations

from dataclasses import dataclass

from tests.example import diary
from tests.example.facts import Kind, Meeting

WEEKDAYS = "mandag tirsdag onsdag torsdag fredag lørdag søndag".split()


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of a file. `pages` are the first and last page of each item; empty for formats without pages."""

    content: bytes
    pages: tuple[tuple[int, int], ...] = ()


def weekday(meeting: Meeting) -> str:
    """ "tirsdag" """
    return WEEKDAYS[meeting.date.weekday()]


def day(meeting: Meeting) -> str:
    """ "16. januar 2024" """
    return diary.danish_date(meeting.date)


def head(meeting: Meeting) -> tuple[str, str, str]:
    """The three lines that open a FirstAgenda export: what and whose it is, when, and where."""
    kind = {Kind.REFERAT: "REFERAT", Kind.DAGSORDEN: "DAGSORDEN", Kind.TILLAEG: "TILLÆGSDAGSORDEN"}[meeting.kind]
    return (
        f"{kind} {meeting.committee} d. {meeting.date:%d-%m-%Y}",
        f"Mødedato {weekday(meeting).capitalize()} d. {day(meeting)} kl. {meeting.start:%H:%M}",
        f"Mødested {meeting.place}",
    )
