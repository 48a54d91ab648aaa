"""`python -m qa`: ask the archive, sum up what committees decided and what waits, and measure how well it answers.

Exit codes: 0 fine, 1 something failed (said on stderr), 2 wrong usage, 3 nothing found. With `--json`, stdout holds
UTF-8 JSON and nothing else. Imports stand inside the functions, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.cli import FAILED, FINE, NOT_FOUND, run

if TYPE_CHECKING:
    from ingest.holdings import Selection
    from qa.assistant import Assistant
    from qa.composer import Endpoint
    from qa.model import Answer, Language

_ROOT = Path(__file__).resolve().parent.parent
_FORMS = (".docx", ".md", ".csv")  # what an answer can be saved as
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
    _require_period(options)
    if options.output is not None and (options.batch is not None or options.output.suffix not in _FORMS):
        _parser().error(f"--output takes one question, and a FILE that ends in {', '.join(_FORMS)}")
    with _assistant(options, compose=_endpoint(options)) as assistant:
        if options.batch is not None:
            return _ask_all(assistant, options)
        answer = _ask(assistant, options, options.question, options.history, options.today)
        selection = _selection(assistant, options)
    if options.output is not None:
        return _save(options.output, answer, selection)
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


def digest(options: argparse.Namespace) -> int:
    """What a committee decided, case by case, and what waits: each line with its place in the minutes."""
    _require_period(options)
    with _open(options) as assistant:
        made = assistant.digest(options.committee, options.municipality, options.since, options.until)
        missing = "" if made else _why_nothing(assistant, options)
    if options.json:
        from qa import shapes

        print(json.dumps({"digests": [shapes.digest(each) for each in made]}, ensure_ascii=False))
    else:
        from qa import digest_text

        for number, each in enumerate(made):
            print(*([""] if number else []), *digest_text.digest(each, _language(options)), sep="\n")
    if missing:
        _complain(missing)
    return FINE if made else NOT_FOUND


def pending(options: argparse.Namespace) -> int:
    """What still waits, for what, since when and at whose hands."""
    _require_period(options)
    with _open(options) as assistant:
        found = assistant.pending(options.committee, options.municipality, options.since, options.until)
        missing = "" if found else _why_nothing(assistant, options)
    if options.json:
        from qa import shapes

        print(json.dumps({"pending": [shapes.pending(each) for each in found]}, ensure_ascii=False))
    elif found:
        from qa import digest_text

        print(*digest_text.pending(found, _language(options)), sep="\n")
    if missing:
        _complain(missing)
    return FINE if found else NOT_FOUND


def evaluate(options: argparse.Namespace) -> int:
    """Ask questions whose answers are known, and print how many came out right."""
    from qa import evaluate as measuring
    from qa import scorecard, tables

    if options.without_meaning and options.model:
        _parser().error("--without-meaning leaves out the --model")
    with _by_words(options) if options.without_meaning else _assistant(options) as assistant:
        card = scorecard.score(measuring.run(assistant, measuring.read(Path(options.file))))
    if options.json:
        from qa import shapes

        print(json.dumps(shapes.scorecard(card), ensure_ascii=False))
    else:
        print(tables.whole(card), end="")
        for miss in scorecard.misses(card.results):
            print(miss)
    return FINE if card.results else NOT_FOUND


# ── their parts ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _assistant(options: argparse.Namespace, *, compose: Endpoint | None = None) -> Assistant:
    from ingest.archive import DEFAULT_PATH
    from qa.assistant import Assistant

    return Assistant.open(options.archive or DEFAULT_PATH, model=options.model, rerank=options.rerank, compose=compose)


def _endpoint(options: argparse.Namespace) -> Endpoint | None:
    """The language model that is to word answers, by option or environment; None when neither names one. The key is
    taken from the environment alone: what stands on a command line is seen by everybody on the machine."""
    address = os.environ.get("PUNKTSVAR_COMPOSE_URL", "") if options.compose is None else options.compose
    if not address.strip():
        return None
    from qa.composer import SECONDS, Endpoint

    model = os.environ.get("PUNKTSVAR_COMPOSE_MODEL", "") if options.compose_model is None else options.compose_model
    key = os.environ.get("PUNKTSVAR_COMPOSE_KEY", "").strip()
    seconds = SECONDS if options.compose_seconds is None else options.compose_seconds
    try:
        return Endpoint(address.strip(), model.strip(), key, seconds)
    except ValueError as fault:
        _parser().error(str(fault))


def _open(options: argparse.Namespace) -> Assistant:
    """The assistant for what asks for no search, and so for no model."""
    from ingest.archive import DEFAULT_PATH, Archive
    from qa.assistant import Assistant

    return Assistant(Archive.open(options.archive or DEFAULT_PATH), None)


def _require_period(options: argparse.Namespace) -> None:
    if options.since and options.until and options.since > options.until:
        _parser().error(f"--since {options.since} is after --until {options.until}")


def _language(options: argparse.Namespace) -> Language:
    from qa.model import Language

    return Language(options.language)


def _why_nothing(assistant: Assistant, options: argparse.Namespace) -> str:
    """Why there is no digest, or nothing that waits: no such committee, no meeting in the period, or nothing at all."""
    from qa import digest_text, texts

    language = _language(options)
    say = texts.headings(language)
    loaded = digest_text.names(assistant.bodies())
    if not loaded:
        return texts.of(language).nothing_loaded
    chosen = assistant.bodies(options.committee, options.municipality)
    if not chosen:
        wanted = ", ".join(part for part in (options.committee, options.municipality) if part)
        return say.unknown_committee.format(name=wanted, loaded=loaded)
    there = {(each.municipality, each.committee) for each in chosen}
    days = [each.date for each in assistant.meetings() if (each.municipality, each.committee) in there]
    is_in = [day for day in days if (options.since or day) <= day <= (options.until or day)]
    if is_in:
        return say.nothing_pending
    period = texts.period(min(days), max(days), language)
    return say.no_meetings.format(body=digest_text.names(chosen), loaded=period)


def _by_words(options: argparse.Namespace) -> Assistant:
    from ingest.archive import DEFAULT_PATH, Archive
    from qa.assistant import Assistant
    from qa.rerank import Reranker

    reranker = Reranker(options.rerank) if options.rerank else None
    return Assistant(Archive.open(options.archive or DEFAULT_PATH), None, reranker)


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


def _save(file: Path, answer: Answer, selection: Selection) -> int:
    """The answer as a file, in the form its name ends in."""
    from datetime import datetime

    from qa.export import Handed, markdown

    handed = Handed(answer, selection, datetime.now())
    if file.suffix == ".docx":
        from qa.export_word import word as written
    elif file.suffix == ".csv":
        from qa.export_table import table as written
    else:

        def written(handed: Handed) -> bytes:
            return markdown(handed).encode("utf-8", "replace")  # an argument may hold halves of characters

    try:
        file.write_bytes(written(handed))
    except OSError as fault:
        _complain(f"{file}: cannot be written ({fault.strerror})")
        return FAILED
    return FINE if answer.claims or answer.attendance else NOT_FOUND


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
        "--committee",
        action="append",
        default=[],
        type=_name,
        metavar="NAME",
        help="only this committee; may be repeated",
    )
    asking.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="only meetings from this day on")
    asking.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="only meetings up to this day")
    asking.add_argument("--language", choices=("da", "en"), help="answer in this language (default: the question's)")
    asking.add_argument("--limit", type=_count, metavar="N", help="how many items to list (default: 8, or a meeting)")
    asking.add_argument(
        "--compose",
        metavar="URL",
        help="let a language model word the answer: the address of OpenAI's chat completions",
    )
    asking.add_argument("--compose-model", metavar="NAME", help="what the model is called there")
    asking.add_argument(
        "--compose-seconds", type=_seconds, metavar="N", help="how long it may take in all (default: 20)"
    )
    asking.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="save the answer as Word (.docx), Markdown (.md) or CSV (.csv)",
    )
    asking.add_argument("--batch", metavar="FILE", help="a JSON Lines file of questions; - for standard input")
    _add_common(asking, ask)

    telling = commands.add_parser("digest", help="what a committee decided, case by case", description=digest.__doc__)
    telling.add_argument("committee", type=_name, metavar="COMMITTEE", help="its name, or a part of it")
    _add_narrowing(telling, digest)
    waiting = commands.add_parser("pending", help="what still waits, and for what", description=pending.__doc__)
    waiting.add_argument(
        "committee", nargs="?", type=_name, metavar="COMMITTEE", help="its name, or a part of it (default: all)"
    )
    _add_narrowing(waiting, pending)

    measuring = commands.add_parser(
        "eval", help="measure against questions with known answers", description=evaluate.__doc__
    )
    measuring.add_argument(
        "file", nargs="?", default=str(QUESTIONS), metavar="FILE", help="JSON Lines (default: data/questions.jsonl)"
    )
    measuring.add_argument(
        "--without-meaning", action="store_true", help="search by words alone, to see what the language model is worth"
    )
    _add_common(measuring, evaluate)
    return parser


def _add_narrowing(parser: argparse.ArgumentParser, command: Callable[[argparse.Namespace], int]) -> None:
    parser.add_argument("--municipality", type=_name, metavar="NAME", help="only bodies of this municipality")
    parser.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="only meetings from this day on")
    parser.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="only meetings up to this day")
    parser.add_argument("--language", choices=("da", "en"), default="da", help="of the headings (default: da)")
    _add_output(parser, command)


def _add_common(parser: argparse.ArgumentParser, command: Callable[[argparse.Namespace], int]) -> None:
    parser.add_argument("--model", metavar="NAME", help="the sentence-transformer that made the archive's vectors")
    parser.add_argument("--rerank", metavar="NAME", help="a cross-encoder that orders the first items anew")
    _add_output(parser, command)


def _add_output(parser: argparse.ArgumentParser, command: Callable[[argparse.Namespace], int]) -> None:
    # After the command too; SUPPRESS, so that its default does not undo what stood before the command.
    parser.add_argument("--archive", metavar="FILE", default=argparse.SUPPRESS, help="the same, after the command")
    parser.add_argument("--json", action="store_true", help="write JSON on standard output")
    parser.set_defaults(command=command)


def _name(value: str) -> str:
    """The name of a body: said again where it fits none, also in a file, so without civil registration numbers."""
    from ingest.privacy import mask_cpr

    return mask_cpr(value)


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a day like 2026-04-28") from None


def _seconds(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number of seconds") from None


def _count(value: str) -> int:
    if not value.isdigit() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number above 0")
    return int(value)


if __name__ == "__main__":
    sys.exit(main())
