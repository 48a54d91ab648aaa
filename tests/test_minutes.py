"""Minutes → meeting, items, sections, recommendations, decisions: whole documents, in both forms the sample has.

Single wordings are golden pairs in `tests/cases`; here the parts must come together.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
import typeset

from ingest import reading
from ingest.errors import NotMinutes
from ingest.model import AgendaItem, Decision, MeetingKind, Minutes, Outcome, Recommendation, SectionKind, Span

ROOT = Path(__file__).parent.parent
NAME = "herning-beskaeftigelsesudvalget-2026-04-28"
TEXT, PDF = ROOT / "tests" / "minutes" / f"{NAME}.txt", ROOT / "data" / "minutes" / f"{NAME}.pdf"
COMMITTEE, DAY = "Beskæftigelsesudvalget", date(2026, 4, 28)


@pytest.fixture(scope="module", params=[TEXT, PDF], ids=["text", "pdf"])
def herning(request: pytest.FixtureRequest) -> Minutes:
    return reading.parse(request.param)[1][0]


def item(held: Minutes, number: str) -> AgendaItem:
    """The item of that number, and no other."""
    (found,) = (each for each in held.items if each.number == number)
    return found


def words(text: str) -> str:
    """A text however it is set."""
    return " ".join(text.split())


def lines(found: tuple[Recommendation, ...], text: str) -> list[str | list[str]]:
    """Recommendation lines, each followed by the list of those it holds."""
    flat: list[str | list[str]] = []
    for each in found:
        flat.append(words(each.span.of(text)))
        if each.children:
            flat.append([words(child.span.of(text)) for child in each.children])
    return flat


# ── the client's sample ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_sample_s_head_names_the_meeting(herning: Minutes) -> None:
    meeting = herning.meeting
    assert meeting.key == "herning/beskaeftigelsesudvalget/2026-04-28"
    assert (meeting.municipality, meeting.committee, meeting.date) == ("Herning", COMMITTEE, DAY)
    assert (meeting.start, meeting.place, meeting.kind) == (time(13, 30), "C3.40", MeetingKind.REFERAT)


def test_the_sample_has_its_seven_items(herning: Minutes) -> None:
    assert [(each.number, each.title, each.case_number, each.is_closed) for each in herning.items] == [
        (
            "31",
            "Godkendelse af kernefortælling for implementeringen af beskæftigelsesreformen",
            "15.00.00-A00-3-25",
            False,
        ),
        (
            "32",
            "Godkendelse af fremtidigt navn for beskæftigelsesindsatsen i Herning Kommune",
            "15.00.00-A00-3-25",
            False,
        ),
        ("33", "Godkendelse af indsatsen i og omkring Bethaniagade", "15.00.00-G01-7-25", False),
        ("34", "Orientering om centrale nøgletal på social- og beskæftigelsesområdet", "00.00.00-P19-1719-10", False),
        ("35", "Meddelelser til og fra formanden og udvalgets medlemmer", "00.00.00-P19-7-25", False),
        ("36", "Generel orientering fra administrationen", "15.00.00-G01-9-25", False),
        ("37", "Underskrift af digital beslutningsprotokol", "00.22.00-P19-2-26", False),
    ]


def test_the_sample_s_sections_are_known_by_their_headings(herning: Minutes) -> None:
    long = ["", "Kommunikation", "Resume", "Sagsfremstilling", "Indstilling", "Beslutning"]
    assert [[section.heading for section in each.sections] for each in herning.items] == [
        long,
        long,
        long,
        [*long, "Bilag"],
        ["", "Kommunikation", "Beslutning"],
        ["", "Kommunikation", "Resume", "Sagsfremstilling", "Beslutning", "Bilag"],
        ["", "Kommunikation", "Sagsfremstilling", "Beslutning"],
    ]
    assert [section.kind for section in item(herning, "34").sections] == [
        SectionKind.OTHER,
        SectionKind.OTHER,
        SectionKind.SUMMARY,
        SectionKind.BODY,
        SectionKind.RECOMMENDATION,
        SectionKind.DECISION,
        SectionKind.ATTACHMENTS,
    ]


def test_sections_tile_each_item(herning: Minutes) -> None:
    for each in herning.items:
        assert "".join(section.span.of(each.text) for section in each.sections) == each.text


def test_the_recommendation_of_punkt_33_has_two_lines_and_the_second_holds_three(herning: Minutes) -> None:
    found = item(herning, "33")
    assert lines(found.recommendations, found.text) == [
        "at Beskæftigelsesudvalget tager status på tiltag til efterretning",
        "at Beskæftigelsesudvalget godkender:",
        [
            "at der arbejdes videre med muligheden for et overdækket skur i gården på Blå Kors Varmestue",
            (
                "at udvalget afventer vurderingen af investeringen i en styrket gadeplansindsats til økonomiaftalen "
                "for 2027 mellem KL og Regeringen er indgået. Udvalget kan herefter vurdere om styrkelse af "
                "gadeplansindsatsen skal indgå i budgetkonferencen"
            ),
            "at udvalget drøfter formidlingen af initiativerne.",
        ],
    ]
    assert [len(each.recommendations) for each in herning.items] == [2, 1, 2, 1, 0, 0, 0]


def test_every_item_of_the_sample_has_the_decision_it_had(herning: Minutes) -> None:
    found = [
        (each.number, words(decision.span.of(each.text)), decision.outcome)
        for each in herning.items
        for decision in each.decisions
    ]
    assert found == [
        ("31", "Indstillingen er tiltrådt.", Outcome.ADOPTED),
        (
            "32",
            (
                "Beskæftigelsesudvalget besluttede, at det fremtidige navn for beskæftigelsesindsatsen er Job Herning "
                "med Herning Kommunes byvåben."
            ),
            Outcome.DECIDED_OTHERWISE,
        ),
        ("33", "Indstillingen er tiltrådt. Videoovervågning igangsættes hermed.", Outcome.ADOPTED_WITH_ADDITION),
        ("34", "Orienteringen er taget til efterretning.", Outcome.NOTED),
        ("35", "Ingen bemærkninger.", Outcome.NONE),
        ("36", "Orienteringen er taget til efterretning.", Outcome.NOTED),
        ("37", "Protokol underskrevet.", Outcome.SIGNED),
    ]
    for each in herning.items:
        (decision,) = each.decisions
        assert (decision.body, decision.date, decision.number, decision.is_own) == (COMMITTEE, DAY, None, True)
        assert decision.votes == ()


def test_what_was_decided_beyond_the_recommendation_of_punkt_33_is_kept_apart(herning: Minutes) -> None:
    found = item(herning, "33")
    additions = [addition.of(found.text) for decision in found.decisions for addition in decision.additions]
    assert additions == ["Videoovervågning igangsættes hermed."]


def test_the_sample_refers_to_earlier_meetings(herning: Minutes) -> None:
    found = [
        (each.number, reference.date, reference.number, reference.committee)
        for each in herning.items
        for reference in each.references
    ]
    december = date(2025, 12, 2)
    assert found == [
        ("31", date(2026, 3, 26), None, COMMITTEE),
        ("31", date(2026, 3, 26), None, "udvalgsrådet"),
        ("33", december, "65", COMMITTEE),
        ("33", december, None, None),
        ("33", december, None, None),
        ("33", date(2025, 12, 8), "255", "Økonomi-, Erhvervs- og Uddannelsesudvalget"),
    ]


def test_the_sample_s_attachments_are_listed(herning: Minutes) -> None:
    assert {each.number: each.attachments for each in herning.items if each.attachments} == {
        "34": ("Nøgletalsrapport april 2026",),
        "36": ("Temaplan 2026 - april",),
    }


def test_the_pdf_s_items_know_their_pages_and_the_text_s_have_none() -> None:
    (_, (typeset_form,)), (_, (text_form,)) = reading.parse(PDF), reading.parse(TEXT)
    assert [each.pages for each in typeset_form.items] == [
        (3, 4),
        (5, 6),
        (7, 9),
        (10, 10),
        (11, 11),
        (12, 12),
        (13, 13),
    ]
    assert [each.pages for each in text_form.items] == [None] * 7
    found = item(typeset_form, "33")
    (decision,) = found.decisions
    assert found.page_at(0) == 7
    assert found.page_at(decision.span.start) == 9


def test_both_forms_of_the_sample_say_the_same() -> None:
    (_, (typeset_form,)), (_, (text_form,)) = reading.parse(PDF), reading.parse(TEXT)
    assert typeset_form.meeting == text_form.meeting
    assert [said(each) for each in typeset_form.items] == [said(each) for each in text_form.items]


def said(found: AgendaItem) -> object:
    """All that an item says, however it is set."""
    nowhere = Span(0, 0)

    def decision(each: Decision) -> object:
        spans = (each.span, *each.additions, *each.votes)
        return replace(each, span=nowhere, additions=(), votes=()), [words(span.of(found.text)) for span in spans]

    return (
        (found.key, found.title, found.case_number, words(found.text), found.attachments),
        [(each.kind, each.heading, words(each.body.of(found.text))) for each in found.sections],
        lines(found.recommendations, found.text),
        [decision(each) for each in found.decisions],
        [(replace(each, span=nowhere), words(each.span.of(found.text))) for each in found.references],
    )


# ── the layout that puts the decision first (Aarhus), of a municipality that does not exist ───────────────────────────

KILDEMOSE = """REFERAT Kildemose Byråd d. 12-03-2026

Mødedato Torsdag d. 12. marts 2026 kl. 17:00

Mødested Byrådssalen

Indholdsfortegnelse

Punkt 1: Svar på forslag fra SF og ALT om at anlægge en ny cykelsti langs Sønder Ringvej mellem Ærøvej og banegården

EMN-2026-000101

Beslutninger

Tilbagesendes Teknisk Forvaltning med bemærkning, at byrådet i sit møde den 12. marts 2026 har vedtaget indstillingen.

BESLUTNINGSFORSLAG FRA SF OG ALT

Byrådet i Kildemose Kommune pålægger forvaltningen at anlægge en cykelsti.

Baggrund

{long}

INDSTILLING FRA TEKNISK FORVALTNING

Resume

Stien kan anlægges i 2027.

Beslutningspunkter

Det indstilles:

At 1) stien anlægges langs den nordlige side af vejen,

At 2) beløbet på 2.500.000 kr. findes i puljen til cykelstier.

Sagsforløb

Udvalg: Byrådet

Dato: 4. februar 2026

Punktnummer: 12

Fremsendes til Teknisk Udvalg til behandling.

Udvalg: Teknisk Udvalg

Dato: 18. februar 2026

Punktnummer: 3

Et flertal i udvalget kunne tiltræde indstillingen.

Bo Lind tog forbehold.

Bilag

Indstilling

Bilag 1 - kort over stien

Punkt 2: Tag på Kildemose Skole

EMN-2026-000102

Beslutninger

Godkendt.

Forslag om at lægge nyt tag på skolen, før det bliver vinter igen.

Resume

Taget er utæt.

Punkt 3: Lukket: Køb af mosen mellem Ærøvej og banegården med henblik på at anlægge en sø og en ny sti

EMN-2026-000103

Tilbagesendes Teknisk Forvaltning med bemærkning, at byrådet i sit møde den 12. marts 2026 har vedtaget indstillingen.
"""
SENTENCE = "Stien skal gå forbi de tre skoler, og den skal være bred nok til, at to kan cykle ved siden af hinanden."


@pytest.fixture(scope="module")
def kildemose(tmp_path_factory: pytest.TempPathFactory) -> Minutes:
    path = tmp_path_factory.mktemp("kildemose") / "byraad.pdf"
    path.write_bytes(typeset.pdf(KILDEMOSE.format(long=" ".join([SENTENCE] * 42))))
    return reading.parse(path)[1][0]


def test_a_title_that_is_wrapped_is_one_title(kildemose: Minutes) -> None:
    assert [each.title for each in kildemose.items] == [
        "Svar på forslag fra SF og ALT om at anlægge en ny cykelsti langs Sønder Ringvej mellem Ærøvej og banegården",
        "Tag på Kildemose Skole",
        "Lukket: Køb af mosen mellem Ærøvej og banegården med henblik på at anlægge en sø og en ny sti",
    ]
    assert kildemose.meeting.key == "kildemose/kildemose-byraad/2026-03-12"
    assert [each.case_number for each in kildemose.items] == ["EMN-2026-000101", "EMN-2026-000102", "EMN-2026-000103"]


def test_a_decision_that_stands_first_ends_where_the_case_begins(kildemose: Minutes) -> None:
    roof = item(kildemose, "2")
    assert [(each.kind, each.heading, words(each.body.of(roof.text))) for each in roof.sections[1:]] == [
        (SectionKind.DECISION, "Beslutninger", "Godkendt."),
        (SectionKind.BODY, "", "Forslag om at lægge nyt tag på skolen, før det bliver vinter igen."),
        (SectionKind.SUMMARY, "Resume", "Taget er utæt."),
    ]
    assert [(each.span.of(roof.text), each.outcome) for each in roof.decisions] == [("Godkendt.", Outcome.ADOPTED)]


def test_a_proposal_opens_with_its_own_heading(kildemose: Minutes) -> None:
    path = item(kildemose, "1")
    assert [(each.kind, each.heading) for each in path.sections] == [
        (SectionKind.OTHER, ""),
        (SectionKind.DECISION, "Beslutninger"),
        (SectionKind.BODY, "BESLUTNINGSFORSLAG FRA SF OG ALT"),
        (SectionKind.BODY, "Baggrund"),
        (SectionKind.BODY, "INDSTILLING FRA TEKNISK FORVALTNING"),
        (SectionKind.SUMMARY, "Resume"),
        (SectionKind.RECOMMENDATION, "Beslutningspunkter"),
        (SectionKind.HISTORY, "Sagsforløb"),
        (SectionKind.ATTACHMENTS, "Bilag"),
    ]


def test_numbered_recommendations_keep_their_numbers(kildemose: Minutes) -> None:
    path = item(kildemose, "1")
    assert [(each.number, each.span.of(path.text)) for each in path.recommendations] == [
        ("1", "stien anlægges langs den nordlige side af vejen,"),
        ("2", "beløbet på 2.500.000 kr. findes i puljen til cykelstier."),
    ]


def test_the_steps_of_a_case_are_earlier_decisions(kildemose: Minutes) -> None:
    path = item(kildemose, "1")
    own, *earlier = path.decisions
    assert (own.body, own.date, own.outcome, own.is_own) == (
        "Kildemose Byråd",
        date(2026, 3, 12),
        Outcome.ADOPTED,
        True,
    )
    assert [(each.body, each.date, each.number, each.outcome, each.is_own) for each in earlier] == [
        ("Byrådet", date(2026, 2, 4), "12", Outcome.SENT_ON, False),
        ("Teknisk Udvalg", date(2026, 2, 18), "3", Outcome.ADOPTED, False),
    ]
    assert [vote.of(path.text) for vote in earlier[1].votes] == ["Bo Lind tog forbehold."]


def test_an_attachment_may_be_called_indstilling(kildemose: Minutes) -> None:
    assert item(kildemose, "1").attachments == ("Indstilling", "Bilag 1 - kort over stien")


def test_a_sentence_goes_on_over_the_page(kildemose: Minutes) -> None:
    path = item(kildemose, "1")
    assert path.pages == (3, 4)
    background = path.sections[3].body
    assert words(background.of(path.text)) == " ".join([SENTENCE] * 42)
    assert "\n" not in background.of(path.text).strip()
    first, second = path.page_breaks
    assert (first.page, second.page) == (3, 4)
    assert background.start < second.offset < background.end
    assert re.search(r"[^.]\s*$", path.text[: second.offset])


def test_a_closed_item_s_published_decision_needs_no_heading(kildemose: Minutes) -> None:
    closed = item(kildemose, "3")
    assert [each.is_closed for each in kildemose.items] == [False, False, True]
    assert [(each.outcome, each.is_own) for each in closed.decisions] == [(Outcome.ADOPTED, True)]
    assert words(closed.text) == words(KILDEMOSE[KILDEMOSE.index("Punkt 3") :])


# ── what is not minutes ──────────────────────────────────────────────────────────────────────────────────────────────

HEAD = "REFERAT Kulturudvalget d. 12-03-2026\n\n"
ITEM = "Punkt 1: Taget\n\n82.07.00-G01-3-26\n\nBeslutning\n\nGodkendt.\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Kære alle. Her er ingenting.\n", "no agenda item was recognised"),
        (HEAD, "no agenda item was recognised"),
        (ITEM, "no date was found above the first agenda item"),
        ("Mødet blev holdt den 12. marts 2026.\n\n" + ITEM, "no committee was found above the first agenda item"),
    ],
)
def test_text_that_is_no_minutes_is_refused_with_what_is_missing(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "brev.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotMinutes) as refused:
        reading.parse(path)
    assert str(refused.value).startswith(f"{path}: {reason}")


def test_an_agenda_has_no_decisions(tmp_path: Path) -> None:
    path = tmp_path / "dagsorden.txt"
    path.write_text(HEAD.replace("REFERAT", "DAGSORDEN") + ITEM, encoding="utf-8")
    held = reading.parse(path)[1][0]
    assert held.meeting.kind is MeetingKind.DAGSORDEN
    assert [each.decisions for each in held.items] == [()]


def test_the_user_s_word_for_the_municipality_goes_before_the_text_s(tmp_path: Path) -> None:
    path = tmp_path / "referat.txt"
    path.write_text(HEAD + ITEM + "\nKildemose Kommune betaler.\n", encoding="utf-8")
    assert reading.parse(path)[1][0].meeting.municipality == "Kildemose"
    assert reading.parse(path, "Mosekær")[1][0].meeting.key == "mosekaer/kulturudvalget/2026-03-12"
    path.write_text(HEAD + ITEM, encoding="utf-8")
    assert reading.parse(path)[1][0].meeting.key == "ukendt/kulturudvalget/2026-03-12"


def test_a_civil_registration_number_is_gone_before_anything_is_read(tmp_path: Path) -> None:
    path = tmp_path / "referat.txt"
    path.write_text(
        HEAD + "Punkt 1: Sag om 010180-1234\n\n82.07.00-G01-3-26\n\nBilag\n\nNotat_0101801234.pdf\n", encoding="utf-8"
    )
    (found,) = reading.parse(path)[1][0].items
    assert (found.title, found.case_number) == ("Sag om xxxxxx-xxxx", "82.07.00-G01-3-26")
    assert found.attachments == ("Notat_xxxxxxxxxx.pdf",)
    assert not re.search(r"010180|1234", found.text)


def test_of_closed_items_that_are_only_listed_nothing_but_the_numbered_headings_is_kept(
    tmp_path: Path,
) -> None:
    path = tmp_path / "referat.txt"
    path.write_text(
        "REFERAT Kulturudvalget d. 12-03-2026\n\n"
        "5. Budget\n\n26/1172\n\nBeslutning\n\nGodkendt.\n\n"
        "Lukket punkt:\n\n6. Ekspropriation\n\n7. Klage\n\n3. HEMMELIGT\n",
        encoding="utf-8",
    )
    _, (held,) = reading.parse(path)
    assert [(item.number, item.title, item.is_closed) for item in held.items] == [
        ("5", "Budget", False),
        ("6", "Ekspropriation", True),
        ("7", "Klage", True),
    ]
    assert not any("HEMMELIGT" in item.text for item in held.items)
