"""A publication site as nouns: its list, its agendas, its attachments, in whatever case and state they come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publication_site import AGENDA, LIST, PDF, ZERO, Fault, Site, agenda, identity, invented, listed, serving

from ingest import listing
from ingest.errors import SyncFailed
from ingest.listing import Committee, ListedMeeting, choose
from ingest.patience import Manners
from ingest.publication import AttachedFile, Publication, attached, attachment_address, site_of
from ingest.web import Answer, Web

HASTE = Manners(per_second=1e6, first_pause=0.001, longest_pause=0.01)
MEETINGS = invented(8, attachments=2)
FIRST = MEETINGS[0]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(MEETINGS) as served:
        yield served


@pytest.fixture
def publication(site: Site) -> Iterator[Publication]:
    with Web(HASTE) as web:
        yield Publication(site.base, web.fetch)


# The list


def test_a_meeting_is_listed_with_all_the_list_says(publication):
    meetings = {meeting.id: meeting for meeting in publication.listing().meetings}
    assert len(meetings) == 8
    assert meetings[FIRST.id] == ListedMeeting(
        id=FIRST.id,
        committee="Kulturudvalget",
        date=date(2026, 6, 1),
        start=time(16, 30),
        place="Rådssalen",
        name="Referat",
        released="2026-06-03T10:53:07.7035726+01:00",
        is_minutes=True,
        is_supplement=False,
    )
    assert not meetings[MEETINGS[2].id].is_minutes


def test_keys_in_the_other_case_say_the_same(site, publication):
    expected = publication.listing()
    site.camel_case = True
    assert publication.listing() == expected
    assert site.count(LIST) == 2


def test_one_body_has_an_id_for_each_term():
    meetings = [*invented(1), invented(60)[56]]
    (body,) = listing.read(json.dumps(listed(meetings)).encode()).committees
    groups = ("Udvalg 2026", "Udvalg 2022")
    assert body == Committee("Kulturudvalget", tuple(identity(group + body.name) for group in groups), groups)


def entry(**values: Any) -> ListedMeeting:
    """The one meeting of a list with these values for it."""
    one = {"Udvalg": {"U": [{"Navn": "Byrådet", "Moeder": [{"Id": "m1", **values}]}]}}
    (meeting,) = listing.read(json.dumps(one).encode()).meetings
    return meeting


def test_what_is_missing_is_missing():
    assert entry() == ListedMeeting("m1", "Byrådet", None, None, None, "", "", False, False)


@pytest.mark.parametrize(
    ("values", "is_minutes", "is_supplement"),
    [
        ({"Afsluttet": True, "Navn": "Dagsorden"}, True, False),
        ({"Afsluttet": False, "Navn": "Referat"}, False, False),
        ({"Afsluttet": "true"}, True, False),
        ({"Navn": "Lukket referat"}, True, False),
        ({"Navn": None}, False, False),
        ({"Navn": "Tillægsdagsorden", "IsSupplementaryAgenda": False}, False, True),
        ({"Navn": "Dagsorden", "isSupplementaryAgenda": True}, False, True),
    ],
)
def test_minutes_and_supplements_are_told_from_what_there_is(values, is_minutes, is_supplement):
    meeting = entry(**values)
    assert (meeting.is_minutes, meeting.is_supplement) == (is_minutes, is_supplement)


@pytest.mark.parametrize(
    ("written", "day", "start"),
    [
        ("2026-05-04T14:00:00+02:00", date(2026, 5, 4), time(14)),
        ("2025-12-01T00:30:00+01:00", date(2025, 12, 1), time(0, 30)),
        ("2026-05-04T14:00:00", date(2026, 5, 4), time(14)),
        ("2026-05-04T22:30:00Z", date(2026, 5, 5), time(0, 30)),  # half past midnight in Denmark
        ("2026-05-04", date(2026, 5, 4), None),
        ("0001-01-01T00:00:00Z", None, None),
        ("9999-12-31T23:59:59Z", None, None),
        ("4. maj 2026", None, None),
        ("", None, None),
    ],
)
def test_moments_are_danish_ones(written, day, start):
    meeting = entry(Dato=written)
    assert (meeting.date, meeting.start) == (day, start)


def test_the_second_name_of_a_moment_counts_where_the_first_has_none():
    assert entry(Dato="0001-01-01T00:00:00", MeetingBeginUtc="2026-05-04T14:00:00+02:00").date == date(2026, 5, 4)


def test_meetings_without_an_id_cannot_be_had():
    moeder = [{"Id": ZERO}, {}, {"Id": None}, None, "x", {"Id": "m1"}, {"Id": "m1", "Navn": "igen"}]
    found = listing.read(json.dumps({"udvalg": [{"navn": " By\n rådet ", "moeder": moeder}]}).encode())
    assert [(meeting.id, meeting.committee, meeting.name) for meeting in found.meetings] == [("m1", "By rådet", "")]
    assert found.committees == (Committee("By rådet", (), ()),)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["Udvalg", "udvalg", "Moeder", "Id", "Navn", "Dato", "Bilag"]), inner)
    ),
    max_leaves=12,
)


@given(json_values)
def test_any_json_is_read_as_far_as_it_goes(value):
    content = json.dumps({"Udvalg": value, "Dagsordenpunkter": value}).encode()
    assert all(meeting.id for meeting in listing.read(content).meetings)
    assert all(file.id for file in attached(content))


def test_newest_first_minutes_before_their_agenda_undated_last():
    def one(number: int, day: str | None, **values: Any) -> dict[str, Any]:
        return {"Id": f"m{number}", "Dato": day, **values}

    moeder = [one(1, None), one(2, "2026-01-05"), one(3, "2026-02-05"), one(4, "2026-02-05", Afsluttet=True)]
    listed = listing.read(json.dumps({"Udvalg": [{"Navn": "Byrådet", "Moeder": moeder}]}).encode())
    assert [meeting.id for meeting in choose(listed, None, ())] == ["m4", "m3", "m2", "m1"]
    # What has no date may be newer.
    assert [meeting.id for meeting in choose(listed, date(2026, 2, 5), ())] == ["m4", "m3", "m1"]


@pytest.mark.parametrize("words", ["kultur", "KULTURUDVALGET", "  Kulturudvalget "])
def test_a_committee_is_named_by_any_part_of_its_name(words):
    listed_now = listing.read(json.dumps(listed(MEETINGS)).encode())
    assert listed_now.has(words)
    assert {meeting.committee for meeting in choose(listed_now, None, [words])} == {"Kulturudvalget"}


def test_letters_of_two_parts_are_the_letters_of_one():
    listed_now = listing.read(json.dumps(listed(MEETINGS)).encode())
    assert listed_now.has("byra\u030adet")
    assert not listed_now.has("Havneudvalget")


# Agendas


def test_an_agenda_comes_as_the_site_sends_it(publication):
    assert json.loads(publication.agenda(FIRST.id)) == agenda(FIRST)


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.APOLOGY])
def test_half_an_agenda_is_asked_for_again(site, publication, fault):
    site.faults[FIRST.path] = [fault, fault]
    assert json.loads(publication.agenda(FIRST.id)) == agenda(FIRST)
    assert site.count(FIRST.path) == 3


@pytest.mark.parametrize("fault", [Fault.CUT, Fault.APOLOGY])
def test_half_an_agenda_is_never_kept_for_a_whole_one(site, publication, fault):
    site.broken[FIRST.path] = fault
    with pytest.raises(SyncFailed, match=f"{FIRST.path}: the answer is not whole JSON"):
        publication.agenda(FIRST.id)
    assert site.count(FIRST.path) == 3


@pytest.mark.parametrize("path", [LIST, FIRST.path])
def test_a_wrong_label_does_not_matter_when_the_content_is_right(site, publication, path):
    site.broken[path] = Fault.MISLABELLED
    assert publication.listing() is not None
    assert publication.agenda(FIRST.id)


@pytest.mark.parametrize("content", ["null", "[]", "{}", '{"Dagsordenpunkter": null}', '{"Message": "fejl"}'])
def test_json_without_items_is_no_agenda(content):
    publication = Publication("example.dk", lambda address: Answer(address, "application/json", content.encode()))
    with pytest.raises(SyncFailed, match="the answer has no list of agenda items"):
        publication.agenda("m1")


@pytest.mark.parametrize("content", ["null", "[]", "{}", '{"Udvalg": "fejl"}', "[" * 100_000])
def test_json_without_committees_is_no_list(content):
    publication = Publication("example.dk", lambda address: Answer(address, "application/json", content.encode()))
    with pytest.raises(SyncFailed, match="/api/agenda/udvalgsliste: the answer"):
        publication.listing()


def test_an_id_cannot_lead_to_another_address():
    publication = Publication("example.dk", lambda address: Answer(address, "", b""))
    assert publication.address("../x?y#z") == "https://example.dk/api/agenda/dagsorden/..%2Fx%3Fy%23z"


# Attachments


def test_attachments_are_those_of_open_items():
    closed = agenda(FIRST)
    closed["Dagsordenpunkter"][1]["Bilag"] = [{"Id": "secret", "Navn": "Salg", "HarPdfVersion": "true"}]
    closed["Dagsordenpunkter"][0]["Bilag"] += [{"Id": "drawing", "Navn": "dwg", "HarPdfVersion": "false"}]
    item = identity(f"{FIRST.id} 1")
    assert attached(json.dumps(closed).encode()) == (
        AttachedFile(FIRST.attachments[0], "Bilag 1", item),
        AttachedFile(FIRST.attachments[1], "Bilag 2", item),
    )


def test_documents_are_attachments_where_bilag_is_empty():
    item = {"id": "i1", "bilag": [], "documents": [{"uuid": "d1", "title": "Kort", "order": 1}]}
    assert attached(json.dumps({"agendaItems": [item]}).encode()) == (AttachedFile("d1", "Kort", "i1"),)


def test_the_file_behind_the_page_is_fetched(site, publication):
    file = FIRST.attachments[0]
    assert publication.attachment(file) == PDF + file.encode()
    assert site.requests == [f"/vis/pdf/bilag/{file}/", f"/files/{file}"]


def test_an_expired_key_is_renewed_by_asking_the_page_again(site, publication):
    file = FIRST.attachments[0]
    site.faults[f"/files/{file}"] = [Fault.REFUSED, Fault.REFUSED]
    assert publication.attachment(file) == PDF + file.encode()
    assert site.count(f"/vis/pdf/bilag/{file}/") == 2


def test_a_file_that_is_no_pdf_is_reported(site, publication):
    file = FIRST.attachments[0]
    site.broken[f"/files/{file}"] = Fault.APOLOGY
    with pytest.raises(SyncFailed, match=f"/files/{file}: the answer is not a PDF"):
        publication.attachment(file)


@pytest.mark.parametrize("source", ["", "file:///etc/hostname", "javascript:alert(1)"])
def test_a_page_that_shows_no_file_on_the_web_is_reported(source):
    page = f"<html><iframe src='{source}'></iframe></html>".encode()
    publication = Publication("example.dk", lambda address: Answer(address, "text/html", page))
    with pytest.raises(SyncFailed, match="the page shows no file"):
        publication.attachment("b1")


def test_a_pdf_given_at_once_is_taken():
    publication = Publication("example.dk", lambda address: Answer(address, "", PDF))
    assert publication.attachment("b1") == PDF


def test_an_attachment_is_kept_beside_its_meeting():
    assert attachment_address("https://example.dk/m", "b 1") == "https://example.dk/m#bilag=b%201"


# Addresses


@pytest.mark.parametrize(
    ("pasted", "site"),
    [
        ("https://dagsordener.example.dk", "https://dagsordener.example.dk"),
        ("dagsordener.example.dk", "https://dagsordener.example.dk"),
        ("dagsordener.example.dk/", "https://dagsordener.example.dk"),
        (" HTTPS://Dagsordener.Example.DK/vis?id=1#2 ", "https://dagsordener.example.dk"),
        (
            "<https://dagsordener.example.dk/vis?Dagsorden-x-d.01-02-2026-kl.16.30&id=1>",
            "https://dagsordener.example.dk",
        ),
        ("http://127.0.0.1:8000/api", "http://127.0.0.1:8000"),
        ("dagsordener.tårnborg.dk?x", "https://dagsordener.tårnborg.dk"),
        ("http://[::1]:80/x", "http://[::1]:80"),
    ],
)
def test_a_site_is_found_in_what_people_paste(pasted, site):
    assert site_of(pasted) == site


@pytest.mark.parametrize(
    "pasted", ["", " ", "https://", "ftp://example.dk", "file:///etc", "http://a@b.dk", "a b", "/x"]
)
def test_what_is_no_address_says_so(pasted):
    with pytest.raises(SyncFailed, match="is no address of a site"):
        site_of(pasted)


def test_a_meeting_has_its_address_at_the_site():
    publication = Publication("example.dk/vis", lambda address: Answer(address, "", b""))
    assert publication.address("m1") == f"https://example.dk{AGENDA}m1"
    assert publication.address("p 2/3") == f"https://example.dk{AGENDA}p%202%2F3"


# Recorded ones

RECORDED = Path(__file__).parents[2] / "shared" / "firstagenda" / "hvidovre"


@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded answers are not on this machine")
def test_recorded_answers_are_read():
    found = listing.read((RECORDED / "udvalgsliste_excerpt.json").read_bytes())
    assert (len(found.committees), len(found.meetings)) == (4, 9)
    assert sum(meeting.is_minutes for meeting in found.meetings) == 6
    assert [meeting.name for meeting in found.meetings if meeting.is_supplement] == ["Tillægsdagsorden"]
    assert all(meeting.date and meeting.start and meeting.released for meeting in found.meetings)

    answers = {"/agenda/dagsorden/a": "agenda_excerpt.json", "?redirectDirectlyToPdf=false": "vispdf_bilag.html"}
    asked: list[str] = []

    def fetch(address: str) -> Answer:
        asked.append(address)
        name = next((name for end, name in answers.items() if address.endswith(end)), None)
        return Answer(address, "", (RECORDED / name).read_bytes() if name else PDF)

    publication = Publication("dagsordener-referater.hvidovre.dk", fetch)
    files = attached(publication.agenda("a"))
    assert (len(files), files[0].name) == (13, "Ansøgningsskrivelse skema A Grenhusene 9.dec inkl. bilag")
    assert publication.attachment(files[0].id) == PDF
    assert "?X-Amz-Expires=300&response-content-disposition=inline" in asked[-1]  # the page writes `&amp;`
