"""`python -m ingest sync`: from a publication site into the archive, and into answers that link back to the site."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from publication_site import LIST, Fault, Site, SiteMeeting, agenda, identity, invented, serving
from reportlab.pdfgen.canvas import Canvas

from ingest import __main__ as cli
from ingest import passages
from ingest.archive import Archive
from ingest.model import MeetingKind, SectionKind
from qa.assistant import Assistant

Run = Callable[..., tuple[int, str, str]]
COUNCIL = SiteMeeting(identity("council"), "Byrådet", date(2026, 5, 4))
KEY = "kildemose/byraadet/2026-05-04"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def run(path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `ingest` on one archive; gives exit code, stdout and stderr."""

    def command(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = cli.main(["--archive", str(path), *map(str, arguments)])
        return (code, *capsys.readouterr())

    return command


def sync(run: Run, site: Site, *arguments: str) -> tuple[int, dict[str, object], str]:
    options = ("--model", "word-hash", "--rate", "1000", "--municipality", "Kildemose", "--json")
    code, out, err = run("sync", site.base, *options, *arguments)
    return code, json.loads(out), err


def pdf(*lines: str) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    for place, line in enumerate(lines):
        canvas.drawString(72, 700 - 14 * place, line)
    canvas.save()
    return buffer.getvalue()


def test_a_whole_site_comes_into_the_archive_and_again_costs_one_request(run, site, path):
    site.publish(invented(12))
    code, done, err = sync(run, site)
    assert (code, err, done["listed"], len(done["taken"]), done["failed"]) == (0, "", 12, 12, [])
    with Archive.open(path) as archive:
        assert len(archive.meetings()) == done["meetings"] == 12
        kinds = [meeting.kind for meeting in archive.meetings()]
        assert kinds.count(MeetingKind.DAGSORDEN) == 4
        assert archive.check() == []
        before = archive.dump()
    requests = len(site.requests)
    code, again, _ = sync(run, site)
    assert (code, again["unchanged"], again["taken"], site.requests[requests:]) == (0, 12, [], [LIST])
    with Archive.open(path) as archive:
        assert archive.dump() == before


def test_people_are_told_what_was_done(run, site):
    site.publish(invented(3))
    code, out, err = run("sync", site.base, "--model", "word-hash", "--rate", 1000)
    assert (code, err) == (0, "ingest: the municipality of 3 meetings is unknown; name it with --municipality\n")
    assert out.splitlines()[:2] == [
        "3 meetings listed, 0 unchanged, 3 fetched", "3 taken into the archive, 0 failed"
    ]  # fmt: skip


def test_a_municipality_named_later_is_that_of_all_meetings_and_asks_for_nothing(run, site, path):
    early = replace(COUNCIL, id=identity("agenda"), is_minutes=False, name="Dagsorden")
    site.publish([early])
    run("sync", site.base, "--model", "word-hash", "--rate", 1000)
    del site.meetings[early.id]  # not listed any more, but kept, behind the minutes
    site.publish([COUNCIL, *invented(3)])
    run("sync", site.base, "--model", "word-hash", "--rate", 1000)
    with Archive.open(path) as archive:
        assert {meeting.municipality for meeting in archive.meetings()} == {""}
    requests = len(site.requests)
    code, done, err = sync(run, site)
    assert (code, err, len(done["taken"]), done["fetched"], site.requests[requests:]) == (0, "", 4, [], [LIST])
    with Archive.open(path) as archive:
        assert {meeting.municipality for meeting in archive.meetings()} == {"Kildemose"}
        assert {record.municipality for record in archive.documents()} == {"Kildemose"}
        assert len(archive.meetings()) == 4
        assert [meeting.key.partition("@")[0] for meeting in archive.versions(KEY)] == [KEY]
        assert archive.check() == []
    assert sync(run, site)[1]["taken"] == []


def test_items_link_to_the_site_and_so_do_citations(run, site, path):
    site.publish([COUNCIL])
    sync(run, site)
    item = identity(f"{COUNCIL.id} 1")
    with Archive.open(path) as archive:
        (meeting,) = archive.meetings()
        assert (meeting.key, meeting.link) == (KEY, f"{site.base}/vis?id={COUNCIL.id}")
        assert archive.items_of(KEY)[0].link == f"{site.base}/vis?id={COUNCIL.id}&punktid={item}"
        assert [(each.name, each.is_absent) for each in meeting.attendance] == [("Ida Holm", False)]
    with Assistant.open(path) as assistant:
        answer = assistant.ask("Hvad blev besluttet om planen for havnen?", today=date(2026, 6, 1))
        assert {citation.link for claim in answer.claims for citation in claim.citations} == {
            f"{site.base}/vis?id={COUNCIL.id}&punktid={item}"
        }


def test_minutes_take_the_place_of_their_agenda_and_of_the_supplementary_one(run, site, path):
    agenda = replace(COUNCIL, id=identity("agenda"), is_minutes=False, name="Dagsorden")
    supplement = replace(COUNCIL, id=identity("more"), is_minutes=False, name="Tillægsdagsorden")
    site.publish([agenda, supplement])
    sync(run, site)
    with Archive.open(path) as archive:
        assert [meeting.key for meeting in archive.meetings()] == [KEY, f"{KEY}-tillaeg"]
    site.publish([COUNCIL])
    sync(run, site)
    with Archive.open(path) as archive:
        assert [(meeting.key, meeting.kind) for meeting in archive.meetings()] == [(KEY, MeetingKind.REFERAT)]
        assert [meeting.key.partition("@")[0] for meeting in archive.versions(KEY)] == [KEY, f"{KEY}-tillaeg"]
        before = archive.dump()
        assert archive.check() == []
    assert sync(run, site)[1]["taken"] == []
    with Archive.open(path) as archive:
        assert archive.dump() == before


def test_minutes_published_anew_under_another_id_are_the_same_meeting(run, site, path):
    site.publish([COUNCIL])
    sync(run, site)
    anew = site.republish(COUNCIL)
    code, done, _ = sync(run, site)
    assert (code, len(done["gone"])) == (0, 1)
    with Archive.open(path) as archive:
        assert [meeting.link for meeting in archive.meetings()] == [f"{site.base}/vis?id={anew.id}"]


def test_what_is_no_longer_listed_is_named_unless_it_stands_behind_another(run, site):
    withdrawn = replace(COUNCIL, id=identity("withdrawn"), day=date(2026, 4, 6))
    site.publish([COUNCIL, withdrawn])
    sync(run, site)
    del site.meetings[withdrawn.id]
    site.republish(COUNCIL)
    again = ("sync", site.base, "--model", "word-hash", "--rate", 1000, "--municipality", "Kildemose")
    code, out, err = run(*again)
    key, address = "kildemose/byraadet/2026-04-06", f"{site.base}{withdrawn.path}"
    told = ["1 no longer listed; what they said stays until you `remove` it:", f"  {key}  {address}"]
    assert (code, err, out.splitlines()[2:4]) == (0, "", told)
    run("remove", key)
    assert "no longer listed" not in run(*again)[1]


@pytest.mark.parametrize("first", ["a", "b"])
def test_of_two_minutes_of_one_meeting_on_the_list_the_one_released_later_stands(run, site, path, first):
    released = {"a": "2026-05-06T10:53:07.7035726+02:00", "b": "2026-05-13T09:00:00.5222942+02:00"}
    second = "b" if first == "a" else "a"
    ids = {first: identity("one"), second: identity("another")}
    site.publish([replace(COUNCIL, id=ids[name], released=released[name]) for name in ("a", "b")])
    assert sync(run, site)[0] == 0
    with Archive.open(path) as archive:
        assert [meeting.link for meeting in archive.meetings()] == [f"{site.base}/vis?id={ids['b']}"]


def test_the_text_of_attachments_is_found_and_is_never_a_decision(run, site, path):
    council = replace(COUNCIL, attachments=(identity("notat"), identity("scan")))
    site.publish([council])
    site.files[identity("notat")] = pdf("Notat om moler", "Molen af granit koster 900.000 kr. CPR 010180-1234.")
    code, done, err = sync(run, site)
    assert (code, done["attachments"]) == (0, [])
    code, done, err = sync(run, site, "--attachments")
    assert (code, len(done["attachments"])) == (0, 2)
    assert "“Bilag 2”" in err  # the stub behind it is no whole PDF
    with Archive.open(path) as archive:
        item = archive.items_of(KEY)[0]
        section = item.sections[-1]
        assert (section.kind, section.heading) == (SectionKind.ATTACHMENTS, "Bilag 1")
        assert "Molen af granit koster 900.000 kr." in section.body.of(item.text)
        assert "010180" not in item.text
        assert [decision.span.of(item.text) for decision in item.decisions] == ["Godkendt."]
        found = [row for row, words in archive.words() if "granit" in words.rest.split()]
        (passage,) = archive.passages(found).values()
        assert passage.kind is SectionKind.ATTACHMENTS
        assert archive.check() == []
    assert sync(run, site, "--attachments")[1]["taken"] == []


def test_newer_reading_rules_read_again_what_is_kept_and_ask_for_nothing(run, site, path, monkeypatch):
    site.publish(invented(4))
    sync(run, site)
    requests = len(site.requests)
    monkeypatch.setattr(passages, "PARSER", "another")
    code, done, _ = sync(run, site)
    assert (code, len(done["taken"]), done["fetched"], site.requests[requests:]) == (0, 4, [], [LIST])
    with Archive.open(path) as archive:
        assert {record.parser for record in archive.documents()} == {"another"}


def test_a_lost_archive_is_made_again_from_what_is_kept(run, site, path):
    site.publish(invented(4))
    sync(run, site)
    requests = len(site.requests)
    for file in path.parent.glob("archive.db*"):
        file.unlink()
    code, done, _ = sync(run, site)
    assert (code, done["meetings"], site.requests[requests:]) == (0, 4, [LIST])


def test_a_meeting_that_cannot_be_had_is_named_and_the_others_are_in(run, site):
    meetings = invented(3)
    site.publish(meetings)
    site.broken[meetings[1].path] = Fault.NOT_FOUND
    code, done, err = sync(run, site)
    assert (code, done["meetings"], len(done["failed"])) == (1, 2, 1)
    assert meetings[1].id in err


def test_since_and_committee_narrow_what_is_fetched_and_an_unknown_committee_is_refused(run, site):
    site.publish(invented(12))
    code, done, _ = sync(run, site, "--since", "2026-05-01", "--committee", "kulturudvalget")
    assert (code, done["listed"], done["meetings"]) == (0, 2, 2)
    code, _, err = run("sync", site.base, "--committee", "Havneudvalget", "--rate", 1000)
    assert code == 1
    assert "Havneudvalget" in err
    assert "Kulturudvalget" in err


def test_a_site_that_is_not_there_is_said_in_one_line(run):
    code, out, err = run("sync", "ftp://kildemose.example", "--rate", 1000)
    assert (code, out) == (1, "")
    assert "address" in err


def test_a_site_whose_list_cannot_be_had_leaves_no_archive_behind(run, site, path):
    site.broken[LIST] = Fault.NOT_FOUND
    code, out, err = run("sync", site.base, "--model", "word-hash", "--rate", 1000)
    assert (code, out, "HTTP 404" in err) == (1, "", True)
    assert list(path.parent.iterdir()) == []


def test_a_removed_meeting_that_is_listed_no_more_stays_out_and_costs_nothing(run, site, path):
    meetings = invented(3)
    site.publish(meetings)
    sync(run, site)
    del site.meetings[meetings[0].id]
    (gone,) = sync(run, site)[1]["gone"]
    run("remove", gone)
    done = sync(run, site)[1]
    assert (done["taken"], done["unchanged"], done["meetings"]) == ([], 2, 2)


def test_attachments_that_come_later_are_no_correction_of_the_minutes(run, site, path):
    site.publish([replace(COUNCIL, attachments=(identity("notat"),))])
    site.files[identity("notat")] = pdf("Notat om moler", "Molen af granit koster 900.000 kr.")
    sync(run, site)
    assert len(sync(run, site, "--attachments")[1]["taken"]) == 1
    with Archive.open(path) as archive:
        assert archive.versions(KEY) == ()


@pytest.mark.parametrize("rate", ["0", "-1", "nan", "inf", "fast"])
def test_a_rate_that_is_none_is_wrong_usage(run, rate, path, capsys):
    with pytest.raises(SystemExit) as stopped:
        run("sync", "http://127.0.0.1:9", "--rate", rate)
    assert stopped.value.code == 2
    assert "must be above 0" in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [("--since", "1/4/2026", "'1/4/2026' is not a day like 2026-04-28"), ("--committee", " ", "is empty")],
)
def test_a_day_or_a_committee_that_is_none_is_wrong_usage(run, path, capsys, option, value, says):
    with pytest.raises(SystemExit) as stopped:
        run("sync", "http://127.0.0.1:9", option, value)
    assert (stopped.value.code, says in capsys.readouterr().err, path.exists()) == (2, True, False)


# What closes the second item of the council, as sites of all kinds say it.
CLOSED = [
    {"IsOpen": False}, {"IsOpen": 0}, {"IsOpen": "Nej"}, {"IsOpen": "no"}, {"IsOpen": "?"},
    {"IsOpen": True, "Navn": "Lukket: Salg"}, {"IsOpen": None, "Caption": "Salg (lukket)", "Navn": None},
    {"IsOpen": None, "meeting": "Lukket referat"},
]  # fmt: skip


@pytest.mark.parametrize("changes", CLOSED)
def test_of_a_closed_item_nothing_is_fetched_kept_or_said(run, site, path, monkeypatch, changes):
    def with_secrets(meeting: SiteMeeting) -> dict[str, Any]:
        answer = agenda(meeting)
        item = answer["Dagsordenpunkter"][1]
        item |= {"Navn": "Salg af 010180-1234", "Caption": "Salg"} | changes
        item["Felter"][0]["Html"] = "<h3>Sagsfremstilling</h3><p>Prisen er sat af Zebraskov.</p>"
        item["Bilag"] = [{"HarPdfVersion": "true", "Navn": "Zebraskov 010180-1234", "Id": identity("secret")}]
        answer["Moede"]["Navn"] = changes.get("meeting", "Referat")
        return answer

    monkeypatch.setattr("publication_site.agenda", with_secrets)
    site.publish([COUNCIL])
    code, done, err = sync(run, site, "--attachments")
    assert (code, done["attachments"], err) == (0, [], "")
    kept = b"".join(file.read_bytes() for file in path.parent.glob("archive.db*"))
    assert [word for word in (b"Zebraskov", b"zebraskov", b"010180") if word in kept] == []


def test_a_number_of_a_person_in_the_name_of_an_attachment_is_not_said(run, site, path, monkeypatch):
    def with_file(meeting: SiteMeeting) -> dict[str, Any]:
        answer = agenda(meeting)
        answer["Dagsordenpunkter"][0]["Bilag"] = [{"Navn": "Notat om 010180-1234", "Id": identity("notat")}]
        return answer

    monkeypatch.setattr("publication_site.agenda", with_file)
    site.publish([COUNCIL])
    code, _, err = sync(run, site, "--attachments")
    assert (code, "xxxxxx-xxxx" in err, "010180" in err) == (0, True, False)


def test_an_attachment_of_an_item_without_an_id_goes_to_no_other_item(run, site, path, monkeypatch):
    def without_ids(meeting: SiteMeeting) -> dict[str, Any]:
        answer = agenda(meeting)
        for item in answer["Dagsordenpunkter"]:
            del item["Id"]
        answer["Dagsordenpunkter"][1] |= {"IsOpen": True, "Navn": "Salg", "Caption": "Salg"}
        return answer

    monkeypatch.setattr("publication_site.agenda", without_ids)
    site.publish([replace(COUNCIL, attachments=(identity("notat"),))])
    site.files[identity("notat")] = pdf("Notat", "Zebraskov ejer molen af granit.")
    assert sync(run, site, "--attachments")[0] == 0
    with Archive.open(path) as archive:
        assert [item.title for item in archive.items_of(KEY) if "Zebraskov" in item.text] == []
