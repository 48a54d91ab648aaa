"""What is answered: whose word each quote is, in what order, and why there is no answer where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from asking import KILDEMOSE, ROOT, SAMPLE, TODAY, build, first_hit, reason, said, texts

from ingest.holdings import Selection
from ingest.model import Outcome
from qa.assistant import Assistant
from qa.model import Answer, Label, Role

BETHANIAGADE = "herning/beskaeftigelsesudvalget/2026-04-28/33"

LEAD_IN = """REFERAT Kulturudvalget d. 12-03-2026
Mødedato Torsdag d. 12. marts 2026 kl. 15:00

Punkt 7: Tilskud til musikskolen
20.15.00-Ø40-1-26

Indstilling
Direktøren for Kultur indstiller
at der gives et tilskud på 40.000 kr.

Beslutning
Indstillingen er tiltrådt.
"""

MOTION = """REFERAT Byrådet d. 19-03-2026
Mødedato Torsdag d. 19. marts 2026 kl. 17:00

Punkt 4: Forslag fra Enhedslisten om byttedag på genbrugspladsen
07.18.00-G01-2-26

Sagsfremstilling
En byttedag holder brugte ting i omløb. Byttedagen kan holdes første lørdag i måneden.

Beslutning
Oversendes til Teknisk Udvalg.
"""

ADOPTED_IN_BETHANIAGADE = [
    "at Beskæftigelsesudvalget tager status på tiltag til efterretning",
    "at der arbejdes videre med muligheden for et overdækket skur i gården på Blå Kors Varmestue",
    (
        "at udvalget afventer vurderingen af investeringen i en styrket gadeplansindsats til økonomiaftalen for 2027 "
        "mellem KL og Regeringen er indgået. Udvalget kan herefter vurdere om styrkelse af gadeplansindsatsen skal "
        "indgå i budgetkonferencen"
    ),
    "at udvalget drøfter formidlingen af initiativerne.",
]


@pytest.fixture(scope="module")
def herning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(build(tmp_path_factory.mktemp("herning") / "archive.db", [SAMPLE])) as opened:
        yield opened


@pytest.fixture(scope="module")
def kildemose(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with Assistant.open(build(tmp_path_factory.mktemp("kildemose") / "archive.db", KILDEMOSE)) as opened:
        yield opened


@pytest.fixture
def ask(kildemose):
    def asked(question: str, *history: str, **options: object) -> Answer:
        return kildemose.ask(question, history=history, today=TODAY, **options)

    return asked


# The main job


@pytest.mark.parametrize(
    "question",
    ["Hvad blev besluttet om Bethaniagade?", "what was decided about Bethaniagade", "bethaniagade", "Betaniagade"],
)
def test_bethaniagade_is_answered_by_the_decision_the_lines_it_adopts_and_what_it_adds(herning, question):
    answer = herning.ask(question, today=TODAY)
    decision = [claim for claim in answer.claims if claim.label is Label.DECIDED]
    assert said(answer)[: len(decision)] == [
        ("decided", "decision", "Indstillingen er tiltrådt."),
        *(("decided", "adopted", line) for line in ADOPTED_IN_BETHANIAGADE),
        ("decided", "addition", "Videoovervågning igangsættes hermed."),
    ]
    assert {claim.citations[0].page for claim in decision} == {9}
    assert {claim.body for claim in decision} == {"Beskæftigelsesudvalget"}
    assert {claim.date for claim in decision} == {date(2026, 4, 28)}
    assert {claim.outcome for claim in decision} == {Outcome.ADOPTED_WITH_ADDITION}
    assert answer.is_answered
    assert answer.abstention is None
    assert first_hit(answer) == BETHANIAGADE


def test_the_case_of_bethaniagade_shows_the_steps_that_are_not_loaded(herning):
    thread = herning.ask("Hvad blev besluttet om Bethaniagade?", today=TODAY).thread
    assert [(step.committee, step.date, step.number, step.is_loaded) for step in thread] == [
        ("Beskæftigelsesudvalget", date(2025, 12, 2), "65", False),
        ("Økonomi-, Erhvervs- og Uddannelsesudvalget", date(2025, 12, 8), "255", False),
        ("Beskæftigelsesudvalget", date(2026, 4, 28), "33", True),
    ]


def test_varmestue_finds_the_words_typed_with_cyrillic_letters(herning):
    quoted = texts(herning.ask("Hvad vurderer Blå Kors om varmestuen?", today=TODAY).claims, Role.STATEMENT)
    assert any("varmestuen" in text for text in quoted)  # as it sounds; the letters of the file are the typist's slip


def test_an_open_recommendation_is_answered_by_the_decision_alone(herning):
    for question in ("Hvad skal beskæftigelsesindsatsen hedde?", "What is the new name of the job centre?"):
        answer = herning.ask(question, today=TODAY)
        label, role, text = said(answer)[0]
        assert (label, role) == ("decided", "decision")
        assert "er Job Herning med Herning Kommunes byvåben" in text
        assert texts(answer.claims, Role.ADOPTED) == []


# One way each in which a matter can end


def test_nested_lines_are_adopted_one_by_one_without_the_line_that_holds_them(ask):
    answer = ask("Hvad blev besluttet om cykelstien langs Møllevej?")
    assert texts(answer.claims, Role.DECISION) == ["Indstillingen er tiltrådt."]
    assert texts(answer.claims, Role.ADOPTED) == [
        "at Teknisk Udvalg tager status på trafiksikkerheden til efterretning",
        "at der anlægges en cykelsti langs Møllevej",
        "at hastigheden på strækningen sænkes til 40 km/t",
        "at sagen evalueres efter to år.",
    ]


def test_what_the_decision_adds_is_kept_apart(ask):
    answer = ask("Hvad blev besluttet om belysningen i Åparken?")
    assert said(answer)[:3] == [
        ("decided", "decision", "Indstillingen er tiltrådt."),
        ("decided", "adopted", "at lamperne i Åparken udskiftes med LED."),
        ("decided", "addition", "Lamperne ved legepladsen skiftes først."),
    ]


@pytest.mark.parametrize(
    ("subject", "decision", "is_answered", "why"),
    [
        ("vintertjenesten", "Orienteringen er taget til efterretning.", True, "information_only"),
        ("ladestandere i midtbyen", "Udvalget drøftede sagen.", False, "nothing_decided"),
        ("betaling for parkering på Torvet", "Sagen udsættes til næste møde.", True, "postponed"),
        ("hundeskoven ved Søndermarken", "Indstillingen blev forkastet.", True, None),
        ("støjskærmen ved Ringvejen", "Punktet udgår.", False, "nothing_decided"),
    ],
)
def test_what_settles_nothing_is_quoted_and_said_to_settle_nothing(ask, subject, decision, is_answered, why):
    answer = ask(f"Hvad blev besluttet om {subject}?")
    assert said(answer)[0] == ("decided", "decision", decision)
    assert (answer.is_answered, reason(answer)) == (is_answered, why)
    assert texts(answer.claims, Role.ADOPTED) == []


def test_an_item_without_a_decision_is_shown_with_what_was_proposed_at_most(ask):
    answer = ask("Hvad blev besluttet under meddelelser om borgermødet?")
    assert (answer.is_answered, reason(answer)) == (False, "nothing_decided")
    assert all(claim.label is Label.ASSESSED for claim in answer.claims)


def test_a_rejection_shows_the_proposal_as_what_it_is(ask):
    assert said(ask("Blev hundeskoven vedtaget?"))[:4] == [
        ("decided", "decision", "Indstillingen blev forkastet."),
        ("decided", "vote", "For stemte Anna Bro og Carl Dam."),
        ("decided", "vote", "Imod stemte Else Friis, Georg Holm og Ida Juul."),
        ("recommended", "statement", "at der anlægges en hundeskov ved Søndermarken."),
    ]


def test_a_question_that_takes_for_adopted_what_was_not_is_told_so_first(ask):
    for question in ("Hvorfor blev hundeskoven vedtaget?", "Hvorfor blev hundeskoven ved Søndermarken godkendt?"):
        assert said(ask(question))[0] == ("decided", "decision", "Indstillingen blev forkastet.")


def test_a_part_that_still_waits_is_said_to_wait(herning):
    answer = herning.ask("Hvorfor blev stofindtagelsesrummet vedtaget?", today=TODAY)
    assert reason(answer) == "postponed"
    assert any("afventer endelig lovvedtagelse" in text for _, _, text in said(answer))


def test_an_unclear_decision_is_quoted_and_nothing_is_said_of_it(ask):
    answer = ask("Blev cykelstien langs Åvej godkendt?")
    assert said(answer)[0] == ("decided", "decision", "Teknisk Udvalg kan ikke tiltræde indstillingen.")
    assert reason(answer) is None  # not "nothing was decided": something was
    assert texts(answer.claims, Role.ADOPTED) == []


def test_a_recommendation_in_an_agenda_is_never_a_decision(ask):
    answer = ask("Hvad blev besluttet om salget af brandstationen?")
    assert (answer.is_answered, reason(answer)) == (False, "nothing_decided")
    assert said(answer)[0] == ("recommended", "statement", "at brandstationen på Nørregade sættes til salg.")
    assert "kun indlæst en dagsorden" in answer.abstention.text
    assert ask("Hvad indstilles der om brandstationen?").is_answered


def test_of_a_closed_item_the_heading_and_the_published_decision_are_shown(ask):
    for question in ("Hvad blev besluttet om grunden ved Havnegade?", "Hvad koster grunden ved Havnegade?"):
        answer = ask(question)
        assert said(answer) == [
            ("assessed", "title", "Lukket: Køb af grund ved Havnegade"),
            ("decided", "decision", "Teknisk Udvalg godkendte købet."),
        ]
        assert (answer.is_answered, reason(answer)) == (False, "closed")


def test_another_bodys_earlier_decision_is_reported_not_decided(ask):
    answer = ask("Hvad besluttede Kultur- og Fritidsudvalget om biblioteket?")
    first = answer.claims[0]
    assert (first.label, first.body, first.date) == (
        Label.REPORTED,
        "Kultur- og Fritidsudvalget",
        date(2025, 12, 8),
    )
    assert "at holde biblioteket åbent om søndagen" in first.text
    assert said(ask("What did the Culture Committee decide about the library?"))[0] == said(answer)[0]


# Which of several


def test_of_one_matter_what_was_decided_last_leads(ask):
    answer = ask("Hvad blev besluttet om betaling for parkering på Torvet?")
    assert [view.hit.item for view in answer.hits[:2]] == [
        "kildemose/teknisk-udvalg/2026-01-20/8",
        "kildemose/teknisk-udvalg/2025-01-21/3",
    ]


def test_the_year_in_the_question_tells_cases_of_one_name_apart(ask):
    for question in (
        "Hvad blev besluttet om betaling for parkering på Torvet i januar 2025?",
        "Hvad besluttede Teknisk Udvalg i 2025 om betaling for parkering på Torvet?",
        "Hvad blev besluttet om parkering på Torvet før den 1. juni 2025?",
    ):
        answer = ask(question)
        assert first_hit(answer) == "kildemose/teknisk-udvalg/2025-01-21/3"
        assert texts(answer.claims, Role.ADOPTED) == ["at parkering på Torvet fortsat er gratis."]


def test_the_committee_asked_about_leads_also_where_another_fits_better(ask):
    answer = ask("Hvad besluttede Økonomiudvalget om cykelstien langs Møllevej?")
    assert first_hit(answer) == "kildemose/oekonomiudvalget/2026-02-03/1"
    assert texts(answer.claims, Role.VOTE) == ["Liste K tog forbehold for finansieringen."]


def test_a_body_that_a_case_is_sent_to_is_no_filter(ask):
    answer = ask("Blev regulativet for Kilde Å sendt til Økonomiudvalget?")
    assert said(answer)[1] == ("decided", "decision", "Sagen fremsendes til Økonomiudvalget.")


def test_a_case_runs_through_its_committees_in_order_of_date(ask):
    thread = ask("Hvad blev besluttet om cykelstien langs Møllevej?").thread
    assert [(step.committee, step.number, step.outcome, step.is_loaded) for step in thread] == [
        ("Børneudvalget", "7", None, False),
        ("Kommunalbestyrelsen", "12", None, False),
        ("Teknisk Udvalg", "3", Outcome.ADOPTED, True),
        ("Økonomiudvalget", "1", Outcome.ADOPTED, True),
        ("Kommunalbestyrelsen", "8", Outcome.NONE, True),
    ]


def test_an_item_that_stands_alone_has_no_thread(ask, kildemose):
    assert ask("Hvad blev besluttet om belysningen i Åparken?").thread == ()
    assert kildemose.thread("kildemose/teknisk-udvalg/2026-01-20/4") == ()
    assert kildemose.thread("kildemose/teknisk-udvalg/2026-01-20/99") == ()


# Look-ups


@pytest.mark.parametrize("question", ["punkt 5", "Vis punkt 5 den 20. januar 2026", "Hvad handlede punkt 5 om?"])
def test_an_item_is_looked_up_by_its_number(ask, question):
    assert said(ask(question)) == [
        ("assessed", "title", "Navn til den nye gangbro"),
        ("decided", "decision", "Teknisk Udvalg besluttede, at gangbroen skal hedde Tranebroen."),
    ]


def test_a_case_is_looked_up_by_its_number(ask):
    answer = ask("Hvilke punkter hører til sag 05.01.02-G01-4-25?")
    assert texts(answer.claims, Role.TITLE) == [
        "Anlægsbevilling til cykelsti langs Møllevej",
        "Anlægsbevilling til cykelsti langs Møllevej",
        "Cykelsti langs Møllevej",
    ]
    assert [view.meeting.date for view in answer.hits] == [date(2026, 2, 24), date(2026, 2, 3), date(2026, 1, 20)]


@pytest.mark.parametrize(
    "question",
    [
        "Hvad skete der på mødet den 3. februar 2026?",
        "Hvilke sager behandlede Økonomiudvalget?",
        "Hvad besluttede Økonomiudvalget på sidste møde?",
        "What did the Finance Committee decide on 3 February 2026?",
        "Økonomiudvalget",
    ],
)
def test_a_meeting_is_looked_up_item_by_item(ask, question):
    answer = ask(question)
    assert texts(answer.claims, Role.TITLE) == [
        "Anlægsbevilling til cykelsti langs Møllevej",
        "Regulativ for Kilde Å",
        "Åbningstider på biblioteket",
    ]
    assert texts(answer.claims, Role.DECISION) == [
        "Indstillingen er tiltrådt.",
        (
            "Økonomiudvalget besluttede at sende regulativet tilbage til fornyet beregning og behandle sagen igen den "
            "3. marts 2026."
        ),
        "Taget til efterretning.",
    ]


def test_the_items_of_a_meeting_stand_in_the_order_of_its_agenda(ask):
    answer = ask("Hvad skete der på mødet den 20. januar 2026?", limit=20)
    assert [view.number for view in answer.hits] == [str(number) for number in range(3, 14)]


def test_a_meeting_of_which_only_the_agenda_is_loaded_has_decided_nothing(ask):
    answer = ask("Hvad besluttede kommunalbestyrelsen?")
    assert (answer.is_answered, reason(answer)) == (False, "nothing_decided")
    assert {claim.label for claim in answer.claims} == {Label.RECOMMENDED}


# Questions of fact


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Hvor bred bliver stien langs Møllevej?", "Stien bliver 2,5 meter bred."),
        ("Hvor meget koster de nye lamper i Åparken?", "Udskiftningen koster 480.000 kr. og betales af puljen"),
        ("Hvornår ventes anlægget færdigt?", "ventes færdigt den 1. november 2026."),
        ("Hvorfor skiftes lamperne?", "Lamperne skiftes, fordi de gamle bruger tre gange så meget strøm."),
        ("Hvor mange gange er der saltet?", "Der er saltet 41 gange, og udgiften er 1,9 mio. kr."),
        ("hvorfor skiftes lampene i åpaken", "Lamperne skiftes, fordi de gamle bruger tre gange så meget strøm."),
    ],
)
def test_a_fact_is_answered_by_the_sentence_that_says_it(ask, question, quote):
    answer = ask(question)
    assert quote in said(answer)[0][2]
    assert answer.is_answered


def test_who_voted_is_taken_from_the_decision_of_that_very_item(ask):
    assert [text for _, _, text in said(ask("Hvem stemte imod hundeskoven?"))][:2] == [
        "For stemte Anna Bro og Carl Dam.",
        "Imod stemte Else Friis, Georg Holm og Ida Juul.",
    ]
    other = ask("Hvem stemte imod cykelstien langs Møllevej?")
    assert not any("stemte" in text for _, _, text in said(other))


# No answer, and why


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hvad blev besluttet om svømmehallen?", "Det fremgår ikke af de indlæste referater."),
        ("What was decided about the swimming pool?", "The loaded minutes do not say."),
        ("Hvad besluttede Socialudvalget om cykelstien?", "Der er ikke indlæst referater fra Socialudvalget"),
        ("hvad besluttede socialudvalget om cykelstien", "Der er ikke indlæst referater fra socialudvalget"),
        ("Hvad besluttede Socialt Udvalg om cykelstien?", "Der er ikke indlæst referater fra Socialt Udvalg"),
        ("What did the Health Committee decide about the lighting?", "No minutes of Health committee are loaded"),
        ("Hvad besluttede Odense Byråd om cykelstien?", "Der er ikke indlæst referater fra Odense"),
        ("hvad besluttede odense kommune om cykelstien", "Der er ikke indlæst referater fra Odense"),
        ("Hvad besluttede Teknisk Udvalg i november 2025?", "noget møde fra 1. november 2025 til 30. november 2025"),
        ("Hvad blev besluttet om lamperne den 4. maj 2024?", "Der er ikke indlæst noget møde den 4. maj 2024"),
        ("Hvad er der besluttet siden den 1. marts 2027?", "Der er ikke indlæst noget møde siden den 1. marts 2027"),
        ("Hvem var til stede den 20. januar 2026?", "hvem der var til stede eller fraværende"),
        ("Hvem stemte imod cykelstien langs Møllevej?", "Referatet oplyser ikke, hvordan medlemmerne stemte."),
        ("Hvor mange hunde er der plads til i hundeskoven?", "fremgår ikke af"),
        ("Hvad handlede punkt 99 om?", "Der er ikke indlæst noget om det"),
        ("og hvad koster det?", "Spørgsmålet nævner ikke noget emne."),
    ],
)
def test_what_is_not_there_is_said_not_to_be_there(ask, question, text):
    answer = ask(question)
    assert (answer.is_answered, reason(answer)) == (False, "not_loaded")
    assert text in answer.abstention.text


def test_a_refusal_says_what_is_loaded_and_names_the_nearest_item(ask):
    text = ask("Hvad besluttede Socialudvalget om gangbroens navn?").abstention.text
    assert text.startswith("Der er ikke indlæst referater fra Socialudvalget, og de indlæste referater fortæller ikke")
    assert "Nærmeste punkt: Navn til den nye gangbro (Teknisk Udvalg, 20. januar 2026, punkt 5)." in text
    assert text.endswith("Økonomiudvalget, fra 21. januar 2025 til 24. februar 2026.")


def test_a_council_that_is_not_loaded_is_not_taken_for_the_committee(herning):
    for question in ("Hvad besluttede byrådet om Bethaniagade?", "What did the council decide about Bethaniagade?"):
        answer = herning.ask(question, today=TODAY)
        assert (answer.is_answered, reason(answer), answer.claims) == (False, "not_loaded", ())


def test_a_day_without_a_loaded_meeting_is_answered_by_what_others_report_of_it(herning):
    answer = herning.ask("Hvad blev der sagt om videoovervågning den 2. december 2025?", today=TODAY)
    assert next(claim.date for claim in answer.claims) == date(2025, 12, 2)
    assert "den 2. december 2025 blev muligheden for at opsætte videoovervågning" in said(answer)[0][2]


def test_a_day_of_which_only_the_heading_of_an_earlier_decision_tells_is_answered_by_that_decision(tmp_path):
    path = build(tmp_path / "archive.db", [ROOT / "tests" / "minutes" / "layouts" / "stevns.txt"])
    with Assistant.open(path) as assistant:
        answer = assistant.ask("Hvad blev besluttet om varmeplanen for Klintby den 10. marts 2026?", today=TODAY)
        assert said(answer)[0] == ("reported", "statement", "Anbefales godkendt.")
        assert (answer.claims[0].body, answer.claims[0].date) == ("Økonomiudvalget", date(2026, 3, 10))
        silent = assistant.ask("Hvad blev besluttet om varmeplanen for Klintby den 11. marts 2026?", today=TODAY)
        assert (silent.is_answered, reason(silent)) == (False, "not_loaded")


def test_what_no_minutes_know_is_not_answered_by_words_that_look_like_pieces_of_it(herning, kildemose):
    # To the model's pieces of words "landingen" is close to "ingen": "Ingen bemærkninger." was the answer.
    for subject in ("månelandingen", "landingen", "månelandingen i 2026", "kirkeringningen"):
        for assistant in (herning, kildemose):
            answer = assistant.ask(f"Hvad blev besluttet om {subject}?", today=TODAY)
            assert (answer.is_answered, reason(answer), answer.claims) == (False, "not_loaded", ()), subject


def test_a_question_without_a_subject_is_told_so(ask):
    assert ask("Hvad blev besluttet?").abstention.text.startswith("Spørgsmålet nævner ikke noget emne.")
    assert ask("What was decided?").abstention.text.startswith("The question names no subject.")
    assert ask("Hvad blev besluttet i Økonomiudvalget?").is_answered


def test_what_leads_in_to_a_recommendation_is_not_quoted_beside_its_adopted_lines(tmp_path):
    source = tmp_path / "referat.txt"
    source.write_text(LEAD_IN, encoding="utf-8")
    with Assistant.open(build(tmp_path / "archive.db", [source])) as assistant:
        assert said(assistant.ask("Hvad blev besluttet om musikskolen?", today=TODAY)) == [
            ("decided", "decision", "Indstillingen er tiltrådt."),
            ("decided", "adopted", "at der gives et tilskud på 40.000 kr."),
        ]
        who = assistant.ask("Hvem indstiller et tilskud til musikskolen?", today=TODAY)
        assert "Direktøren for Kultur indstiller" in [text for _, _, text in said(who)]


def test_whose_motion_it_is_stands_in_its_title(tmp_path):
    (tmp_path / "byraad.txt").write_text(MOTION, encoding="utf-8")
    with Assistant.open(build(tmp_path / "archive.db", [tmp_path / "byraad.txt"])) as assistant:
        for question in ("Hvem vil have en byttedag på genbrugspladsen?", "Hvilket parti foreslår byttedage?"):
            answer = assistant.ask(question, today=TODAY)
            assert said(answer)[0][2] == "Forslag fra Enhedslisten om byttedag på genbrugspladsen"
        assert said(assistant.ask("Hvornår holdes byttedagen?", today=TODAY))[0][2].endswith("første lørdag i måneden.")


def test_a_month_in_which_the_subject_was_not_treated_is_not_answered_by_another_subject(herning):
    # The item on the core narrative tells of 26 March 2026, the one on Bethaniagade of nothing in that month.
    answer = herning.ask("Hvad besluttede udvalget om Bethaniagade i marts 2026?", today=TODAY)
    assert (answer.is_answered, reason(answer)) == (False, "not_loaded")


# Conversation


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("og hvad koster det?", "480.000 kr."),
        ("og hvorfor?", "fordi de gamle bruger tre gange så meget strøm"),
        ("Hvad kostede det?", "480.000 kr."),
    ],
)
def test_a_follow_up_keeps_the_subject(ask, question, quote):
    answer = ask(question, "Hvad blev besluttet om belysningen i Åparken?")
    assert quote in said(answer)[0][2]
    assert answer.question.follows_up


def test_a_follow_up_of_a_follow_up_keeps_the_subject_too(ask):
    answer = ask("og hvem stemte imod?", "Hvad blev besluttet om hundeskoven?", "og hvad koster hegnet?")
    assert "Imod stemte Else Friis, Georg Holm og Ida Juul." in [text for _, _, text in said(answer)]


def test_a_new_subject_leaves_the_old_one(ask):
    answer = ask("Hvad skal den nye gangbro hedde?", "Hvad blev besluttet om hundeskoven?")
    assert first_hit(answer) == "kildemose/teknisk-udvalg/2026-01-20/5"
    assert not answer.question.follows_up


def test_a_follow_up_that_names_its_own_place_keeps_only_the_meeting(ask):
    answer = ask("og punkt 3?", "Hvad besluttede Økonomiudvalget om regulativet for Kilde Å den 3. februar 2026?")
    assert texts(answer.claims, Role.TITLE) == ["Åbningstider på biblioteket"]


# The reader's own filters, and words alone


def test_a_body_beyond_the_readers_filter_counts_as_not_loaded(ask):
    answer = ask("Hvad besluttede Økonomiudvalget om cykelstien?", selection=Selection(committees=("Teknisk Udvalg",)))
    assert (answer.is_answered, reason(answer)) == (False, "not_loaded")
    assert answer.question.unknown_bodies == ("Økonomiudvalget",)


def test_filters_of_reader_and_question_narrow_each_other(ask):
    answer = ask(
        "Hvad er der besluttet om cykelsti i 2026?",
        selection=Selection(since=date(2026, 2, 1), until=date(2026, 2, 10)),
    )
    assert {view.meeting.date for view in answer.hits} == {date(2026, 2, 3)}


def test_without_a_model_words_alone_answer_and_the_answer_says_so(tmp_path):
    path = build(tmp_path / "archive.db", KILDEMOSE, with_vectors=False)
    with Assistant.open(path) as by_words:
        answer = by_words.ask("Hvad blev besluttet om belysningen i Åparken?", today=TODAY)
        assert texts(answer.claims, Role.ADDITION) == ["Lamperne ved legepladsen skiftes først."]
        assert answer.notes == ("Der er kun søgt på ord, fordi sprogmodellen ikke er til rådighed.",)
        assert all(view.hit.cosine is None for view in answer.hits)
        assert reason(by_words.ask("Hvad blev besluttet om svømmehallen?", today=TODAY)) == "not_loaded"


def test_with_a_model_there_is_nothing_to_note(ask):
    assert ask("Hvad blev besluttet om belysningen i Åparken?").notes == ()
