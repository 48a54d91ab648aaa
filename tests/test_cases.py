"""Golden pairs that a clerk can read and write: what stands in minutes, and what is to be made of it.

They lie in `tests/cases/*.md`, one file for each thing that is read. A file is ordinary Markdown in one of two forms;
the words above the first case say which, and what its columns or blocks mean.

- *Tables.* Each row is a case. The first column is the wording as it stands in the minutes, the others what it means.
  An empty cell or `–` is none; ` / ` parts several.
- *Pairs of blocks.* Each heading names a case. Below it stand two blocks fenced by three backticks: the minutes, then
  the result, one line for each thing found. `⏎` stands for a line end inside one of them.

A fault found in somebody's minutes arrives here as a case, named after where it was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest import attendance, headings, mentions, minutes, normalise, outcome, privacy, recommendations
from ingest.model import AgendaItem, Document, Minutes, Recommendation, Reference, Section, SectionKind, Span

CASES = Path(__file__).parent / "cases"
HEAD = """REFERAT Kulturudvalget d. 12-03-2026

Mødedato Torsdag d. 12. marts 2026 kl. 15:00

Mødested Rådhuset

"""
CULTURE = ("Kulturudvalget", date(2026, 3, 12))


def rows(name: str, heading: str = "") -> list[list[str]]:
    """The rows of the tables in a file, below `heading` if one is given, without the tables' own heads."""
    text = (CASES / f"{name}.md").read_text(encoding="utf-8")
    text = re.split(r"^## ", text.split(f"\n## {heading}\n")[1], flags=re.MULTILINE)[0] if heading else text
    tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    return [[cell.strip() for cell in line[1:-1].split("|")] for table in tables for line in table.splitlines()[2:]]


def pairs(name: str) -> list[tuple[str, str, str]]:
    """The cases of a file: name, minutes, result."""
    text = (CASES / f"{name}.md").read_text(encoding="utf-8")
    found = re.findall(r"^##+ ([^\n]+)\n\n```\n(.*?)^```\n```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert 4 * len(found) == len(re.findall("^```$", text, re.MULTILINE)) > 0, f"{name}.md: a case is malformed"
    return found


def read(text: str) -> Minutes:
    """The minutes in a text as it would stand in a file."""
    clean = normalise.clean(Document("case.txt", "", "text/plain", (text,), is_paged=False))
    return minutes.parse(clean)


def on_one_line(text: str) -> str:
    """`text` with its line ends shown."""
    return re.sub(r"\n+", " ⏎ ", text)


def several(cell: str) -> list[str]:
    """The parts of a cell."""
    return [part for part in cell.split(" / ") if part not in ("", "–")]


@pytest.mark.parametrize(("wording", "expected", "additions", "votes"), rows("outcomes"))
def test_a_decision_s_words_say_its_outcome_what_it_adds_and_who_voted_how(
    wording: str, expected: str, additions: str, votes: str
) -> None:
    reading = outcome.read(wording)
    assert outcome.classify(wording) == reading.outcome == expected
    assert [span.of(wording) for span in reading.additions] == several(additions)
    assert [span.of(wording) for span in reading.votes] == several(votes)


def nested(lines: tuple[Recommendation, ...], text: str, depth: int = 0) -> Iterator[str]:
    for line in lines:
        number = f"{line.number}: " if line.number else ""
        yield "  " * depth + number + re.sub(r"\n+", " ⏎ ", line.span.of(text))
        yield from nested(line.children, text, depth + 1)


@pytest.mark.parametrize(("name", "text", "expected"), pairs("recommendations"))
def test_an_indstilling_has_its_lines_as_they_nest(name: str, text: str, expected: str) -> None:
    found = recommendations.find(text, Span(0, len(text)))
    assert "".join(f"{line}\n" for line in nested(found, text)) == expected, name


@pytest.mark.parametrize(("line", "kind", "body", "day"), rows("headings"))
def test_a_section_heading_is_known_by_its_words(line: str, kind: str, body: str, day: str) -> None:
    heading = headings.section(line)
    found = ("–", "", "") if heading is None else (heading.kind, heading.body or "", heading.date or "")
    assert found == (kind, body, day)


@pytest.mark.parametrize(("name", "text", "expected"), pairs("items"))
def test_items_begin_at_their_headings(name: str, text: str, expected: str) -> None:
    found = read(HEAD + text).items
    assert "".join(f"{each.number} | {each.title} | {each.case_number or '–'}\n" for each in found) == expected, name
    assert len({each.key for each in found}) == len(found)


@pytest.mark.parametrize(("sentence", "expected"), rows("references"))
def test_a_sentence_refers_to_earlier_meetings_items_and_cases(sentence: str, expected: str) -> None:
    committee, held = CULTURE
    whole = Span(0, len(sentence))
    found = mentions.find(sentence, 0, [Section(SectionKind.BODY, "", whole, whole)], held=held, committee=committee)
    assert [reference_line(each) for each in found] == several(expected)
    assert {each.span.of(sentence) for each in found} <= {sentence}


def reference_line(found: Reference) -> str:
    number = found.number and f"punkt {found.number}"
    parts = (f"{found.date or ''}", number, found.committee, found.case_number)
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(("written", "kept"), rows("cpr", "Masked"))
def test_a_civil_registration_number_is_masked_however_it_is_written(written: str, kept: str) -> None:
    assert privacy.mask_cpr(written) == kept
    assert len(kept) == len(written)
    assert privacy.mask_cpr(f"Sagen om {written} og mere") == f"Sagen om {kept} og mere"


@pytest.mark.parametrize("written", [row[0] for row in rows("cpr", "Left alone")])
def test_other_numbers_are_left_alone(written: str) -> None:
    assert privacy.mask_cpr(f"Sagen om {written} og mere") == f"Sagen om {written} og mere"


@pytest.mark.parametrize(("title", "is_closed"), rows("closed", "Titles"))
def test_a_title_says_that_an_item_is_closed(title: str, is_closed: str) -> None:
    assert privacy.is_closed(title) == (is_closed == "closed")


@pytest.mark.parametrize(("name", "text", "expected"), pairs("closed"))
def test_of_a_closed_item_only_the_heading_and_a_published_decision_are_kept(
    name: str, text: str, expected: str
) -> None:
    opening = "Punkt 1: Godkendelse af dagsorden\n\n82.07.00-G01-1-26\n\nBeslutning\n\nGodkendt.\n\n"
    first, *others = read(HEAD + opening + text).items
    assert first.text == opening.rstrip() + "\n"
    assert re.sub(r"\n+", "\n", "".join(each.text for each in others)) == expected, name
    assert all("HEMMELIGT" not in field for each in others for field in words_of(each))


def words_of(item: AgendaItem) -> tuple[str, ...]:
    return item.key, item.number, item.title, item.text, *item.attachments


@pytest.mark.parametrize(("name", "text", "expected"), pairs("decisions"))
def test_the_decisions_of_several_bodies_are_told_apart(name: str, text: str, expected: str) -> None:
    (item,) = read(f"{HEAD}Punkt 1: Taget på Kildemose Skole\n\n82.07.00-G01-3-26\n\n{text}").items
    lines = (
        f"{'own' if each.is_own else 'earlier'} | {each.body} | {each.date} | {each.number or '–'} | {each.outcome} | "
        f"{on_one_line(each.span.of(item.text))}\n"
        for each in item.decisions
    )
    assert "".join(lines) == expected, name


@pytest.mark.parametrize(("name", "text", "expected"), pairs("sections"))
def test_an_item_has_its_sections_under_their_headings(name: str, text: str, expected: str) -> None:
    (item,) = read(f"{HEAD}Punkt 1: Taget på Kildemose Skole\n\n82.07.00-G01-3-26\n\n{text}").items
    found = "".join(f"{each.kind} | {each.heading or '–'}\n" for each in item.sections[1:])
    assert found == expected, name
    assert "".join(each.span.of(item.text) for each in item.sections) == item.text


@pytest.mark.parametrize(("name", "text", "expected"), pairs("attendance"))
def test_a_front_page_lists_who_came_and_who_did_not(name: str, text: str, expected: str) -> None:
    lines = (
        f"{'absent' if each.is_absent else 'present'} | {each.name} | {each.note}\n"
        for each in attendance.of_meeting(text)
    )
    assert "".join(lines) == expected, name


@pytest.mark.parametrize(("words", "absent"), rows("attendance", "Items"))
def test_an_item_says_who_took_no_part_in_it(words: str, absent: str) -> None:
    assert list(attendance.of_item(words.replace(" ⏎ ", "\n"))) == several(absent)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            (
                "Ny sti\n\nSag nr. 1\n\nSagens kerne\n\nStien.\n\nKøb af jord (Lukket)\n\nSag nr. 2\n\nSagens kerne\n\n"
                "HEMMELIGT\n\nSalg af jord\n\nSag nr. 3\n\nSagens kerne\n\nJorden.\n"
            ),
            "Køb af jord (Lukket)\n\nSag nr. 2\n",
        ),
        (
            (
                "Ny sti\n\nSag nr. 1\n\nSagens kerne\n\nStien.\n\nLukkede sager\n\nHEMMELIGT køb\n\nSag nr. 2\n\n"
                "Sagens kerne\n\nHEMMELIGT\n"
            ),
            "Sag nr. 2\n",
        ),
        (
            (
                "Sagsnr.: 26/1170\n\nResume\n\nStien.\n\nLukkede sager\n\nSagsnr.: 26/1171\n\nResume\n\n"
                "Sagen.\n\nHEMMELIGT notat\n\nSagsnr.: 26/1172\n\nResume\n\nHEMMELIGT\n"
            ),
            "Sagsnr.: 26/1171\nSagsnr.: 26/1172\n",
        ),
    ],
)
def test_of_a_closed_item_whose_title_stands_above_its_number_nothing_else_is_kept(text: str, kept: str) -> None:
    found = read(HEAD + text).items
    assert "".join(each.text for each in found if each.is_closed) == kept
    assert all("HEMMELIGT" not in field for each in found for field in words_of(each))
