"""`python -m qa`: ask the archive, and measure how well it answers.

Exit codes: 0 fine, 1 something failed (said on stderr), 2 wrong usage, 3 nothing found. With `--json`, stdout holds
UTF-8 JSON and nothing else. Imports stand inside the functions, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.cli import FAILED, FINE, NOT_FOUND, run

if TYPE_CHECKING:
    from ingest.holdings import Selection
    from qa.assistant import Assistant
    from qa.model import Answer

_ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = _ROOT / "data" / "questions.jsonl"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Wrong usage raises `SystemExit(2)`."""
    return run(_parser(), arguments, complain=_complain, stopped="stopped")


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def ask(options: argparse.Namespace) -> int:
    """Answer one question, or a file of them."""
    if (options.question is None) == (options.batch is None):
        _parser().error("give a QUESTION, or --batch FILE")
    if options.question is not None and not options.question.strip():
        _parser().error("the QUESTION is empty")
    if not all(name.strip() for name in options.committee):
        _parser().error("a --committee is empty")
    if options.since and options.until and options.since > options.until:
        _parser().error(f"--since {options.since} is after --until {options.until}")
    with _assistant(options) as assistant:
        if options.batch is not None:
            return _ask_all(assistant, options)
        answer = _ask(assistant, options, options.question, options.history, options.today)
    _write(options, answer, id=None)
    return FINE if answer.claims or answer.attendance else NOT_FOUND


def _ask_all(assistant: Assistant, options: argparse.Namespace) -> int:
    """One answer a line for one question a line; a line that is no question is reported, and the rest goes on."""
    code = FINE
    for number, line in enumerate(_lines(options.batch), start=1):
        try:
            id, question, history, today = _row(line)
        except ValueError as fault:
            _complain(f"{options.batch}, line {number}: not a question: {fault}")
            code = FAILED
            continue
        answer = _ask(assistant, options, question, history or options.history, today or options.today)
        _write(options, answer, id=number if id is None else id)
    return code


def _row(line: str) -> tuple[object, str, list[str], date | None]:
    """Id (as it stands), question, history and day in a line of a batch. Raises `ValueError`, which says what to do,
    for others."""
    from qa.evaluate import parsed

    row = parsed(line)
    history = row.get("history") or []
    if not isinstance(history, list) or not all(isinstance(each, str) for each in history):
        raise ValueError("its “history” must be a list of questions")
    try:
        today = date.fromisoformat(row["today"]) if row.get("today") else None
    except (ValueError, TypeError):
        raise ValueError(f"its “today”, {row['today']!r}, must be a day like 2026-04-28") from None
    return row.get("id"), row["question"], history, today


def evaluate(options: argparse.Namespace) -> int:
    """Ask questions whose answers are known, and print how many came out right."""
    from qa import evaluate as measuring

    with _assistant(options) as assistant:
        results = measuring.run(assistant, measuring.read(Path(options.file)))
    rows = measuring.score(results)
    if options.json:
        print(json.dumps(measuring.shape(rows, results), ensure_ascii=False))
    else:
        print(measuring.markdown(rows), end="")
        for miss in measuring.misses(results):
            print(miss)
    return FINE if results else NOT_FOUND


# ── their parts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _assistant(options: argparse.Namespace) -> Assistant:
    from ingest.archive import DEFAULT_PATH
    from qa.assistant import Assistant

    return Assistant.open(options.archive or DEFAULT_PATH, model=options.model, rerank=options.rerank)


def _ask(
    assistant: Assistant, options: argparse.Namespace, question: str, history: Sequence[str], today: date | None
) -> Answer:
    from qa.model import Language

    return assistant.ask(
        question,
        history=history,
        selection=_selection(assistant, options),
        today=today or date.today(),
        language=Language(options.language) if options.language else None,
        limit=options.limit,
    )


def _selection(assistant: Assistant, options: argparse.Namespace) -> Selection:
    """The filters given as options. A committee may be given by any part of its name; one that fits no loaded
    committee is kept as it is, so that nothing is found rather than everything."""
    from ingest.holdings import Selection

    held = assistant.coverage().committees
    named = tuple(
        name
        for wanted in options.committee
        for name in ([each for each in held if wanted.casefold() in each.casefold()] or [wanted])
    )
    return Selection(committees=named, since=options.since, until=options.until)


def _lines(file: str) -> Iterator[str]:
    from ingest.errors import Unreadable

    try:
        content = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise Unreadable(f"{file}: cannot be read ({fault})") from fault
    return (line for line in content.split("\n") if line.strip())  # JSON strings may hold other line ends


def _write(options: argparse.Namespace, answer: Answer, *, id: object) -> None:
    if options.json:
        from qa import shapes

        print(json.dumps(shapes.answer(answer, id=id), ensure_ascii=False))
        return
    from qa import spoken

    if id is not None:
        print(f"── {id}: {answer.question.text}")
    for line in spoken.lines(answer):
        print(line)


def _complain(message: str) -> None:
    print(f"qa: {message}", file=sys.stderr)


# ── usage ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa", description="Ask what the loaded minutes say.")
    parser.add_argument("--archive", metavar="FILE", help="the archive (default: data/archive.db)")
    commands = parser.add_subparsers(required=True)

    asking = commands.add_parser("ask", help="answer a question with quotes from the minutes", description=ask.__doc__)
    asking.add_argument("question", nargs="?", metavar="QUESTION", help="in Danish or English")
    asking.add_argument(
        "--history", action="append", default=[], metavar="Q", help="an earlier question; repeat, oldest first"
    )
    asking.add_argument(
        "--today", type=_day, metavar="YYYY-MM-DD", help="the day “last year” counts from (default: today)"
    )
    asking.add_argument(
        "--committee", action="append", default=[], metavar="NAME", help="only this committee; may be repeated"
    )
    asking.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="only meetings from this day on")
    asking.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="only meetings up to this day")
    asking.add_argument("--language", choices=("da", "en"), help="answer in this language (default: the question's)")
    asking.add_argument("--limit", type=_count, metavar="N", help="how many items to list (default: 8, or a meeting)")
    asking.add_argument("--batch", metavar="FILE", help="a JSON Lines file of questions; - for standard input")
    _add_common(asking, ask)

    measuring = commands.add_parser(
        "eval", help="measure against questions with known answers", description=evaluate.__doc__
    )
    measuring.add_argument(
        "file", nargs="?", default=str(QUESTIONS), metavar="FILE", help="JSON Lines (default: data/questions.jsonl)"
    )
    _add_common(measuring, evaluate)
    return parser


def _add_common(parser: argparse.ArgumentParser, command: Callable[[argparse.Namespace], int]) -> None:
    # After the command too; SUPPRESS, so that its default does not undo what stood before the command.
    parser.add_argument("--archive", metavar="FILE", default=argparse.SUPPRESS, help="the same, after the command")
    parser.add_argument("--model", metavar="NAME", help="the sentence-transformer that made the archive's vectors")
    parser.add_argument("--rerank", metavar="NAME", help="a cross-encoder that orders the first items anew")
    parser.add_argument("--json", action="store_true", help="write JSON on standard output")
    parser.set_defaults(command=command)


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a day like 2026-04-28") from None


def _count(value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number above 0")
    return int(value)


if __name__ == "__main__":
    sys.exit(main())
