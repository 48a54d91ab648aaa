"""Kildemose, the invented municipality, is consistent in itself, and every file of it reads back as it was written."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest

from ingest import reading, shapes
from ingest.archive import Archive
from ingest.pipeline import ingest, remove
from tests.example import cases, comparing, diary, expected, formats, loader, render_text
from tests.example.facts import NOTICE, Decision, Item, Kind, LineKind, Meeting
from tests.example.houses import HOUSES
from tests.example.rendered import Rendered

MEETINGS = loader.meetings()
HELD = tuple(meeting for meeting in loader.standing() if meeting.kind is Kind.REFERAT)


def named(meeting: Meeting) -> str:
    return meeting.slug


def items() -> Iterator[tuple[Meeting, Item]]:
    for meeting in MEETINGS:
        for item in meeting.items:
            yield meeting, item


# ── reading back ─────────────────────────────────────────────────────────────────────────────────────────────────────


def read(path: Path) -> list[dict[str, Any]]:
    """The meetings in a file in the shape of `parse --json`."""
    _, held = reading.parse(path)
    return list(shapes.parsed(held)["meetings"])


@cache
def rendered(name: str, meeting: Meeting) -> Rendered:
    return formats.RENDERERS[name](meeting)


def file_of(folder: Path, name: str, meeting: Meeting) -> Path:
    path = folder / f"{meeting.slug}.{HOUSES[name].suffix}"
    path.write_bytes(rendered(name, meeting).content)
    return path


READ = list(formats.RENDERERS)


@pytest.mark.parametrize("meeting", MEETINGS, ids=named)
@pytest.mark.parametrize("name", READ)
def test_every_file_reads_back_as_it_was_written(name: str, meeting: Meeting, tmp_path: Path) -> None:
    (found,) = read(file_of(tmp_path, name, meeting))
    wanted = expected.meeting(meeting, HOUSES[name], rendered(name, meeting).pages)
    assert comparing.meeting(wanted, found) == []


def test_the_collection_of_all_meetings_reads_back_as_it_was_written(tmp_path: Path) -> None:
    file, render = formats.COLLECTIONS["koebenhavn-json"]
    (tmp_path / file).write_bytes(render().content)
    found = {(each["committee"], each["date"]): each for each in read(tmp_path / file)}
    assert len(found) == len(loader.standing())
    for meeting in loader.standing():
        wanted = expected.meeting(meeting, HOUSES["koebenhavn-json"])
        held = found[meeting.committee, meeting.date.isoformat()]
        assert comparing.meeting(wanted, held) == [], meeting.slug


@pytest.mark.parametrize("meeting", [each for each in MEETINGS if expected.secrets(each)], ids=named)
@pytest.mark.parametrize("name", READ)
def test_nothing_of_a_closed_item_is_read(name: str, meeting: Meeting, tmp_path: Path) -> None:
    words = comparing.words(json.dumps(read(file_of(tmp_path, name, meeting)), ensure_ascii=False))
    assert [secret for secret in expected.secrets(meeting) if comparing.words(secret) in words] == []


@pytest.mark.parametrize("name", READ)
def test_numbers_that_look_like_cpr_are_never_read(name: str, tmp_path: Path) -> None:
    for meeting in (each for each in MEETINGS if any(item.personal_numbers for item in each.items)):
        whole = json.dumps(read(file_of(tmp_path, name, meeting)))
        numbers = [number for item in meeting.items for number in item.personal_numbers]
        assert [number for number in numbers if number in whole] == []


def test_a_difference_in_any_field_is_seen() -> None:
    meeting = next(each for each in HELD if each.name == "byr-2024-11-26")
    wanted = expected.meeting(meeting, HOUSES["edoc-pdf"], tuple((3, 4) for _ in meeting.items))
    assert comparing.meeting(wanted, wanted) == []
    for path in leaves(wanted):
        changed = json.loads(json.dumps(wanted))
        *above, last = path
        place: Any = changed
        for step in above:
            place = place[step]
        place[last] = "andet"
        is_free = last == "heading" or (last in ("kind", "text") and section_at(wanted, path) == "attachments")
        if not is_free:  # a section's text begins with its heading, and attachments are compared by name
            assert comparing.meeting(wanted, changed) != [], path


def section_at(shape: Any, path: tuple[Any, ...]) -> str | None:
    """The kind of the section that holds the value at `path`; None when none does."""
    if "sections" not in path:
        return None
    for step in path[:-1]:
        shape = shape[step]
    return str(shape["kind"])


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value that holds no other."""
    if not isinstance(value, (dict, list)):
        yield path
        return
    for step, each in value.items() if isinstance(value, dict) else enumerate(value):
        yield from leaves(each, (*path, step))


# ── rendering ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", formats.RENDERERS)
def test_a_meeting_is_rendered_into_the_same_bytes_each_time(name: str) -> None:
    render = formats.RENDERERS[name]
    assert render(HELD[0]).content == render(HELD[0]).content
    assert render(HELD[0]).content != render(HELD[1]).content


@pytest.mark.parametrize("name", [*formats.RENDERERS, *formats.COLLECTIONS])
def test_every_file_says_that_it_is_invented(name: str) -> None:
    content = (
        formats.RENDERERS[name](HELD[0]).content
        if name in formats.RENDERERS
        else formats.COLLECTIONS[name][1]().content
    )
    assert NOTICE in labels_of(content)


def labels_of(content: bytes) -> str:
    """The text of a file outside its pages: metadata of PDF and DOCX, everything else as it is."""
    if content.startswith(b"%PDF"):
        return str(dict(pypdf.PdfReader(BytesIO(content)).metadata or {}))
    if content.startswith(b"PK"):
        import docx

        return str(docx.Document(BytesIO(content)).core_properties.comments)
    return content.decode("utf-8")


def test_the_generator_writes_a_folder_for_each_format(tmp_path: Path) -> None:
    written = formats.write(tmp_path, ["text", "koebenhavn-json"])
    assert {path.parent.name for path in written} == {"text", "koebenhavn-json"}
    assert len(written) == len(MEETINGS) + 1
    assert all(path.stat().st_size for path in written)


def test_the_noise_is_there() -> None:
    meeting = next(each for each in HELD if each.name == "tu-2024-04-09")
    content = {name: render(meeting).content for name, render in formats.RENDERERS.items()}
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(content["edoc-pdf"])).pages]
    assert all(page.startswith("Teknisk Udvalg\nReferat\nÅbent referat\nDato: 09.04.2024\nSide") for page in pages)
    acadre = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content["acadre-pdf"])).pages)
    assert "1 of " in acadre
    assert "ﬁ" in acadre
    assert any(line.endswith("-") and line[-2].islower() for line in acadre.split("\n"))
    assert b"-\r\n" in content["text"]
    assert "с" in content["markdown"].decode()
    everything = "".join(render_text.markdown(each).content.decode() for each in HELD)
    assert "[skriv indstilling]" in everything
    assert ".Indstilling\n" in everything
    assert "BeslutningAnbefales" in everything or "BeslutningGodkendt" in everything
    assert any("\uf0b7 " in render_text.text(each).content.decode() for each in HELD)
    assert "\u00ad" in content["firstagenda-html"].decode()
    assert "<title>Dagsordenspunkt</title>" in content["firstagenda-json"].decode().replace("\\", "")
    assert "&oslash;" in content["sbsys-xml"].decode()


# ── the municipality ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_there_are_forty_meetings_of_four_committees_and_a_council_over_three_years() -> None:
    assert len(HELD) >= 40
    assert {meeting.committee for meeting in HELD} == set(diary.COMMITTEES.values())
    assert {meeting.date.year for meeting in HELD} == {2024, 2025, 2026}
    assert all(5 <= len(meeting.items) <= 9 for meeting in HELD)
    coming = [meeting for meeting in loader.standing() if meeting.kind is not Kind.REFERAT]
    assert len(coming) == 2
    assert min(meeting.date for meeting in coming) > max(meeting.date for meeting in HELD)


def test_meetings_are_on_working_days_and_a_body_meets_once_a_day() -> None:
    assert {meeting.date.weekday() for meeting in MEETINGS} <= {0, 1, 2, 3}
    assert max(Counter((each.committee, each.date) for each in diary.calendar()).values()) == 1
    assert all(meeting.start < meeting.end for meeting in MEETINGS)


def test_items_are_numbered_in_order_and_numbers_never_come_twice_in_a_year_where_they_run_on() -> None:
    for meeting in loader.standing():
        numbers = [int(item.number) for item in meeting.items]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    for one, other in pairwise(each for each in diary.calendar() if each.committee == "Teknisk Udvalg"):
        if one.date.year == other.date.year:
            assert other.first_number >= one.first_number + len(one.items)
    assert diary.gaps()


def test_some_meetings_have_an_agenda_a_supplement_minutes_and_a_corrected_version() -> None:
    versions: dict[str, list[str]] = {}
    for meeting in MEETINGS:
        versions.setdefault(meeting.name, []).append(meeting.version)
    assert ["dagsorden", "tillægsdagsorden", "referat"] in versions.values()
    assert ["referat", "referat-rettet"] in versions.values()
    assert ["dagsorden", "referat"] in versions.values()


def test_a_corrected_referat_differs_in_a_decision_alone() -> None:
    for name, title in (
        ("byr-2026-02-24", "Takster i skolefritidsordninger"),
        ("byr-2026-10-27", "Sikker skolevej ved Møllebakkens Skole"),
    ):
        first, corrected = (each for each in MEETINGS if each.name == name)
        pairs = list(zip(first.items, corrected.items, strict=True))
        changed = [(one, other) for one, other in pairs if one != other]
        assert [one.title for one, _ in changed] == [title]
        assert [one.decision != other.decision for one, other in changed] == [True]
        assert first.id != corrected.id


def test_every_reference_means_an_item_that_is_there_but_for_those_that_dangle() -> None:
    there = {(each.date, each.committee): each for each in loader.standing()}
    dangling = set()
    for meeting, item in items():
        for reference in item.references:
            if reference.date is None:
                dangling.add(reference.case_number)
                continue
            assert reference.date < meeting.date
            target = there.get((reference.date, str(reference.committee)))
            if target is None:
                dangling.add(f"{reference.date}")
            elif reference.number is not None:
                assert reference.number in [each.number for each in target.items]
    assert dangling == {"01.05.00-P19-2-19", "2020-12-03", "2021-06-08", "2023-01-16"}


def test_what_is_quoted_as_an_earlier_decision_was_decided_there() -> None:
    there = {(each.date, each.committee): each for each in loader.standing()}
    for meeting, item in items():
        for earlier in item.earlier:
            assert earlier.date < meeting.date
            (source,) = (each for each in there[earlier.date, earlier.committee].items if each.number == earlier.number)
            assert (source.name, source.decision) == (item.name, earlier.decision)


def test_of_everything_there_is_enough() -> None:
    decided = [item.decision for meeting in HELD for item in meeting.items if item.decision]
    outcomes = Counter(decision.outcome for decision in decided)
    assert set(outcomes) == {
        "adopted", "adopted_with_addition", "decided_otherwise", "noted", "discussed", "postponed", "withdrawn",
        "sent_on", "rejected", "none", "signed",
    }  # fmt: skip
    assert min(count for outcome, count in outcomes.items() if outcome != "withdrawn") >= 5
    wanders = Counter(item.name for meeting in HELD for item in meeting.items if item.name in cases.cases())
    assert sum(count >= 3 for count in wanders.values()) >= 10
    assert sum(bool(decision.points) for decision in decided) >= 6
    assert sum(bool(decision.votes) for decision in decided) >= 15
    assert sum(bool(decision.additions) for decision in decided) >= 8
    assert sum(item.is_closed for meeting in HELD for item in meeting.items) >= 4
    assert sum(bool(item.references) for meeting in HELD for item in meeting.items) >= 25
    assert sum(len(item.personal_numbers) for meeting in HELD for item in meeting.items) >= 4
    assert any(line.kind is LineKind.ROW for _, item in items() for part in item.sections for line in part.lines)
    assert any(advice.children for _, item in items() if item.recommendation for advice in item.recommendation.lines)


def test_one_case_number_stands_for_two_cases_in_one_meeting() -> None:
    shared = set()
    for meeting in HELD:
        titles: dict[str, set[str]] = {}
        for item in meeting.items:
            if item.name in cases.cases():
                titles.setdefault(item.case_number, set()).add(item.title)
        shared |= {number for number, named_so in titles.items() if len(named_so) > 1}
    assert len(shared) >= 2
    catch_all = Counter(item.case_number for meeting in HELD for item in meeting.items if item.case_number[:2] == "00")
    assert max(catch_all.values()) > 10


def test_what_should_be_read_in_a_decision_stands_in_it() -> None:
    for decision in (each for _, item in items() for each in decisions(item)):
        whole = " ".join(decision.paragraphs)
        assert all(part in whole for part in (*decision.additions, *decision.votes))
        assert all(point.text in whole for point in decision.points)


def decisions(item: Item) -> Iterator[Decision]:
    yield from (earlier.decision for earlier in item.earlier)
    if item.decision:
        yield item.decision


def test_a_secret_is_told_nowhere_else() -> None:
    secrets = {secret for meeting in MEETINGS for secret in expected.secrets(meeting)}
    assert len(secrets) >= 5
    told = {text for _, item in items() if not item.is_closed for text in texts(item)}
    assert not secrets & told


def test_no_mark_of_ours_is_left_in_the_text() -> None:
    for text in (text for meeting in MEETINGS for text in texts(meeting)):
        assert not set("{}~") & set(text), text


def texts(value: Any) -> Iterator[str]:
    """Every string in a noun of the example."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def test_the_example_borrows_nothing_from_the_reader_it_checks() -> None:
    for path in (Path(__file__).parent / "example").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        modules += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
        assert not [module for module in modules if module.split(".")[0] in ("ingest", "qa")], path.name


# ── all of it in one archive ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def municipality(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole municipality in three forms that know different things: with pages, with links, all in one file."""
    folder = tmp_path_factory.mktemp("kildemose")
    for name in ("firstagenda-pdf", "firstagenda-json"):
        (folder / name).mkdir()
        for meeting in MEETINGS:
            file_of(folder / name, name, meeting)
    file, render = formats.COLLECTIONS["koebenhavn-json"]
    (folder / file).write_bytes(render().content)
    return folder


def test_three_forms_of_every_meeting_are_one_meeting_each(municipality: Path, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db", create=True) as archive:
        report = ingest(archive, [municipality], encoder=None)
        assert report.failed == ()
        assert archive.check() == []
        standing = {meeting.key: meeting.kind.value for meeting in archive.meetings()}
        assert standing == {
            meeting.key: "referat" if meeting.kind is Kind.REFERAT else "dagsorden" for meeting in loader.standing()
        }
        held = next(meeting for meeting in HELD if meeting.version == "referat")
        (source,) = {entry.source for entry in archive.entries([f"{held.key}/{held.items[0].number}"])}
        assert source.endswith(".pdf")  # of two minutes alike the one with pages stands
        again = ingest(archive, [municipality], encoder=None)
        assert (again.added, again.updated, again.failed) == ((), (), ())


def test_what_is_written_in_firstagenda_s_form_can_be_added_as_it_lies(tmp_path: Path) -> None:
    written = formats.write(tmp_path, ["firstagenda-json"])
    assert written[-1].name == "udvalgsliste"
    with Archive.open(tmp_path / "archive.db", create=True) as archive:
        report = ingest(archive, [tmp_path], encoder=None)
    assert (report.meetings, report.failed) == (len(loader.standing()), ())


def test_a_file_with_many_meetings_is_taken_out_again_whole(municipality: Path, tmp_path: Path) -> None:
    file = municipality / formats.COLLECTIONS["koebenhavn-json"][0]
    with Archive.open(tmp_path / "archive.db", create=True) as archive:
        ingest(archive, [file], encoder=None)
        assert len(archive.meetings()) == len(loader.standing())
        states = Counter(record.state.value for record in archive.documents())
        assert states == {"divided": 1, "loaded": len(loader.standing())}
        one = archive.meetings()[0]
        assert remove(archive, one.key) == (f"{file}#{one.key}",)
        assert ingest(archive, [file], encoder=None).added == (str(file),)  # a meeting taken out of it comes back
        assert len(archive.meetings()) == len(loader.standing())
        assert len(remove(archive, str(file))) == 1 + len(loader.standing())
        assert (archive.meetings(), archive.documents()) == ((), ())


def test_references_lead_to_the_items_they_mean_and_dangle_where_nothing_is_loaded(
    municipality: Path, tmp_path: Path
) -> None:
    with Archive.open(tmp_path / "archive.db", create=True) as archive:
        ingest(archive, [municipality / "firstagenda-json"], encoder=None)
        found = {(row.item, row.reference.date, row.reference.number): row.reference for row in archive.references()}
        held = {(meeting.committee, meeting.date) for meeting in loader.standing()}
        for reference in found.values():
            if reference.target is not None:
                assert archive.item(reference.target) is not None
        numbered = [each for each in found.values() if each.date and each.number and each.committee]
        assert len(numbered) > 30
        for reference in numbered:
            assert (reference.target is not None) == ((reference.committee, reference.date) in held), reference
