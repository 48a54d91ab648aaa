"""The app under load, over 10,000 items of recombined minutes: an answer on the screen, many who ask at once, memory.

python -m tests.benchmarks.app [--items N] [--folder FOLDER]

Each figure stands beside a baseline of the same run: a Streamlit page that only says the question back (`echo`), which
is what the framework, the browser and the machine take; and the same questions one after the other. The answer on the
screen needs playwright and Chromium, memory needs Linux; where they are missing, that table is left out.
"""

from __future__ import annotations

import argparse
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from ingest import encoders
from ingest.archive import Archive
from qa.assistant import Assistant
from tests.benchmarks import volume
from tests.benchmarks.sessions import Session, Waited, at_once
from tests.browser import chromium
from tests.served import Server, served

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 26)
ECHO = "tests/benchmarks/echo.py"
ON_SCREEN_MS, AT_ONCE_MS = 300, 1000  # promised: from Enter to the answer; 20 people, p95
PEOPLE, ROUNDS = 20, 5
ON_SCREEN = 40  # questions typed
QUESTIONS, LOOKS = 1000, 5  # asked for memory, and how often it is looked at


def main() -> None:
    """Build the archive if it is not there, measure, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=ROOT / ".bench" / "app")
    given = parser.parse_args()
    path = built(given.folder, given.items)
    in_process(path)
    with served(path) as app, served(path, ECHO) as echo:
        on_screen(app, echo)
        sessions(app, echo)
        memory(app, echo)


def built(folder: Path, items: int) -> Path:
    """An archive with at least this many items; kept for the next time."""
    path, unfinished = folder / f"{items}.db", folder / f"{items}.unfinished"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    unfinished.unlink(missing_ok=True)
    encoder, held = encoders.load(None), 0
    with Archive.open(unfinished, create=True) as archive:
        for number, minutes in enumerate(volume.meetings()):
            volume.put(archive, minutes, encoder, source=f"volume/{number:06}.txt")
            held += len(minutes.items)
            if held >= items:
                break
        archive.compact()
    unfinished.rename(path)
    return path


def in_process(path: Path) -> None:
    """Threads that ask one assistant, with no app around it."""
    with Assistant.open(path) as assistant:
        ask = partial(assistant.ask, today=TODAY)
        for question in volume.questions(30, seed=3):
            ask(question)
        alone = _each(ask, volume.questions(100, seed=4))
        together = [
            taken for number in range(ROUNDS) for taken in _threads(ask, volume.questions(PEOPLE, seed=100 + number))
        ]
    print(f"\n| one assistant, {path.stem} items | p50 ms | p95 ms |\n|---|---|---|")
    _row("one person, a question never asked before", alone)
    _row(f"{PEOPLE} people at once", together)


def _each(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    taken = []
    for question in questions:
        begun = time.perf_counter()
        ask(question)
        taken.append(time.perf_counter() - begun)
    return taken


def _threads(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    taken = [0.0] * len(questions)
    start = threading.Barrier(len(questions))

    def one(place: int) -> None:
        start.wait()
        begun = time.perf_counter()
        ask(questions[place])
        taken[place] = time.perf_counter() - begun

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(questions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def on_screen(app: Server, echo: Server) -> None:
    """From Enter until the answer is painted, in a browser."""
    missing = chromium.missing()
    if missing:
        print(f"\nThe answer on the screen was not measured: {missing}.")
        return
    asked = volume.questions(ON_SCREEN, seed=5)
    with chromium.launched() as browser:
        taken = {}
        for name, server in (("the app", app), ("Streamlit alone", echo)):
            taken[name] = chromium.painted(browser, server.home, asked)
    print("\n| from Enter to the answer on the screen | p50 ms | p95 ms | within the promise |\n|---|---|---|---|")
    for name, times in taken.items():
        within = sum(1000 * each <= ON_SCREEN_MS for each in times)
        _row(name, times, f"{within} of {len(times)} within {ON_SCREEN_MS} ms")


def sessions(app: Server, echo: Server) -> None:
    """People who ask in the same moment, each in a session of their own."""
    print("\n| sessions of the app, until the answer is sent | p50 ms | p95 ms | |\n|---|---|---|---|")
    for name, server in (("the app", app), ("Streamlit alone", echo)):
        people = [Session(server.home) for _ in range(PEOPLE)]
        questions = volume.questions(PEOPLE * (ROUNDS + 1), seed=6)
        alone = [person.ask(question) for person, question in zip(people, questions, strict=False)]
        together: list[Waited] = []
        for number in range(1, ROUNDS + 1):
            together += at_once(people, questions[PEOPLE * number : PEOPLE * (number + 1)])
        for person in people:
            person.close()
        _row(f"{name}: one after the other", [each.answer for each in alone])
        late = sum(1000 * each.answer > AT_ONCE_MS for each in together)
        _row(f"{name}: {PEOPLE} at once", [each.answer for each in together], f"{late} later than {AT_ONCE_MS} ms")
        _row(f"{name}: {PEOPLE} at once, the whole page", [each.page for each in together])


def memory(app: Server, echo: Server) -> None:
    """What the servers hold while a thousand questions are asked by people who stay."""
    if not Path("/proc/self/statm").exists():
        return
    every = QUESTIONS // LOOKS
    print(
        "\n| questions asked | app, MB | its open files | Streamlit alone, MB | its open files |\n|---|---|---|---|---|"
    )
    questions = volume.questions(QUESTIONS, seed=7)
    people = [(Session(app.home), Session(echo.home)) for _ in range(PEOPLE)]
    for number in range(LOOKS + 1):
        held = [(server.resident(), server.open_files()) for server in (app, echo)]
        print(f"| {number * every:,} | {' | '.join(f'{size:,.0f} | {files}' for size, files in held)} |", flush=True)
        for place, question in enumerate(questions[number * every : (number + 1) * every]):
            for person in people[place % PEOPLE]:
                person.ask(question)
    for pair in people:
        for person in pair:
            person.close()


def _row(name: str, taken: Sequence[float], note: str = "") -> None:
    milliseconds = [1000 * each for each in taken]
    high = statistics.quantiles(milliseconds, n=20, method="inclusive")[-1]
    print(f"| {name} | {statistics.median(milliseconds):.0f} | {high:.0f} | {note} |", flush=True)


if __name__ == "__main__":
    main()
