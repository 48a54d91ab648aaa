"""Attempts to break the keeping of versions: what is closed, what arrives in any order, what one file holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
import typeset
from kildemose import LIBRARY, SWIMMING, THEATRE, dagsorden, referat, write

from ingest import pipeline, reading
from ingest.archive import Archive
from ingest.model import MeetingKind
from ingest.pipeline import Report

KEY = "kildemose/kulturudvalget/2026-03-12"
APRIL = "kildemose/kulturudvalget/2026-04-16"
SECRET = ": Køb af Solhjem\n\nResume\n\nPrisen er sat af Zebraskov.\n\nBeslutning\n\nGodkendt."
WITH_CASE = SECRET.replace("Solhjem\n", "Solhjem\n\n13.06.02-G10-9-26\n")
CLOSED = ": Lukket punkt\n\nBeslutning\n\nGodkendt."
CLOSED_CASE = ": Lukket: Køb\n\n13.06.02-G10-9-26\n\nBeslutning\n\nGodkendt."
CLOSED_TITLE = ": Lukket: Køb af Solhjem\n\nBeslutning\n\nGodkendt."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db", create=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "minutes").mkdir()
    return tmp_path / "minutes"


def add(archive: Archive, *paths: Path) -> Report:
    return pipeline.ingest(archive, paths, encoder=None, municipality="Kildemose")


def titles(archive: Archive, key: str) -> list[str]:
    return [item.title for item in archive.items_of(key)]


def kept_bytes(archive: Archive) -> bytes:
    return b"".join(file.read_bytes() for file in archive.path.parent.glob("archive.db*"))


def supplement(*items: str) -> str:
    return dagsorden(*items).replace("DAGSORDEN", "TILLÆGSDAGSORDEN")


# Closed items


@pytest.mark.parametrize(
    ("was", "closed"), [(SECRET, CLOSED), (WITH_CASE, CLOSED_CASE), (SECRET, CLOSED_TITLE), (WITH_CASE, CLOSED)]
)
@pytest.mark.parametrize("is_reversed", [False, True])
def test_a_closed_item_under_another_number_is_in_no_earlier_version(archive, folder, was, closed, is_reversed):
    texts = {"a": dagsorden(THEATRE, was, SWIMMING), "b": referat(THEATRE, SWIMMING, LIBRARY, closed)}
    for name in reversed(texts) if is_reversed else texts:
        add(archive, *write(folder, **{name: texts[name]}))
    (earlier,) = archive.versions(KEY)
    assert titles(archive, earlier.key) == ["Tilskud til Kildemose Teaterforening", "Svømmehallens tag"]
    assert b"Zebraskov" not in kept_bytes(archive)


def test_an_item_taken_off_the_agenda_stays_in_the_earlier_version_where_the_closed_one_is_certain(archive, folder):
    write(folder, a=dagsorden(THEATRE, LIBRARY, WITH_CASE), b=referat(SWIMMING, THEATRE, CLOSED_CASE))
    add(archive, folder)
    (earlier,) = archive.versions(KEY)
    assert titles(archive, earlier.key) == [
        "Tilskud til Kildemose Teaterforening", "Åbningstider på biblioteket"
    ]  # fmt: skip


def test_two_items_of_one_case_do_not_hide_which_of_them_was_closed(archive, folder):
    twin = WITH_CASE.replace("Køb af Solhjem", "Salg af Solhjem").replace("Zebraskov", "Taksator")
    write(folder, a=dagsorden(twin, THEATRE, WITH_CASE), b=referat(LIBRARY, twin, SWIMMING, CLOSED))
    add(archive, folder)
    assert b"Zebraskov" not in kept_bytes(archive)


def test_earlier_versions_of_a_supplementary_agenda_go_behind_the_minutes_with_it_and_are_closed_by_them(
    archive, folder
):
    add(archive, *write(folder, a=dagsorden(THEATRE), t=supplement(WITH_CASE, LIBRARY)))
    add(archive, *write(folder, t=supplement(WITH_CASE.replace("Prisen", "Den pris"), LIBRARY)))
    add(archive, *write(folder, b=referat(THEATRE, LIBRARY, CLOSED_CASE)))
    assert [(each.is_supplement, titles(archive, each.key)) for each in archive.versions(KEY)] == [
        (False, ["Tilskud til Kildemose Teaterforening"]),
        (True, ["Åbningstider på biblioteket"]),  # of the two, which without the closed item say the same
    ]
    assert archive.versions(f"{KEY}-tillaeg") == ()
    assert b"Zebraskov" not in kept_bytes(archive)


def test_words_that_a_killed_run_left_in_the_file_are_wiped_by_the_next_one(archive, folder, monkeypatch):
    add(archive, *write(folder, a=referat(THEATRE, WITH_CASE)))
    with monkeypatch.context() as killed:
        killed.setattr("ingest.pipeline.link", lambda archive: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            add(archive, *write(folder, a=referat(THEATRE, CLOSED_CASE)))
    assert len(add(archive, folder).unchanged) == 1
    assert [word for word in (b"Zebraskov", b"zebraskov") if word in kept_bytes(archive)] == []


def case(
    title: str, day: str = "2026-03-12", kind: str = "referat", text: str = "Hallen er utæt."
) -> dict[str, object]:
    parts = [{"titel": "Problemstilling", "tekst": text}, {"titel": "Beslutning", "tekst": "Godkendt."}]
    place = {"udvalg": "Kulturudvalget", "dato": day, "type": kind, "kommune": "Kildemose"}
    return {"nr": "1", "titel": title, "afsnit": parts, **place}


CPR = "010180-1234"
SALE = "<h3>Sagsfremstilling</h3><p>Prisen er sat af Zebraskov.</p>"


def json_answer(item: dict[str, object], **meeting: object) -> str:
    moment = {"Dato": "2026-03-12T09:00:00+01:00", "Navn": "Referat"} | meeting
    answer = {"Dagsordenpunkter": [{"Punktnummer": "1", "Felter": [{"Html": SALE}]} | item], "Moede": moment}
    return json.dumps(answer | {"Udvalg": {"Navn": "Kulturudvalget"}})


def page(row: str = "punktrow", head: str = "Referat torsdag den 12. marts 2026", mark: str = "") -> str:
    return (
        f"<html><body><h1 class='dato'>{head}</h1><span class='udvalg'>Kulturudvalget</span>"
        f"<table><tr class='{row}'><td>"
        f"<span class='label'>1.</span><h2 class='overskrift'>Salg</h2>{mark}<div id='sagsfremstillingContainer'>{SALE}"
        "</div><a class='bilag-link'>Zebraskov</a></td></tr></table></body></html>"
    )


def export(public: str, name: str = "Dagsorden") -> str:
    return (
        f"<Publication><Agenda><Name>{name}</Name><Committee><Name>Kulturudvalget</Name></Committee><Meeting><When>12-03-2026"
        f" 09:00:00</When></Meeting><Items><Item><Number>1</Number><Caption>Salg</Caption>{public}<Fields><ItemField>"
        "<Caption>Sag</Caption><Content>Zebraskov</Content></ItemField></Fields><Enclosures><Enclosure><Name>Zebraskov"
        "</Name></Enclosure></Enclosures></Item></Items></Agenda></Publication>"
    )


@pytest.mark.parametrize(
    "content",
    [
        json_answer({"Navn": "Salg", "IsOpen": "nej"}),
        json_answer({"Navn": "Salg", "IsOpen": "måske"}),
        json_answer({"Navn": "Salg"}, Navn="Lukket referat"),
        json_answer({"Navn": "Salg"}, Navn="Lukket tillægsdagsorden til den 12. marts"),
        page("punktrow lukket"),
        page("punktrow punkt-lukket"),
        page(head="Lukket referat torsdag den 12. marts 2026"),
        page(mark='<img alt="Lukket punkt" src="laas.png">'),
        export("<IsPublic>false</IsPublic>"),
        export("<IsPublic> No </IsPublic>"),
        export("<IsPublic>nej</IsPublic>"),
        export("<IsPublic>true</IsPublic>", name="Lukket dagsorden"),
        json.dumps({"sager": [case("Salg", kind="lukket referat", text="Zebraskov")]}),
        json.dumps({"sager": [case("Salg", text="Zebraskov") | {"lukket": "ja"}]}),
    ],
)
def test_in_every_format_what_looks_closed_is_closed(tmp_path, content):
    path = tmp_path / "minutes"
    path.write_text(content, encoding="utf-8")
    (minutes,) = reading.parse(path)[1]
    assert [item.is_closed for item in minutes.items] == [True]
    assert "Zebraskov" not in repr(minutes)


def test_what_follows_the_published_decision_of_a_closed_item_is_not_kept(tmp_path):
    path = tmp_path / "answer"
    html = "<h3>Beslutning</h3><p>Godkendt.</p><p>Ejeren Zebraskov havde selv bedt om det.</p>"
    path.write_text(json_answer({"Navn": "Salg", "IsOpen": False, "Felter": [{"Html": html}]}), encoding="utf-8")
    (minutes,) = reading.parse(path)[1]
    assert [decision.span.of(minutes.items[0].text) for decision in minutes.items[0].decisions] == ["Godkendt."]
    assert "Zebraskov" not in repr(minutes)


def test_a_number_of_a_person_is_in_no_field_of_a_meeting(tmp_path):
    sag = case(CPR) | {"nr": CPR, "kilde": f"https://kildemose.example.dk/{CPR}/punkt-1", "sagsnummer": CPR}
    (tmp_path / "sager").write_text(json.dumps({"sager": [sag | {"bilag": [{"navn": CPR}]}]}), encoding="utf-8")
    item = {"Navn": CPR, "Punktnummer": CPR, "SagsNummer": CPR, "Bilag": [{"Navn": CPR}]}
    people = {"Sted": CPR, "Moededeltagere": [{"Name": CPR}]}
    (tmp_path / "answer").write_text(json_answer(item, **people), encoding="utf-8")
    for name in ("sager", "answer"):
        (minutes,) = reading.parse(tmp_path / name)[1]
        assert CPR not in repr(minutes)
        assert "xxxxxx-xxxx" in repr(minutes)


# Orders of arrival


def test_whatever_order_sources_arrive_in_the_archive_is_the_same(tmp_path):
    texts = {
        "agenda": dagsorden(THEATRE, LIBRARY),
        "again": dagsorden(THEATRE, LIBRARY) + "\n",
        "more": supplement(SWIMMING),
        "minutes": referat(THEATRE, LIBRARY, SWIMMING),
    }
    folder = tmp_path / "minutes"
    folder.mkdir()
    paths = dict(zip(texts, write(folder, **texts), strict=True))
    dumps = set()
    for number, order in enumerate(permutations(texts)):
        if order.index("again") > order.index("agenda"):  # of two equal sources the later one stands
            with Archive.open(tmp_path / f"{number}.db", create=True) as archive:
                for name in order:
                    add(archive, paths[name])
                assert archive.check() == []
                dumps.add(archive.dump())
                add(archive, folder)
                dumps.add(archive.dump())
    assert len(dumps) == 1


def test_an_agenda_that_is_fetched_again_and_again_is_one_earlier_version(archive, folder):
    add(archive, *write(folder, b=referat(THEATRE)))
    for count in range(4):
        add(archive, *write(folder, a=dagsorden(THEATRE) + "\n" * count, c=dagsorden(THEATRE) + " " * count))
    assert len(archive.versions(KEY)) == 1


def test_an_agenda_that_can_be_read_no_more_is_no_holder_of_its_meeting(archive, folder):
    minutes, _ = write(folder, b=referat(THEATRE), z=dagsorden(THEATRE))
    add(archive, folder)
    minutes.unlink()
    (folder / "z.txt").write_text("")
    assert len(add(archive, folder).failed) == 1
    add(archive, *write(folder, c=dagsorden(THEATRE, LIBRARY)))
    assert [meeting.kind for meeting in archive.meetings()] == [MeetingKind.REFERAT]


def test_a_meeting_stays_one_when_the_other_one_of_its_day_is_removed(archive, folder):
    morning, _ = write(folder, m=referat(THEATRE, start="09:00"), n=referat(LIBRARY, SWIMMING, start="16:00"))
    add(archive, folder)
    pipeline.remove(archive, str(morning))
    add(archive, *write(folder, o=dagsorden(LIBRARY, SWIMMING, start="16:00")))
    assert [(each.key, each.kind) for each in archive.meetings()] == [(f"{KEY}-1600", MeetingKind.REFERAT)]


# Files that hold several meetings


def collection(folder: Path, *cases: dict[str, object]) -> Path:
    path = folder / "collection.json"
    path.write_text(json.dumps({"sager": cases}), encoding="utf-8")
    return path


def test_a_meeting_that_a_file_holds_no_more_goes_also_when_one_is_left(archive, folder):
    add(archive, collection(folder, case("Hal"), case("Bad", "2026-04-16", text="Zebraskov.")))
    report = add(archive, collection(folder, case("Hal")))
    assert (len(report.updated), [each.key for each in archive.meetings()]) == (1, [KEY])
    assert b"Zebraskov" not in kept_bytes(archive)
    report = add(archive, collection(folder, case("Hal"), case("Bad", "2026-04-16")))
    assert (len(report.updated), [each.key for each in archive.meetings()]) == (1, [KEY, APRIL])
    assert len(archive.documents()) == 3


@pytest.mark.parametrize("left", [("2026-04-16",), ("2026-04-16", "2026-05-21")])
def test_a_meeting_is_not_read_out_of_a_file_that_holds_it_no_more(archive, folder, left):
    add(archive, collection(folder, case("Hal"), case("Bad", "2026-04-16")))
    (better,) = write(folder, better=referat(": Hal\n\nBeslutning\n\nGodkendt."))
    add(archive, better)
    path = collection(folder, *(case("Bad", day) for day in left))
    pipeline.remove(archive, str(better))
    pipeline.ingest(archive, (), encoder=None)
    assert [(each.key, archive.items_of(each.key)[0].title) for each in archive.meetings()] == [(APRIL, "Bad")]
    assert [each.source for each in archive.documents()] == [str(path), f"{path}#{APRIL}"]


def test_the_agenda_in_the_same_file_stands_behind_the_minutes_whichever_comes_first(archive, folder):
    agenda = case("Hal", kind="dagsorden", text="Hallen skal ses efter.")
    for cases in ((agenda, case("Hal")), (case("Hal"), agenda)):
        add(archive, collection(folder, *cases, case("Bad", "2026-04-16")))
        assert [each.kind for each in archive.meetings()] == [MeetingKind.REFERAT] * 2
        assert [each.kind for each in archive.versions(KEY)] == [MeetingKind.DAGSORDEN]
        archive.remove(KEY)
        archive.remove(str(folder / "collection.json"))


def test_four_documents_of_one_day_in_one_file_are_all_kept(archive, folder):
    day = {"Moede": {"Dato": "2026-03-12T09:00:00+01:00"}, "Udvalg": {"Navn": "Kulturudvalget"}}

    def answer(kind: str, hour: str, *titles: str) -> dict[str, object]:
        moment = {"Dato": f"2026-03-12T{hour}:00:00+01:00", "Navn": kind, "Afsluttet": kind == "Referat"}
        items = [{"Punktnummer": str(n), "Navn": title} for n, title in enumerate(titles, start=1)]
        return {**day, "Moede": moment, "Dagsordenpunkter": items}

    path = folder / "answers.json"
    path.write_text(json.dumps([
        answer("Dagsorden", "09", "Hal"), answer("Referat", "09", "Hal"),
        answer("Dagsorden", "16", "Bad"), answer("Referat", "16", "Bad"),
    ]))  # fmt: skip
    add(archive, path)
    assert [(each.key, titles(archive, each.key)) for each in archive.meetings()] == [
        (KEY, ["Hal"]), (f"{KEY}-1600", ["Bad"])
    ]  # fmt: skip
    assert len(archive.versions(KEY)) == len(archive.versions(f"{KEY}-1600")) == 1
    before = archive.fingerprint()
    assert len(add(archive, path).unchanged) == 1
    assert archive.fingerprint() == before


def test_a_file_whose_name_begins_like_another_one_s_is_no_meeting_of_that(archive, folder):
    path = collection(folder, case("Hal"), case("Bad", "2026-04-16"))
    (folder / "collection.json#2.txt").write_text(referat(THEATRE, committee="Teknisk Udvalg"), encoding="utf-8")
    add(archive, folder)
    add(archive, collection(folder, case("Hal"), case("Bad", "2026-05-21")))
    add(archive, collection(folder, case("Hal")))
    pipeline.remove(archive, str(path))
    assert [each.committee for each in archive.meetings()] == ["Teknisk Udvalg"]


def test_a_correction_and_what_it_corrects_in_two_forms_each_are_one_version(archive, folder):
    wrong, right = referat(THEATRE, LIBRARY), referat(THEATRE, LIBRARY.replace("1. maj", "1. juni"))
    write(folder, a=wrong, b=right)
    for name, text in (("c", wrong), ("d", right)):
        (folder / f"{name}.pdf").write_bytes(typeset.pdf(text))
    add(archive, folder)
    assert [meeting.key for meeting in archive.meetings()] == [KEY]
    (earlier,) = archive.versions(KEY)
    decided = [item.own_decisions[0].span.of(item.text) for item in archive.items_of(earlier.key)]
    assert decided[1] == "Indstillingen er tiltrådt. Ordningen gælder fra 1. maj 2026."
    assert archive.entries([f"{earlier.key}/2"])[0].source.endswith("c.pdf")
    assert archive.check() == []
