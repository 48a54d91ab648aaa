"""A digest: what a body decided, by case, and nothing that does not stand in its minutes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from asking import KILDEMOSE, SAMPLE, build
from kildemose import LIBRARY, SWIMMING, THEATRE, dagsorden, referat, write
from markdown_it import MarkdownIt

from ingest.archive import Archive
from ingest.model import Outcome
from qa import __main__ as cli
from qa import abbreviations, committees, digest_text, markup
from qa.assistant import Assistant
from qa.citation import verify
from qa.committees import Body
from qa.digest import Digest
from qa.model import Label, Language, Role

Make = Callable[..., tuple[Digest, ...]]
Run = Callable[..., tuple[int, str, str]]
SECOND = date(2026, 4, 9)
HOSTILE = "# <b>Sti</b> [klik](http://onde.dk) ![x](y) *a* _b_ `c` | 1. $x$ https://onde.dk www.onde.dk a@b.dk"


def hostile(decision: str) -> str:
    return f": {HOSTILE}\n\n05.01.00-G01-7-26\n\nBeslutning\n\n{decision}"


@pytest.fixture
def archive(tmp_path: Path) -> Callable[..., Path]:
    def built(*texts: str) -> Path:
        files = write(tmp_path, **{f"m{number}": text for number, text in enumerate(texts)})
        return build(tmp_path / f"{len(list(tmp_path.iterdir()))}.db", files, with_vectors=False)

    return built


@pytest.fixture
def make(archive: Callable[..., Path]) -> Make:
    """The digests of a body, over an archive of some minutes, each given as a text."""

    def made(*texts: str, of: str = "kultur", **narrowed: object) -> tuple[Digest, ...]:
        with Archive.open(archive(*texts)) as opened, Assistant(opened, None) as assistant:
            every = assistant.digest(of, **narrowed)  # type: ignore[arg-type]
            for each in every:
                check(assistant, each)
            return every

    return made


def check(assistant: Assistant, made: Digest) -> None:
    """Fail unless a digest keeps every promise made of all digests."""
    held = {each.key for each in made.meetings}
    for citation in made.citations:
        entry = assistant.entry(citation.item)
        assert entry is not None
        assert verify(citation, entry)
        if entry.item.is_closed:
            heading = entry.item.sections[0].span
            assert heading.covers(citation.span) or any(
                each.span.covers(citation.span) for each in entry.item.own_decisions
            )
    for case in made.cases:
        days = [step.heading.date for step in case.steps]
        assert days == sorted(days)
        for step in case.steps:
            assert step.heading.item.rpartition("/")[0] in held
            assert all(claim.text == claim.citations[0].quote for claim in step.claims)
            assert step.kind == "referat" or (step.claims, step.outcome) == ((), Outcome.NONE)
    assert {each.citation.committee for each in made.pending} <= {made.body.committee}
    assert {claim.label for claim in made.amounts} <= {Label.DECIDED}


# what is in it


def test_decisions_by_case_with_what_they_adopt_and_add(make):
    (made,) = make(referat(THEATRE, LIBRARY))
    assert made.body == Body("Kildemose", "Kulturudvalget")
    assert [(case.title, case.case_number) for case in made.cases] == [
        ("Tilskud til Kildemose Teaterforening", "20.03.00-G01-1-26"),
        ("Åbningstider på biblioteket", "21.05.00-A00-2-26"),
    ]
    claims = [(claim.role, claim.text) for claim in made.cases[1].steps[0].claims]
    assert claims == [
        (Role.DECISION, "Indstillingen er tiltrådt."),
        (Role.ADOPTED, "at biblioteket i Kildemose Kommune holder åbent om søndagen."),
        (Role.ADDITION, "Ordningen gælder fra 1. maj 2026."),
    ]


def test_the_steps_of_one_case_stand_together_in_order(make):
    again = SWIMMING.replace("Udsat.", "Godkendt.")
    (made,) = make(referat(SWIMMING, THEATRE), referat(again, day=SECOND))
    steps = {case.title: [(step.heading.date, step.outcome) for step in case.steps] for case in made.cases}
    assert steps["Svømmehallens tag"] == [
        (date(2026, 3, 12), Outcome.POSTPONED),
        (SECOND, Outcome.ADOPTED),
    ]
    assert made.pending == ()


def test_without_a_number_the_title_makes_the_case(make):
    item = ": Klimaplan\n\nResume\n\nKildemose Kommune får en plan.\n\nBeslutning\n\n{}"
    (made,) = make(referat(item.format("Udsat.")), referat(item.format("Godkendt."), day=SECOND))
    assert [(case.title, case.case_number, len(case.steps)) for case in made.cases] == [("Klimaplan", None, 2)]


def test_steps_before_other_bodies_are_named_without_their_words(make):
    (made,) = make(referat(SWIMMING), referat(SWIMMING.replace("Udsat.", "Godkendt."), committee="Økonomiudvalget"))
    (case,) = made.cases
    assert [(step.heading.committee, step.outcome, step.claims) for step in case.elsewhere] == [
        ("Økonomiudvalget", Outcome.ADOPTED, ())
    ]


def test_what_an_agenda_proposes_is_not_decided(make):
    (made,) = make(dagsorden(THEATRE))
    (case,) = made.cases
    assert case.steps[0].claims == ()
    assert made.amounts == ()
    text = "\n".join(digest_text.digest(made, Language.DANISH))
    assert "på dagsordenen, ikke besluttet" in text
    assert "40.000" not in text


def test_amounts_are_those_of_decisions_and_adopted_lines(make):
    costly = LIBRARY.replace("Ordningen gælder", "Der afsættes 1,2 mio. kr. Ordningen gælder").replace(
        "Indstilling\n", "Resume\n\nDet koster 9.000 kr. om dagen.\n\nIndstilling\n"
    )
    (made,) = make(referat(THEATRE, costly))
    assert [claim.text for claim in made.amounts] == [
        "at der gives et tilskud på 40.000 kr.",
        "Der afsættes 1,2 mio. kr.",
    ]


def test_what_is_recommended_to_a_higher_body_is_not_called_decided(make):
    (made,) = make(referat(THEATRE.replace("Indstillingen er tiltrådt.", "Anbefales.")))
    claims = [(claim.label, claim.text) for claim in made.cases[0].steps[0].claims]
    assert claims == [
        (Label.DECIDED, "Anbefales."),
        (Label.RECOMMENDED, "at der gives et tilskud på 40.000 kr."),
    ]
    assert made.amounts == ()


def test_of_a_closed_item_only_heading_and_published_decision(make):
    closed = ": Lukket: Køb af jord\n\n13.06.00-G10-4-26\n\nResume\n\nPrisen er 900.000 kr.\n\nBeslutning\n\nGodkendt."
    (made,) = make(referat(closed))
    text = "\n".join(digest_text.digest(made, Language.DANISH))
    assert made.cases[0].steps[0].is_closed
    assert "Køb af jord" in text
    assert "900.000" not in text


def test_routine_items_are_counted_and_not_told(make):
    usual = (
        ": Meddelelser\n\n00.22.04-P35-1-23\n\nResume\n\nKildemose Kommune.\n\nBeslutning\n\nTaget til efterretning."
    )
    (made,) = make(referat(usual, THEATRE), referat(usual, day=SECOND))
    assert [(each.title, len(each.steps)) for each in made.recurring] == [("Meddelelser", 2)]
    assert [case.title for case in made.cases] == ["Tilskud til Kildemose Teaterforening"]


def test_a_routine_item_in_which_something_was_decided_is_a_case(make):
    unusual = ": Meddelelser\n\nBeslutning\n\nUdvalget besluttede, at biblioteket får navnet Kilden."
    (made,) = make(referat(unusual))
    assert [case.title for case in made.cases] == ["Meddelelser"]


def test_only_the_period_and_what_waits_from_before(make):
    minutes = (referat(SWIMMING), referat(THEATRE, day=SECOND))
    (made,) = make(*minutes, since=SECOND)
    assert [case.title for case in made.cases] == ["Tilskud til Kildemose Teaterforening"]
    assert [each.citation.title for each in made.pending] == ["Svømmehallens tag"]
    assert make(*minutes, since=date(2027, 1, 1)) == ()


def test_bodies_of_one_name_are_never_mixed(make):
    other = THEATRE.replace("Kildemose", "Herning")
    made = make(referat(THEATRE), referat(other, day=SECOND))
    assert [each.body.municipality for each in made] == ["Herning", "Kildemose"]
    assert [len(each.meetings) for each in made] == [1, 1]


@pytest.mark.parametrize("until", [None, date(2026, 1, 31)])
def test_every_digest_of_the_minutes_at_hand_verifies(tmp_path, until):
    path = build(tmp_path / "a.db", [*KILDEMOSE, SAMPLE], with_vectors=False)
    with Archive.open(path) as archive, Assistant(archive, None) as assistant:
        for body in assistant.bodies():
            for made in assistant.digest(body.committee, body.municipality, until=until):
                check(assistant, made)
                assert made.citations
                assert "\n".join(digest_text.digest(made, Language.ENGLISH)).startswith("# Digest: ")


# names


HELD = (
    Body("Aarhus", "Aarhus Byråd"),
    Body("Aarhus", "Teknisk Udvalg"),
    Body("Herning", "Beskæftigelsesudvalget"),
    Body("Syddjurs", "Udvalget for plan, udvikling og kultur (PUK)"),
)


@pytest.mark.parametrize(
    ("name", "committee"),
    [
        ("beskæftigelse", "Beskæftigelsesudvalget"),
        ("BESKÆFTIGELSESUDVALGET", "Beskæftigelsesudvalget"),
        ("Beskæftigelsesudvalg", "Beskæftigelsesudvalget"),
        ("beskaeftigelsesudvalget", "Beskæftigelsesudvalget"),
        ("herning/beskaeftigelsesudvalget", "Beskæftigelsesudvalget"),
        ("employment committee", "Beskæftigelsesudvalget"),
        ("byrådet", "Aarhus Byråd"),
        ("the council", "Aarhus Byråd"),
        ("teknisk udvalg", "Teknisk Udvalg"),
        ("teknisk-udvalg", "Teknisk Udvalg"),
        ("PUK", "Udvalget for plan, udvikling og kultur (PUK)"),
        ("plan, udvikling", "Udvalget for plan, udvikling og kultur (PUK)"),
    ],
)
def test_a_committee_is_known_by_any_of_its_names(name, committee):
    assert [each.committee for each in committees.find(name, None, HELD)] == [committee]


@pytest.mark.parametrize("name", ["svømmehallen", "udvalget", "", "u"])
def test_what_names_no_committee(name):
    assert committees.find(name, None, HELD) == ()


def test_a_municipality_narrows():
    assert committees.find(None, "aarhus kommune", HELD) == HELD[:2]
    assert committees.find("teknisk", "Herning", HELD) == ()


# abbreviations


@pytest.mark.parametrize(
    ("short", "words", "is_so"),
    [
        ("ØU", "Økonomi- og Erhvervsudvalget", True),
        ("KF", "kapital- og formueforvaltning", True),
        ("KL", "Kommunernes Landsforening", True),
        ("PUK", "plan, udvikling og kultur", True),
        ("SSF", "Social- og Sundhedsforvaltningen", True),
        ("UKH", "Ungdomskulturhuset", True),
        ("BSK", "Beskæftigelsesudvalget", False),
        ("MTM", "Teknik og Miljø", False),
        ("ØU", "Erhvervsudvalget", False),
        ("LA", "Henrik Arens", False),
    ],
)
def test_letters_are_explained_by_words_with_these_initials(short, words, is_so):
    assert abbreviations.stands_for(short, words) is is_so


def test_abbreviations_as_the_minutes_explain_them(make):
    told = (
        "Sagen er behandlet i Økonomi- og Erhvervsudvalget (ØU). Den hører til kapital- og formueforvaltning (KF), "
        "og Bo Lind (DF) er orienteret. KL (Kommunernes Landsforening) har svaret. Det gælder også Bent (XY)."
    )
    (made,) = make(referat(THEATRE.replace("Foreningen søger", f"{told} Foreningen søger")))
    assert [(each.short, each.meaning) for each in made.abbreviations] == [
        ("KF", "kapital- og formueforvaltning"),
        ("KL", "Kommunernes Landsforening"),
        ("ØU", "Økonomi- og Erhvervsudvalget"),
    ]


# Markdown


@pytest.mark.parametrize(
    "text",
    [HOSTILE, "1. punkt", "- streg", "+ plus", "> citat", "===", "a\\*b", "<script>alert(1)</script>", "&lt;b&gt;",
     "![a](b)", "[a]: http://b", "~~a~~", "**", "a  \nb", "# overskrift #", "\u202eabc\x1b[31m"],
)  # fmt: skip
def test_text_of_documents_is_shown_as_it_is(text):
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = reader.parse(markup.escaped(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    (inline,) = (token for token in tokens if token.type == "inline")
    assert {child.type for child in inline.children or ()} <= {"text", "text_special"}
    shown = "".join(child.content for child in inline.children or ())
    assert shown == "".join(each for each in " ".join(text.split()) if each not in "\u202e\x1b")


def test_only_web_addresses_become_links():
    assert markup.link("her", "https://a.dk/vis?id=1&b=(2)") == "[her](<https://a.dk/vis?id=1&b=%282%29>)"
    for address in (None, "javascript:alert(1)", "https://a.dk/ b", "https://a.dk/>x", "file:///etc/passwd"):
        assert markup.link("her", address) == "her"


def test_a_hostile_title_stays_text_in_digest_and_list(make):
    (made,) = make(referat(hostile("Udsat. <img src=x>")))
    for lines in (digest_text.digest(made, Language.DANISH), digest_text.pending(made.pending, Language.DANISH)):
        html = MarkdownIt("commonmark", {"html": True}).enable(["table"]).render("\n".join(lines))
        assert "<b>" not in html
        assert "<img" not in html
        assert "<a" not in html
        assert "<code>" not in html
        assert "&lt;b&gt;Sti&lt;/b&gt;" in html


# on the command line


@pytest.fixture
def run(archive: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> Run:
    path = archive(referat(THEATRE, SWIMMING), referat(LIBRARY, committee="Børneudvalget"))

    def command(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = cli.main([*arguments, "--archive", str(path)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        return (code, *capsys.readouterr())

    return command


def test_a_digest_as_markdown(run):
    code, out, err = run("digest", "kultur")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "# Overblik: Kulturudvalget, Kildemose"
    assert "## Afventer" in lines
    assert "- “at der gives et tilskud på 40.000 kr.”" in lines
    assert run("digest", "kultur", "--language", "en")[1].startswith("# Digest: Kulturudvalget, Kildemose\n")


def test_a_digest_as_json(run):
    code, out, err = run("digest", "kultur", "--json")
    assert (code, err) == (0, "")
    (made,) = json.loads(out)["digests"]
    assert list(made) == [
        "municipality", "committee", "since", "until", "meetings", "cases", "pending", "amounts", "abbreviations",
        "recurring",
    ]  # fmt: skip
    assert list(made["cases"][0]) == ["title", "case_number", "steps", "elsewhere"]
    assert list(made["cases"][0]["steps"][0]) == ["heading", "kind", "outcome", "closed", "claims"]
    assert made["meetings"] == [{"key": "kildemose/kulturudvalget/2026-03-12", "date": "2026-03-12", "kind": "referat"}]


def test_what_waits_as_json_and_markdown(run):
    code, out, err = run("pending", "--json")
    assert (code, err) == (0, "")
    (each,) = json.loads(out)["pending"]
    assert list(each) == [
        "kind", "label", "whole", "body", "since", "waits_for", "by", "until", "due", "citation", "concerns",
        "next_item",
    ]  # fmt: skip
    assert (each["kind"], each["since"], each["citation"]["quote"]) == ("postponed", "2026-03-12", "Udsat.")
    code, out, err = run("pending", "kultur")
    assert (code, err) == (0, "")
    assert "- **Svømmehallens tag** – udsat siden 12. marts 2026 (hele punktet) – Besluttet" in out.splitlines()


@pytest.mark.parametrize("command", ["digest", "pending"])
def test_an_unknown_committee_is_told_with_those_that_are_loaded(run, command):
    code, out, err = run(command, "havneudvalget")
    assert (code, out) == (3, "")
    assert "“havneudvalget”" in err
    assert "Kulturudvalget (Kildemose)" in err
    assert run(command, "kultur", "--municipality", "Odense")[0] == 3


@pytest.mark.parametrize("command", ["digest", "pending"])
def test_an_empty_period_is_told_with_what_is_loaded(run, command):
    code, out, err = run(command, "kultur", "--since", "2027-01-01")
    assert (code, out) == (3, "")
    assert "12. marts 2026" in err


def test_nothing_that_waits_is_told(run):
    code, out, err = run("pending", "børne", "--language", "en")
    assert (code, out) == (3, "")
    assert "waits" in err


def test_with_json_nothing_found_is_an_empty_list(run):
    assert run("digest", "havneudvalget", "--json")[:2] == (3, '{"digests": []}\n')
    assert run("pending", "børne", "--json")[:2] == (3, '{"pending": []}\n')


@pytest.mark.parametrize("command", ["digest", "pending"])
def test_a_period_the_wrong_way_round_is_wrong_usage(run, command):
    assert run(command, "kultur", "--since", "2026-02-01", "--until", "2026-01-01")[0] == 2
