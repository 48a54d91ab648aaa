"""What still waits: told from what was settled, from what others wanted, and from what only sounds like it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from asking import KILDEMOSE, SAMPLE, build
from kildemose import dagsorden, referat, write

from ingest.archive import Archive
from qa import waiting
from qa.assistant import Assistant
from qa.citation import verify
from qa.model import Label
from qa.pending import Pending
from qa.waiting import Waiting

Ask = Callable[..., tuple[Pending, ...]]
CASE = "05.01.00-G01-7-26"


@pytest.fixture
def pending(tmp_path: Path) -> Ask:
    """What waits in an archive of some minutes, each given as a text."""

    def found(*texts: str, **narrowed: object) -> tuple[Pending, ...]:
        files = write(tmp_path, **{f"m{number}": text for number, text in enumerate(texts)})
        path = build(tmp_path / f"{len(list(tmp_path.iterdir()))}.db", files, with_vectors=False)
        with Archive.open(path) as archive, Assistant(archive, None) as assistant:
            every = assistant.pending(**narrowed)  # type: ignore[arg-type]
            for each in every:
                assert all(verify(place, assistant.entry(place.item)) for place in each.citations)
                for words in (each.waits_for, each.by, each.until):
                    assert words in each.citation.quote
            return every

    return found


def item(decision: str, *, title: str = "Sti langs åen", case: str = CASE, body: str = "", lines: str = "") -> str:
    """An item of Kildemose: from the colon after its number."""
    parts = [f": {title}", case, "Resume", f"Kildemose Kommune vil anlægge en sti. {body}"]
    if lines:
        parts += ["Indstilling", f"Direktøren for Teknik indstiller,\n\n{lines}"]
    return "\n\n".join([*(part for part in parts if part), "Beslutning", decision])


def quotes(found: tuple[Pending, ...]) -> list[str]:
    return [each.citation.quote for each in found]


FIRST, SECOND, THIRD = date(2026, 3, 12), date(2026, 4, 9), date(2026, 5, 21)
POSTPONED = "Sagen udsættes, så forvaltningen kan undersøge en billigere belægning."


# what waits


def test_a_postponed_item_waits_for_what_its_decision_names(pending):
    (found,) = pending(referat(item(POSTPONED)))
    assert (found.kind, found.label, found.is_whole) == (Waiting.POSTPONED, Label.DECIDED, True)
    assert found.citation.quote == POSTPONED
    assert found.waits_for == "forvaltningen kan undersøge en billigere belægning"
    assert (found.body, found.since) == ("Kulturudvalget", FIRST)


def test_a_part_of_an_adopted_matter_waits_by_the_line_that_says_so(pending):
    line = "at udvalget afventer ministeriets svar om tilskud"
    (found,) = pending(referat(item("Indstillingen er tiltrådt.", lines=f"at stien anlægges\n\n{line}")))
    assert (found.kind, found.label, found.is_whole) == (Waiting.AWAITING, Label.DECIDED, False)
    assert (found.citation.quote, found.waits_for) == (line, "ministeriets svar om tilskud")


def test_the_administrations_account_keeps_its_label(pending):
    told = "Stillingtagen til en ny bro afventer Kystdirektoratets tilladelse."
    (found,) = pending(referat(item("Taget til efterretning.", body=told)))
    assert (found.kind, found.label, found.is_whole) == (Waiting.AWAITING, Label.ASSESSED, False)
    assert (found.citation.quote, found.waits_for) == (told, "Kystdirektoratets tilladelse")


def test_a_point_that_is_put_off_cites_the_line_it_decides(pending):
    lines = "1. at stien anlægges\n\n2. at der indføres parkeringsforbud ved stien"
    (found,) = pending(referat(item("Ad 1: Godkendt.\n\nAd 2: Udsættes til næste møde.", lines=lines)))
    assert (found.kind, found.is_whole, found.until) == (Waiting.POSTPONED, False, "til næste møde")
    assert found.concerns is not None
    assert found.concerns.quote == "at der indføres parkeringsforbud ved stien"


def test_a_task_for_the_administration_has_its_day(pending):
    words = "Forvaltningen bedes fremlægge et overslag senest den 1. juni 2026."
    (found,) = pending(referat(item(f"Indstillingen er tiltrådt. {words}", lines="at stien anlægges")))
    assert (found.kind, found.by, found.until) == (Waiting.DEADLINE, "Forvaltningen", "senest den 1. juni 2026")
    assert (found.due, found.citation.quote) == (date(2026, 6, 1), words)


def test_what_is_sent_on_waits_with_the_body_it_names(pending):
    (found,) = pending(referat(item("Sagen oversendes til Økonomiudvalget.")))
    assert (found.kind, found.by) == (Waiting.SENT_ON, "Økonomiudvalget")


def test_since_counts_from_the_first_of_several_postponements(pending):
    again = item("Sagen udsættes igen.")
    (found,) = pending(referat(item(POSTPONED)), referat(again, day=SECOND))
    assert (found.since, found.citation.date) == (FIRST, SECOND)


def test_the_agenda_that_takes_a_matter_up_is_named_and_settles_nothing(pending):
    (found,) = pending(referat(item(POSTPONED)), dagsorden(item("Indstillingen er tiltrådt."), day=SECOND))
    assert found.next_item is not None
    assert (found.next_item.date, found.next_item.quote) == (SECOND, "Sti langs åen")


def test_of_a_closed_item_only_the_published_decision_is_quoted(pending):
    closed = item("Sagen udsættes.", title="Lukket: Køb af jord", body="Prisen afventer mæglerens vurdering.")
    (found,) = pending(referat(closed))
    assert found.citation.quote == "Sagen udsættes."


# what does not wait


@pytest.mark.parametrize(
    "decision",
    ["Indstillingen er tiltrådt.", "Taget til efterretning.", "Drøftet.", "Indstillingen blev forkastet.",
     "Sagen blev taget af dagsordenen."],
)  # fmt: skip
def test_a_matter_that_was_taken_up_again_is_not_pending(pending, decision):
    assert pending(referat(item(POSTPONED)), referat(item(decision, lines="at stien anlægges"), day=SECOND)) == ()


def test_what_was_postponed_again_waits_once(pending):
    found = pending(referat(item(POSTPONED)), referat(item("Sagen udsættes."), day=SECOND))
    assert quotes(found) == ["Sagen udsættes."]


def test_an_item_that_refers_to_it_settles_it(pending):
    other = item(
        "Godkendt.", title="Belægning", case="05.02.00-G01-9-26",
        body="Udvalget udsatte sagen den 12. marts 2026 (punkt 1).",
    )  # fmt: skip
    assert pending(referat(item(POSTPONED)), referat(other, day=SECOND)) == ()


def test_what_waits_for_the_council_is_settled_by_the_council_alone(pending):
    sent = referat(item("Indstilles til byrådets godkendelse."))
    economy = referat(item("Godkendt."), committee="Økonomiudvalget", day=SECOND)
    council = referat(item("Godkendt."), committee="Kildemose Byråd", day=THIRD)
    assert [each.by for each in pending(sent, economy)] == ["byrådet"]
    assert pending(sent, economy, council) == ()


def test_a_body_on_the_way_that_sends_it_on_takes_it_over(pending):
    found = pending(
        referat(item("Indstilles til byrådets godkendelse.")),
        referat(item("Anbefales."), committee="Økonomiudvalget", day=SECOND),
    )
    assert [(each.body, each.kind) for each in found] == [("Økonomiudvalget", Waiting.SENT_ON)]


def test_the_council_may_settle_it_the_same_day(pending):
    sent = referat(item("Anbefales."), committee="Økonomiudvalget")
    assert pending(sent, referat(item("Godkendt."), committee="Kildemose Byråd")) == ()


def test_a_committee_does_not_settle_on_the_same_day_what_the_council_put_off(pending):
    council = referat(item("Sagen udsættes."), committee="Kildemose Byråd")
    found = pending(referat(item("Godkendt."), committee="Økonomiudvalget"), council)
    assert [each.body for each in found] == ["Kildemose Byråd"]


def test_a_decision_that_later_minutes_report_settles_it(pending):
    told = item("Taget til efterretning.", title="Sti langs åen").replace(
        "\n\nBeslutning\n", "\n\nBeslutning i Kildemose Byråd den 02-04-2026\n\nGodkendt.\n\nBeslutning\n"
    )
    assert pending(referat(item("Indstilles til byrådets godkendelse.")), referat(told, day=SECOND)) == ()


def test_another_case_settles_nothing(pending):
    other = referat(item("Godkendt.", title="Ny bro", case="05.02.00-G01-9-26"), day=SECOND)
    assert quotes(pending(referat(item(POSTPONED)), other)) == [POSTPONED]


def test_a_catch_all_number_is_no_case_but_the_same_title_is(pending):
    number = "00.22.00-P35-1-26"
    first = referat(item(POSTPONED, title="Klimaplan", case=number))
    assert len(pending(first, referat(item("Godkendt.", title="Mødeplan 2027", case=number), day=SECOND))) == 1
    assert pending(first, referat(item("Godkendt.", title="Klimaplan", case=number), day=SECOND)) == ()


def test_an_agenda_decides_nothing_so_nothing_waits_by_it(pending):
    assert pending(dagsorden(item(POSTPONED, body="Sagen afventer svar."))) == ()


@pytest.mark.parametrize(
    "body",
    [
        "Eleverne venter på bussen.",
        "Borgerne afventer svar fra deres læge.",
        "Svaret har afventet en dialog, og sagen er ikke længere i bero.",
        "Udvalget besluttede den 5. februar 2026 (punkt 7), at sagen afventer budgettet.",
        "Hvis sagen afventer, falder tilskuddet bort.",
        "Det foreslås, at beslutningen afventer næste års budget.",
        "Medarbejderne er udsat for støj, og udsatte unge får hjælp inden for rammen.",
    ],
)
def test_what_only_sounds_like_waiting(pending, body):
    assert pending(referat(item("Indstillingen er tiltrådt.", body=body, lines="at stien anlægges"))) == ()


@pytest.mark.parametrize(
    "words",
    [
        "Liste K ønskede sagen udsat.",
        "Ole Bæk (O) foreslog, at sagen genoptages.",
        "Forslaget om at udsætte sagen blev forkastet.",
        "Et mindretal stemte for, at sagen forelægges igen.",
        "Forældre skal have svar senest tre uger før.",
        "Høringsfristen udsættes til den 1. maj 2026.",
        "Status forelægges udvalget månedligt.",
        "Der etableres en sti inden for rammen.",
        "Dialogen med ejerne genoptages.",
        "Udvalget tager på tur inden sommerferien.",
    ],
)
def test_words_that_put_nothing_off(words):
    assert waiting.decided(words) is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Sagen forelægges igen i 2027.", Waiting.RETURNING),
        ("at evalueringen forelægges udvalget på ny", Waiting.RETURNING),
        ("Punktet tages op igen efter sommerferien.", Waiting.RETURNING),
        ("Sagen genoptages.", Waiting.RETURNING),
        ("Forvaltningen vender tilbage til udvalget med et overslag.", Waiting.RETURNING),
        ("Direktionen anmodes om at undersøge finansieringen inden budgetforhandlingerne.", Waiting.DEADLINE),
        ("at evalueringen forelægges Teknisk Udvalg i efteråret 2027", Waiting.DEADLINE),
        ("Spørgsmålet om broen udskydes.", Waiting.POSTPONED),
        ("Afventer.", Waiting.AWAITING),
    ],
)
def test_words_of_decisions_that_let_a_matter_wait(words, kind):
    assert waiting.decided(words) is kind


# in order, and as asked for


def test_by_body_the_oldest_first(pending):
    found = pending(
        referat(item(POSTPONED, case="05.02.00-G01-9-26", title="Bro"), day=SECOND),
        referat(item(POSTPONED), committee="Teknisk Udvalg"),
        referat(item(POSTPONED, case="05.02.00-G01-8-26", title="Vej")),
    )
    assert [(each.body, each.since) for each in found] == [
        ("Kulturudvalget", FIRST),
        ("Kulturudvalget", SECOND),
        ("Teknisk Udvalg", FIRST),
    ]


def test_confined_to_a_body_and_a_period(pending):
    minutes = (referat(item(POSTPONED)), referat(item(POSTPONED), committee="Teknisk Udvalg", day=SECOND))
    assert [each.body for each in pending(*minutes, committee="teknisk")] == ["Teknisk Udvalg"]
    assert [each.body for each in pending(*minutes, municipality="Odense")] == []
    # Kulturudvalget's step was taken over by that of Teknisk Udvalg, which is the same case.
    assert [each.body for each in pending(*minutes, until=FIRST)] == []
    assert [each.body for each in pending(*minutes, since=SECOND)] == ["Teknisk Udvalg"]


def test_the_sample_has_three_matters_that_wait(tmp_path):
    path = build(tmp_path / "a.db", [SAMPLE], with_vectors=False)
    with Archive.open(path) as archive, Assistant(archive, None) as assistant:
        found = assistant.pending("beskæftigelse")
    assert {each.citation.number for each in found} == {"33"}
    assert [each.label for each in found] == [Label.ASSESSED, Label.ASSESSED, Label.DECIDED]
    for each, word in zip(found, ("psykiatriplan", "Værdighedsreformen", "økonomiaftalen"), strict=True):
        assert word in each.waits_for


def test_the_minutes_of_the_tests_have_one_postponed_item_and_one_sent_back(tmp_path):
    path = build(tmp_path / "a.db", KILDEMOSE, with_vectors=False)
    with Archive.open(path) as archive, Assistant(archive, None) as assistant:
        found = [(each.citation.item, each.kind, each.due) for each in assistant.pending()]
    assert found == [
        ("kildemose/teknisk-udvalg/2026-01-20/8", Waiting.POSTPONED, None),
        ("kildemose/oekonomiudvalget/2026-02-03/2", Waiting.SENT_ON, date(2026, 3, 3)),
    ]


# the thread of a case


def steps(path: Path, key: str) -> list[tuple[str, date | None, str | None, bool]]:
    with Archive.open(path) as archive, Assistant(archive, None) as assistant:
        return [
            (step.committee, step.date, step.outcome and str(step.outcome), step.is_loaded)
            for step in assistant.thread(key)
        ]


def test_a_thread_goes_up_on_one_day_and_ends_with_the_body_it_was_sent_to(tmp_path):
    files = write(
        tmp_path,
        council=referat(item("Sagen oversendes til Teknisk Udvalg."), committee="Kildemose Byråd"),
        economy=referat(item("Anbefales."), committee="Økonomiudvalget"),
    )
    path = build(tmp_path / "a.db", files, with_vectors=False)
    assert steps(path, "kildemose/oekonomiudvalget/2026-03-12/1") == [
        ("Økonomiudvalget", FIRST, "sent_on", True),
        ("Kildemose Byråd", FIRST, "sent_on", True),
        ("Teknisk Udvalg", None, None, False),
    ]


def test_an_undated_step_stands_before_the_item_that_tells_of_it(tmp_path):
    told = item("Godkendt.").replace("\n\nBeslutning\n", "\n\nBørneudvalgets beslutning\n\nAnbefales.\n\nBeslutning\n")
    files = write(tmp_path, one=referat(item("Drøftet.")), two=referat(told, day=SECOND))
    path = build(tmp_path / "a.db", files, with_vectors=False)
    assert steps(path, "kildemose/kulturudvalget/2026-04-09/1") == [
        ("Kulturudvalget", FIRST, "discussed", True),
        ("Børneudvalget", None, "sent_on", False),
        ("Kulturudvalget", SECOND, "adopted", True),
    ]


def test_a_step_that_is_not_loaded_is_shown_as_such(tmp_path):
    body = "Teknisk Udvalg behandlede sagen den 5. februar 2026 (punkt 7)."
    path = build(tmp_path / "a.db", write(tmp_path, one=referat(item("Godkendt.", body=body))), with_vectors=False)
    assert steps(path, "kildemose/kulturudvalget/2026-03-12/1") == [
        ("Teknisk Udvalg", date(2026, 2, 5), None, False),
        ("Kulturudvalget", FIRST, "adopted", True),
    ]
