"""What stays out of the archive. The forms of numbers and titles are golden pairs in `tests/cases`."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import privacy

NUMBERS = st.from_regex(r"(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{2}[- ]?[0-9]{4}", fullmatch=True)
AROUND = st.text(alphabet='abcæøå ,;:()"\n', max_size=20)


@given(AROUND, NUMBERS, AROUND)
def test_no_number_with_a_possible_date_survives(before: str, number: str, after: str) -> None:
    text = f"{before} {number} {after}"
    assert privacy.mask_cpr(text) == f"{before} {re.sub('[0-9]', 'x', number)} {after}"


@given(st.text(alphabet="0123456789-–./ \nxcprn_", max_size=60))
def test_masking_keeps_every_place_and_is_done_once(text: str) -> None:
    masked = privacy.mask_cpr(text)
    assert len(masked) == len(text)
    assert privacy.mask_cpr(masked) == masked
    assert all(new == old or (old.isdigit() and new == "x") for old, new in zip(text, masked, strict=True))


@pytest.mark.parametrize(
    "line",
    [
        "Lukkede sager",
        "LUKKEDE PUNKTER",
        "Lukket dagsorden:",
        "• Lukket referat",
        "Disse sager behandles for lukkede døre",
        "Sager for lukkede døre",
        "Punkter behandlet for lukkede døre",
    ],
)
def test_a_group_of_closed_items_has_a_heading_of_its_own(line: str) -> None:
    assert privacy.closes(line)
    assert not privacy.opens(line)


@pytest.mark.parametrize("line", ["Åbne sager", "ÅBNE SAGER", "Åben", "Åbne dagsordenspunkter", "Åbent referat:"])
def test_a_group_of_open_items_has_one_too(line: str) -> None:
    assert privacy.opens(line)
    assert not privacy.closes(line)


@pytest.mark.parametrize("line", ["", "Åbningstider", "Åbne sager i foråret", "Lukkede institutioner", "Lukket"])
def test_other_lines_open_and_close_nothing(line: str) -> None:
    assert not privacy.opens(line)
    assert not privacy.closes(line)
