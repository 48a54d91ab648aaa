"""`python -m qa`: what it prints, and what it tells by its exit code. Other tools rely on this (docs/contract.md)."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from asking import KILDEMOSE, ROOT, SAMPLE, build

from ingest.archive import Archive
from qa import __main__ as cli

Run = Callable[..., tuple[int, str, str]]

ANSWER = {
    "question": str, "language": str, "answered": bool, "abstention": dict, "claims": list, "hits": list,
    "thread": list, "coverage": dict, "notes": list, "elapsed_ms": float,
    "wording": list,
    "follows": str, "attendance": list,
}  # fmt: skip
ABSTENTION = {"reason": str, "text": str}
CLAIM = {
    "label": str, "role": str, "text": str, "body": str, "date": str, "outcome": str, "citations": list,
}  # fmt: skip
CITATION = {
    "item": str, "municipality": str, "committee": str, "date": str, "number": str, "title": str, "case_number": str,
    "section": str, "page": int, "quote": str, "source": str, "link": str, "start": int, "end": int,
}  # fmt: skip
HIT = {
    "key": str, "municipality": str, "committee": str, "date": str, "number": str, "title": str, "score": float,
    "page": int, "section": str, "passage": str,
}  # fmt: skip
STEP = {
    "committee": str, "date": str, "number": str, "title": str, "outcome": str, "loaded": bool, "key": str,
}  # fmt: skip
COVERAGE = {"meetings": int, "committees": list, "from": str, "to": str}
NULLABLE = {"abstention", "follows", "link", "outcome", "case_number", "page", "date", "number", "key"}

LABELS = {"decided", "recommended", "assessed", "reported"}
REASONS = {"not_loaded", "nothing_decided", "postponed", "information_only", "closed"}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("cli") / "archive.db", [*KILDEMOSE, SAMPLE])


@pytest.fixture
def run(path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on one archive; gives exit code, stdout and stderr."""

    def command(*arguments: object, archive: Path = path) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = cli.main([*map(str, arguments), "--archive", str(archive)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        return (code, *capsys.readouterr())

    return command


@pytest.fixture
def ask(run: Run) -> Callable[..., dict[str, object]]:
    """The JSON answer to a question."""

    def asked(*arguments: object) -> dict[str, object]:
        code, out, err = run("ask", *arguments, "--today", "2026-11-23", "--json")
        answer = json.loads(out)
        assert (code, err) == (0 if answer["claims"] else 3, "")
        assert out == json.dumps(answer, ensure_ascii=False) + "\n"  # nothing else, and letters as they are
        return answer

    return asked


def check(value: dict[str, object], shape: dict[str, type]) -> None:
    """Fail unless the keys and types are those of the contract."""
    assert list(value) == list(shape)
    for key, kind in shape.items():
        assert (value[key] is None and key in NULLABLE) or type(value[key]) is kind, (key, value[key])


# ask --json


@pytest.mark.parametrize(
    "question",
    [
        "Hvad blev besluttet om Bethaniagade?",
        "What was decided about the cycle path along Møllevej?",
        "Hvad koster grunden ved Havnegade?",
        "Hvad blev besluttet om svømmehallen?",
        "punkt 10",
        "Er brandstationen solgt?",
    ],
)
def test_the_shape_of_an_answer(ask, question):
    answer = ask(question)
    check(answer, ANSWER)
    assert answer["question"] == question
    if answer["abstention"] is not None:
        check(answer["abstention"], ABSTENTION)
        assert answer["abstention"]["reason"] in REASONS
    for claim in answer["claims"]:
        check(claim, CLAIM)
        assert claim["label"] in LABELS
        assert claim["text"] == claim["citations"][0]["quote"]
        for citation in claim["citations"]:
            check(citation, CITATION)
            date.fromisoformat(citation["date"])
    for hit in answer["hits"]:
        check(hit, HIT)
    for step in answer["thread"]:
        check(step, STEP)
    check(answer["coverage"], COVERAGE)


def test_the_answer_to_the_main_question_in_json(ask):
    answer = ask("what was decided about Bethaniagade")
    first = answer["claims"][0]
    assert (answer["answered"], answer["language"], answer["abstention"]) == (True, "en", None)
    assert (first["label"], first["role"], first["text"]) == ("decided", "decision", "Indstillingen er tiltrådt.")
    assert (first["body"], first["date"], first["outcome"]) == (
        "Beskæftigelsesudvalget",
        "2026-04-28",
        "adopted_with_addition",
    )
    place = first["citations"][0]
    assert (place["item"], place["page"], place["section"]) == (
        "herning/beskaeftigelsesudvalget/2026-04-28/33",
        9,
        "decision",
    )
    assert answer["coverage"] == {
        "meetings": 5,
        "committees": ["Beskæftigelsesudvalget", "Kommunalbestyrelsen", "Teknisk Udvalg", "Økonomiudvalget"],
        "from": "2025-01-21",
        "to": "2026-04-28",
    }


def test_start_and_end_count_in_the_text_that_parse_gives(ask, capsys):
    from ingest import __main__ as ingesting

    place = ask("Hvad blev besluttet om hundeskoven?")["claims"][0]["citations"][0]
    capsys.readouterr()
    assert ingesting.main(["parse", place["source"], "--json"]) == 0
    (meeting,) = json.loads(capsys.readouterr().out)["meetings"]
    (item,) = [each for each in meeting["items"] if each["key"] == place["item"]]
    text = "".join(section["text"] for section in item["sections"])
    assert text[place["start"] : place["end"]] == place["quote"]


def test_options_narrow_the_answer(ask):
    assert {hit["committee"] for hit in ask("cykelsti", "--committee", "økonomi")["hits"]} == {"Økonomiudvalget"}
    both = ask("cykelsti", "--committee", "økonomi", "--committee", "Teknisk Udvalg")["hits"]
    assert {hit["committee"] for hit in both} == {"Økonomiudvalget", "Teknisk Udvalg"}
    days = [hit["date"] for hit in ask("cykelsti", "--since", "2026-01-20", "--until", "2026-02-03")["hits"]]
    assert set(days) == {"2026-01-20", "2026-02-03"}
    assert len(ask("cykelsti", "--limit", "2")["hits"]) == 2
    assert ask("Møllevej", "--language", "en")["language"] == "en"
    assert ask("Hvad blev besluttet om stien i januar sidste år?", "--today", "2026-02-01")["hits"]


def test_history_makes_a_follow_up(ask):
    answer = ask("og hvem stemte imod?", "--history", "punkt 5", "--history", "Hvad blev besluttet om hundeskoven?")
    assert "Imod stemte Else Friis, Georg Holm og Ida Juul." in [claim["text"] for claim in answer["claims"]]


def test_today_anchors_last_year(run):
    code, out, _ = run("ask", "Hvad blev besluttet i januar sidste år?", "--today", "2026-03-01", "--json")
    assert code == 0
    assert {hit["date"] for hit in json.loads(out)["hits"]} == {"2025-01-21"}


# ask, for a person


def test_an_answer_for_a_person_to_read(run):
    code, out, _ = run("ask", "Hvad blev besluttet om belysningen i Åparken?")
    assert code == 0
    assert out.startswith(
        "\nKildemose · punkt 4: Ny belysning i Åparken\n"
        "\nBesluttet: Teknisk Udvalg, 20. januar 2026 – tiltrådt med tilføjelse\n"
        "  “Indstillingen er tiltrådt.”\n"
        "    Teknisk Udvalg, 20. januar 2026, punkt 4, sag 05.01.08-G01-9-25\n"
    )
    assert "\nTilføjet i beslutningen: Teknisk Udvalg, 20. januar 2026\n  “Lamperne ved legepladsen" in out


def test_the_case_and_what_is_not_loaded_of_it_are_told(run):
    _, out, _ = run("ask", "What was decided about Bethaniagade?")
    assert "\nThe case\n  Beskæftigelsesudvalget, 2 December 2025, item 65 (not loaded)\n" in out


def test_a_refusal_says_why_and_what_was_found(run):
    code, out, _ = run("ask", "Hvad blev besluttet om svømmehallen?")
    assert code == 3
    assert out.startswith("Det fremgår ikke af de indlæste referater.")
    assert "\nFundet\n" in out


# Exit codes


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "punkt 99"],
        ["ask", "cykelsti", "--committee", "Kulturudvalget"],
        ["ask", "cykelsti", "--since", "2030-01-01"],
        ["ask", "Hvad blev besluttet om svømmehallen?"],
    ],
)
def test_no_claim_to_show_is_3(run, arguments):
    code, out, err = run(*arguments, "--json")
    assert (code, err) == (3, "")
    assert (json.loads(out)["answered"], json.loads(out)["claims"]) == (False, [])


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ask"],
        ["ask", ""],
        ["ask", " "],
        ["ask", "one", "two"],
        ["ask", "cykelsti", "--since", "2026-02-03", "--until", "2026-01-20"],
        ["ask", "cykelsti", "--batch", "questions.jsonl"],
        ["ask", "cykelsti", "--today", "i går"],
        ["ask", "cykelsti", "--since", "2026-13-01"],
        ["ask", "cykelsti", "--limit", "0"],
        ["ask", "cykelsti", "--limit", "-1"],
        ["ask", "cykelsti", "--limit", "²"],
        ["ask", "cykelsti", "--language", "de"],
        ["ask", "cykelsti", "--colour"],
        ["answer", "cykelsti"],
    ],
)
def test_wrong_usage_is_2_and_is_said_on_stderr(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "usage:" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "cykelsti", "--committee", "010190-1234"],
        ["digest", "010190-1234"],
        ["pending", "010190-1234"],
        ["pending", "--municipality", "010190-1234"],
    ],
)
def test_a_civil_registration_number_given_as_a_name_is_not_said_again(run, arguments):
    code, out, err = run(*arguments)
    assert code == 3
    assert "010190-1234" not in out + err
    assert "xxxxxx-xxxx" in out + err


@pytest.mark.parametrize("name", ["answer.md", "answer.csv", "answer.docx"])
def test_an_argument_that_is_no_text_is_saved_all_the_same(run, tmp_path, name):
    code, _, err = run("ask", "\udcff cykelsti", "-o", tmp_path / name)
    assert (code, err) == (0, "")
    assert (tmp_path / name).stat().st_size > 0


def test_an_archive_that_is_missing_is_1_and_says_what_to_do(run, tmp_path):
    code, out, err = run("ask", "cykelsti", "--json", archive=tmp_path / "none.db")
    assert (code, out) == (1, "")
    assert str(tmp_path / "none.db") in err
    assert "ingest add" in err


def test_a_file_that_is_no_archive_is_1(run, tmp_path):
    (tmp_path / "x.db").write_text("no archive at all " * 100, encoding="utf-8")
    code, out, err = run("ask", "cykelsti", archive=tmp_path / "x.db")
    assert (code, out) == (1, "")
    assert err.startswith("qa: ")


def test_another_model_than_the_archives_is_1(run):
    code, out, err = run("ask", "cykelsti", "--model", "word-hash")
    assert (code, out) == (1, "")
    assert "cannot be mixed" in err


# --batch


@pytest.fixture
def batch(tmp_path: Path) -> Callable[..., Path]:
    def written(*lines: object) -> Path:
        file = tmp_path / "questions.jsonl"
        file.write_text(
            "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines),
            encoding="utf-8",
        )
        return file

    return written


def answers(out: str) -> Iterator[dict[str, object]]:
    return (json.loads(line) for line in out.splitlines())


def test_a_batch_gives_one_answer_a_line_in_the_order_of_the_questions(run, batch):
    file = batch(
        {"id": "b", "question": "Hvad blev besluttet om hundeskoven?"},
        "",
        {"id": 7, "question": "og hvem stemte imod?", "history": ["Hvad blev besluttet om hundeskoven?"]},
        {"question": "Hvad blev besluttet i januar sidste år?", "today": "2026-03-01"},
        {"id": "none", "question": "punkt 99", "history": None, "today": None},
    )
    code, out, err = run("ask", "--batch", file, "--json")
    told = list(answers(out))
    assert (code, err) == (0, "")
    assert [each["id"] for each in told] == ["b", 7, 3, "none"]
    assert [each["answered"] for each in told] == [True, True, True, False]
    assert {hit["date"] for hit in told[2]["hits"]} == {"2025-01-21"}
    for each in told:
        check(each, {"id": type(each["id"])} | ANSWER)


def test_the_options_of_the_command_hold_for_a_whole_batch(run, batch):
    file = batch({"id": "a", "question": "cykelsti"}, {"id": "b", "question": "parkering"})
    _, out, _ = run("ask", "--batch", file, "--committee", "Teknisk", "--limit", "1", "--json")
    assert [len(each["hits"]) for each in answers(out)] == [1, 1]
    assert {hit["committee"] for each in answers(out) for hit in each["hits"]} == {"Teknisk Udvalg"}


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[1, 2]",
        '"cykelsti"',
        "null",
        "{}",
        {"id": "x"},
        {"question": None},
        {"question": 5},
        {"question": "cykelsti", "history": "Møllevej"},
        {"question": "cykelsti", "history": [5]},
        {"question": "cykelsti", "today": "i går"},
        {"question": "cykelsti", "today": 5},
    ],
)
def test_a_line_that_is_no_question_is_reported_and_the_others_go_on(run, batch, line):
    file = batch({"id": "a", "question": "cykelsti"}, line, {"id": "b", "question": "hundeskov"})
    code, out, err = run("ask", "--batch", file, "--json")
    assert code == 1
    assert [each["id"] for each in answers(out)] == ["a", "b"]
    assert f"{file}, line 2: not a question" in err


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("no json", 'it is no JSON; write a line such as {"question": "Hvad blev besluttet?"}'),
        ({"id": "a"}, 'it has no “question”; write a line such as {"question": "Hvad blev besluttet?"}'),
        ({"id": "a", "question": " "}, "its “question” is empty; write one, or take the line out"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_in_words(run, batch, line, reason):
    file = batch(line)
    for command in (("ask", "--batch", file), ("eval", file)):
        assert run(*command) == (1, "", f"qa: {file}, line 1: not a question: {reason}\n")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"relevant": []}, "it has no “id”"),
        ({"id": "a"}, "its “relevant” must be a list of items"),
        ({"id": "a", "relevant": [{"committee": "Teknisk Udvalg"}]}, "each with “committee”, “date” and “number”"),
        ({"id": "a", "relevant": [], "today": "i går"}, "its “today”, 'i går', must be a day like 2026-04-28"),
        (
            {"id": "a", "relevant": [{"committee": "Teknisk Udvalg", "date": "20-01-2026", "number": "10"}]},
            "its “date”, '20-01-2026', must be a day like 2026-04-28",
        ),
        ({"id": "a", "relevant": [], "label": "besluttet"}, "its “label”, 'besluttet', must be one of decided, recom"),
        ({"id": "a", "relevant": [], "abstain": "no"}, "its “abstain”, 'no', must be one of not_loaded, nothing_"),
        ({"id": "a", "relevant": [], "quotes": 5}, "its “quotes” must be a text or a list of texts"),
    ],
)
def test_eval_says_in_words_what_a_question_lacks(run, batch, more, reason):
    code, _, err = run("eval", batch({"question": "hundeskov"} | more))
    assert code == 1
    assert reason in err


def test_a_batch_may_come_from_standard_input(run, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"id": "a", "question": "hundeskov"}\n'))
    _, out, _ = run("ask", "--batch", "-", "--json")
    assert [each["id"] for each in answers(out)] == ["a"]


def test_a_batch_for_a_person_names_each_question(run, batch):
    _, out, _ = run("ask", "--batch", batch({"id": "a", "question": "hundeskov"}))
    assert out.startswith("── a: hundeskov\n")


def test_a_batch_that_cannot_be_read_is_1(run, tmp_path):
    assert run("ask", "--batch", tmp_path / "none.jsonl", "--json")[0] == 1
    (tmp_path / "latin.jsonl").write_bytes('{"question": "Åparken"}'.encode("latin-1"))
    code, out, err = run("ask", "--batch", tmp_path / "latin.jsonl", "--json")
    assert (code, out) == (1, "")
    assert "cannot be read" in err


# eval


def test_eval_prints_a_scorecard_and_every_miss(run, batch):
    place = {"committee": "Teknisk Udvalg", "date": "2026-01-20", "number": "10"}
    file = batch(
        {"id": "right", "question": "Blev hundeskoven vedtaget?", "relevant": [place], "label": "decided",
         "quotes": ["Indstillingen blev forkastet."], "match": "lexical"},
        {"id": "wrong", "question": "Hvad blev besluttet om gangbroen?", "relevant": [place], "match": "lexical"},
        {"id": "off", "question": "Hvad blev besluttet om svømmehallen?", "relevant": [], "abstain": "not_loaded"},
    )  # fmt: skip
    code, out, _ = run("eval", file)
    assert code == 0
    head, _, everything, *_ = out.splitlines()
    assert head.startswith("| questions | n | right item first | in the first three |")
    assert everything == "| all | 3 | 50 | 100 | 100 | 67 | 100 | 100 | 0 | 100 | 100 | 100 |"
    assert "wrong: Hvad blev besluttet om gangbroen? (not: right item first)" in out
    assert "right: " not in out
    assert "| not_loaded | – | 1 | 100 |" in out
    assert re.search(r"^Time of an answer, ms: p50 \d+\.\d, p95 \d+\.\d$", out, re.MULTILINE)


def test_eval_without_meaning_says_so_and_measures_words_alone(run, batch):
    place = {"committee": "Teknisk Udvalg", "date": "2026-01-20", "number": "10"}
    file = batch({"id": "a", "question": "Should dogs have a forest?", "relevant": [place]})
    with_meaning, by_words = (json.loads(run("eval", file, "--json", *more)[1]) for more in ((), ["--without-meaning"]))
    assert [each["questions"][0]["rank"] for each in (with_meaning, by_words)] == [
        1,
        1,
    ]  # by the table of English words
    assert [each["by_words_alone"] for each in (with_meaning, by_words)] == [False, True]
    assert run("eval", batch({"id": "a", "question": "hundeskov", "relevant": [place]}), "--without-meaning")[
        1
    ].startswith("Searched by words alone, without a language model.\n\n| questions |")
    with pytest.raises(SystemExit) as stopped:
        cli.main(["eval", "--without-meaning", "--model", "any"])
    assert stopped.value.code == 2


def test_eval_in_json(run, batch):
    file = batch({"id": "off", "question": "Hvad blev besluttet om svømmehallen?", "relevant": []})
    code, out, _ = run("eval", file, "--json")
    assert code == 0
    card = json.loads(out)
    assert card["scores"][0]["group"] == "all"
    assert card["scores"][0]["rightly_refused"] == 1
    assert card["questions"][0] | {"elapsed_ms": 0} == {
        "id": "off", "rank": None, "quoted": None, "labelled": None, "refused": True, "verbatim": True, "elapsed_ms": 0,
        "expected": "not_loaded", "reason": "not_loaded",
    }  # fmt: skip
    assert card["reasons"] == [{"expected": "not_loaded", "given": "not_loaded", "count": 1}]
    assert card["abstaining"] == [
        {"reason": each, "expected": 1, "given": 1, "precision": 1, "recall": 1} for each in ("any", "not_loaded")
    ]
    assert card["elapsed_ms"]["p50"] == card["elapsed_ms"]["p95"] == card["questions"][0]["elapsed_ms"]
    assert (card["types"], card["by_words_alone"]) == ([], False)


@pytest.mark.parametrize(
    "line", ["no json", "[]", "{}", {"id": "a", "question": "b"}, {"id": "a", "question": "b", "relevant": None}]
)
def test_eval_names_the_line_that_is_no_question(run, batch, line):
    code, out, err = run("eval", batch({"id": "a", "question": "b", "relevant": []}, line))
    assert (code, out) == (1, "")
    assert "line 2: not a question" in err


def test_eval_reads_what_editors_leave_in_a_file_and_the_example_of_the_readme(run, tmp_path):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(\{.*?\})\n```", text, re.DOTALL)
    line = " ".join(example.split("\n"))
    other = '{"id": "b2", "question": "Hvad med\u2028måneraketten?", "relevant": []}'
    (tmp_path / "own.jsonl").write_text(f"{line}\r\n\r\n{other}\n", encoding="utf-8-sig", newline="")
    code, out, err = run("eval", tmp_path / "own.jsonl", "--json")
    assert (code, err) == (0, "")
    first, second = json.loads(out)["questions"]
    assert (first["id"], first["rank"], first["quoted"], first["labelled"]) == ("b1", 1, True, True)
    assert (second["id"], second["refused"]) == ("b2", True)


def test_eval_of_nothing_is_3(run, batch):
    assert run("eval", batch())[0] == 3
    assert run("eval", "none.jsonl")[0] == 1


# An answer as a file


@pytest.mark.parametrize(
    ("name", "begins"), [("svar.docx", b"PK"), ("svar.md", b"# Hvad blev besluttet"), ("svar.csv", b"\xef\xbb\xbfDel;")]
)
def test_an_answer_is_saved_in_the_form_its_name_ends_in(run, tmp_path, name, begins):
    assert run("ask", "Hvad blev besluttet om cykelstien?", "-o", tmp_path / name) == (0, "", "")
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_an_answer_that_cannot_be_saved_is_1_and_a_form_unknown_is_2(run, tmp_path):
    code, _, err = run("ask", "cykelstien", "--output", tmp_path / "nowhere" / "svar.md")
    assert code == 1
    assert "cannot be written" in err
    assert run("ask", "cykelstien", "--output", tmp_path / "svar.pdf")[0] == 2


# The command itself


def test_the_archive_may_be_named_before_or_after_the_command(path, capsys):
    for arguments in (["--archive", path, "ask", "hundeskov"], ["ask", "hundeskov", "--archive", path]):
        assert cli.main([*map(str, arguments), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["coverage"]["meetings"] == 5


def test_the_help_names_every_option_of_the_contract(run):
    _, out, _ = run("ask", "--help")
    contract = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    options = re.findall(r"--\w+", contract.split("## `python -m qa ask")[1].split("```")[0])
    assert options
    assert all(option in out for option in [*options, "--batch", "--json", "--archive"])


def test_stdout_is_utf_8_wherever_it_goes(path):
    question = "Hvad blev besluttet om Åparken?".encode() + b" \xff"  # a terminal may send anything
    run = subprocess.run(
        [sys.executable, "-m", "qa", "ask", question, "--archive", str(path), "--json"],
        cwd=ROOT,
        capture_output=True,
        env={"PATH": "", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert json.loads(run.stdout.decode("utf-8"))["claims"][0]["text"] == "Indstillingen er tiltrådt."


def test_reading_only_the_first_lines_is_no_fault(path):
    ask = f'"{sys.executable}" -m qa ask "Hvad besluttede Teknisk Udvalg?" --archive "{path}" | head -c 10'
    run = subprocess.run(ask, shell=True, cwd=ROOT, capture_output=True, check=False)
    assert run.stderr == b""


def test_asking_leaves_the_archive_as_it_was(run, path):
    with Archive.open(path) as archive:
        before = archive.dump()
    run("ask", "Hvad blev besluttet om cykelstien?")
    with Archive.open(path) as archive:
        assert archive.dump() == before
