"""A newcomer at the app: does only what is in sight, and what that costs is counted and priced.

The price is a keystroke-level model (Card, Moran & Newell 1980, “The keystroke-level model for user performance time
with interactive systems”, CACM 23(7), 396-410) with the typist of 40 words a minute. That model is of people who know
their way, so two things are added for those who do not: everything among which they must choose is read first, from the
top to what they choose, at 250 words a minute, and before every step they think once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from tests.browser.reader import Reader

KEY, POINT, HAND, THINK = 0.28, 1.1, 0.4, 1.35  # seconds: K (a click too), P (a turn of the wheel too), H, M
WORD = 60 / 250  # seconds to read one
_WHEEL = 600  # pixels a turn
_MOST_TURNS = 20


@dataclass(frozen=True, slots=True)
class Effort:
    """What was done: how often, and the seconds the machine took for its part."""

    clicks: int = 0
    keys: int = 0
    turns: int = 0
    words: int = 0
    thoughts: int = 0
    moves: int = 0
    machine: float = 0.0

    def __add__(self, other: Effort) -> Effort:
        names = ("clicks", "keys", "turns", "words", "thoughts", "moves", "machine")
        return Effort(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def seconds(self) -> float:
        """What it takes a newcomer, the machine's part included."""
        hands = KEY * (self.keys + self.clicks) + POINT * (self.clicks + self.turns) + HAND * self.moves
        return hands + THINK * self.thoughts + WORD * self.words + self.machine


class Newcomer:
    """Someone at a window, from the moment it shows something. `done` tells the steps in words."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.page = reader, reader.page
        self.effort = Effort()
        self.done: list[str] = []
        self._is_typing = False

    def begin(self) -> None:
        """Count from here on."""
        self.effort, self.done, self._is_typing = Effort(), [], False

    def ask(self, question: str) -> None:
        """Read the heading and what the field says, type into it, since it has the cursor, and press Enter."""
        assert self.reader.held == "TEXTAREA", "a newcomer would have to find the field first"
        field = self.page.locator("[data-testid=stChatInputTextArea]")
        words = _count(field.get_attribute("placeholder")) + sum(map(_count, map(_text, self.page.locator("h1").all())))
        self._spend(thoughts=1, words=words, keys=len(question) + 1)
        self._hand(is_typing=True)
        self._spend(machine=self.reader.type(question))
        self._wait(self.reader.settle)
        self.done.append(f"type “{question}”")

    def click(self, name: str, among: str, until: Callable[[], object] | None = None) -> None:
        """Read what fits the selector `among`, one after the other, until one says `name`, and click on that.

        `until` waits for what comes of it: unless given, for a new view."""
        self._wait(self.page.locator(among).filter(has_text=name).first.wait_for)
        for each in self.page.locator(among).all():
            if not each.is_visible():
                continue
            text = _text(each)
            self._spend(words=_count(text))
            if name in text:
                self._bring(each)
                self._hand(is_typing=False)
                self._spend(thoughts=1, clicks=1)
                self._wait(partial(self._press, each, until))
                self.done.append(f"click “{name}”")
                return
        raise AssertionError(f"nothing in sight says {name!r}")

    def choose_file(self, path: Path, name: str, among: str) -> None:
        """Click on the button that asks for a file and choose one in the system's window: a click more to find it, one
        to take it."""
        with self.page.expect_file_chooser() as asked:
            self.click(name, among, until=lambda: None)
        asked.value.set_files(path)
        self._spend(thoughts=1, clicks=2, words=5)
        self.done.append("choose the file")

    def read(self, selector: str, *, saying: str = "") -> None:
        """Read all that fits the selector, and think; it must hold the words `saying`."""
        found = [each for each in self.page.locator(selector).all() if each.is_visible()]
        text = "\n".join(map(_text, found))
        assert found, f"{selector} is not there"
        assert saying in text, f"{saying!r} is not in sight: {text!r}"
        self._spend(words=_count(text), thoughts=1)
        self._bring(found[-1])

    def _bring(self, target: Any) -> None:
        """Turn the wheel until the end of something is in sight."""
        height = self.page.viewport_size["height"]
        for _ in range(_MOST_TURNS):
            box = target.bounding_box()
            end = box["y"] + box["height"]
            if 0 < end <= height:
                return
            self.page.mouse.move(640, height / 2)
            self.page.mouse.wheel(0, _WHEEL if end > height else -_WHEEL)
            self.page.wait_for_timeout(200)
            self._hand(is_typing=False)
            self._spend(turns=1)
        raise AssertionError("it cannot be brought in sight")

    def _press(self, target: Any, until: Callable[[], object] | None) -> None:
        before = self.page.url
        target.click()
        if until:
            until()
            return
        self.page.wait_for_function("(before) => location.href !== before", arg=before)
        self.reader.settle()

    def _wait(self, wait: Callable[[], object]) -> None:
        begun = time.perf_counter()
        wait()
        self._spend(machine=time.perf_counter() - begun)

    def _hand(self, *, is_typing: bool) -> None:
        if is_typing != self._is_typing:
            self._is_typing = is_typing
            self._spend(moves=1)

    def _spend(self, **spent: float) -> None:
        self.effort += replace(Effort(), **spent)  # type: ignore[arg-type]


def _text(element: Any) -> str:
    return str(element.inner_text()).replace("\N{NO-BREAK SPACE}", " ")


def _count(text: str | None) -> int:
    return sum(any(map(str.isalnum, each)) for each in (text or "").split())
