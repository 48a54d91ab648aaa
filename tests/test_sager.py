"""København's JSON → meetings: many in one file, breaks inside sentences undone, titles that are missing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest import reading
from ingest.errors import NotMinutes, Unreadable
from ingest.model import MeetingKind, Minutes

ADDRESS = "https://www.kk.dk/dagsordener/udvalget/moede-11082026/referat"


def sag(number: object, *sections: tuple[str, str], **changes: Any) -> dict[str, Any]:
    return {
        "kommune": "København", "udvalg": "Kulturudvalget", "dato": "2026-08-11", "type": "referat", "nr": number,
        "titel": "Nyt søbad", "kilde": f"{ADDRESS}/punkt-{number}",
        "afsnit": [{"titel": heading, "tekst": words} for heading, words in sections],
    } | changes  # fmt: skip


def read(tmp_path: Path, *sager: dict[str, Any], as_list: bool = False) -> tuple[Minutes, ...]:
    held = list(sager) if as_list else {f"kk-{place}": each for place, each in enumerate(sager)}
    path = tmp_path / "kk"
    path.write_text(json.dumps({"kommune": "København", "sager": held}), encoding="utf-8")
    return reading.parse(path)[1]


@pytest.mark.parametrize("as_list", [True, False])
def test_items_are_brought_together_by_body_day_and_kind(tmp_path: Path, as_list: bool) -> None:
    held = read(
        tmp_path,
        sag(10),
        sag(2, titel=None),
        sag(1, udvalg="Socialudvalget"),
        sag(3, type="dagsorden", kilde=None),
        sag(4, dato="2026-09-01"),
        as_list=as_list,
    )
    assert [(each.meeting.committee, each.meeting.date, each.meeting.kind) for each in held] == [
        ("Kulturudvalget", date(2026, 8, 11), MeetingKind.REFERAT),
        ("Socialudvalget", date(2026, 8, 11), MeetingKind.REFERAT),
        ("Kulturudvalget", date(2026, 8, 11), MeetingKind.DAGSORDEN),
        ("Kulturudvalget", date(2026, 9, 1), MeetingKind.REFERAT),
    ]
    first, agenda = held[0], held[2]
    assert [(each.number, each.title) for each in first.items] == [("2", ""), ("10", "Nyt søbad")]
    assert (first.meeting.municipality, first.meeting.link) == ("København", ADDRESS)
    assert first.items[1].link == f"{ADDRESS}/punkt-10"
    assert (agenda.meeting.link, agenda.items[0].link) == (None, None)


def test_a_break_inside_a_sentence_is_undone_and_one_between_lines_is_kept(tmp_path: Path) -> None:
    words = (
        "Badet ligger ved søen og\nskal åbnes.\n\nForvaltningen\r\nindstiller,\n\n"
        "• at badet åbnes,\n• at der\nafsættes penge.\n\n"
        "Følgende erklæring:\nUdvalget er enigt.\n\n1. Det er\ndyrt.\n2. Det er koldt."
    )
    ((item,),) = (each.items for each in read(tmp_path, sag(1, ("Problemstilling", words))))
    assert item.text == (
        "Punkt 1: Nyt søbad\n\nProblemstilling\nBadet ligger ved søen og skal åbnes.\nForvaltningen indstiller,\n"
        "• at badet åbnes,\n• at der afsættes penge.\nFølgende erklæring:\nUdvalget er enigt.\n"
        "1. Det er dyrt.\n2. Det er koldt.\n"
    )


def test_decisions_of_earlier_bodies_are_told_from_the_meetings_own(tmp_path: Path) -> None:
    earlier = (
        "Forvaltningen indstiller, at badet åbnes.\n\nSocialudvalgets beslutning i mødet den 7. maj 2026\n\n"
        "Indstillingen blev anbefalet.\n\nTeknik- og Miljøudvalgets beslutning i mødet den 13. maj 2026\n\nUdsat."
    )
    own = "Kulturudvalgets beslutning i mødet den 11. august 2026\n\nIndstillingen blev godkendt uden\nafstemning."
    ((item,),) = (
        each.items
        for each in read(
            tmp_path,
            sag(
                1,
                ("Tidligere beslutninger", "Socialudvalget anbefaler over for Kulturudvalget,\n\n• at badet åbnes."),
                ("Oversigt over politisk behandling", earlier),
                ("Beslutning", own),
                bilag=[{"navn": "Kort", "url": None}, {"navn": None}],
            ),
        )
    )
    assert [(each.body, each.date, each.is_own, each.span.of(item.text)) for each in item.decisions] == [
        ("Socialudvalget", date(2026, 5, 7), False, "Indstillingen blev anbefalet."),
        ("Teknik- og Miljøudvalget", date(2026, 5, 13), False, "Udsat."),
        ("Kulturudvalget", date(2026, 8, 11), True, "Indstillingen blev godkendt uden afstemning."),
    ]
    assert item.attachments == ("Kort",)


def test_what_is_not_whole_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotMinutes, match="none has both"):
        read(tmp_path, sag(1, udvalg=None), sag(2, dato=None))
    with pytest.raises(NotMinutes, match="the meeting's date 'i august' is none"):
        read(tmp_path, sag(1, dato="i august"))
    path = tmp_path / "kk"
    path.write_text('{"sager": {"a": {"udvalg": "Kultur', encoding="utf-8")
    with pytest.raises(Unreadable, match="damaged or cut off"):
        reading.parse(path)
