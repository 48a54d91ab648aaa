"""Someone at a browser window: goes to addresses, types, follows links, and notices what should not happen."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

LAPTOP, PHONE, PROJECTOR = (1280, 900), (375, 812), (1920, 1080)
NARROW = (320, 640)
ZOOMED = (320, 256)  # what a window of 1280 × 1024 has left at 400 %
_SIDEWAYS = """() => Math.max(...[document.documentElement, ...document.querySelectorAll('.stMain')]
  .map((each) => each.scrollWidth - each.clientWidth))"""
_COMPLETE = """() => window.punktsvar?.arrived === `./${location.pathname.slice(1)}${location.search}`
  && document.querySelector('[data-test-script-state=notRunning]')
  && [...document.images].every((image) => image.complete)"""
_GO = """(address) => {
  history.pushState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}"""


def profile(browser: Any, *, size: tuple[int, int] = LAPTOP, is_dark: bool = False) -> Any:
    """A browser that remembers nothing, with windows of a size on a light or a dark screen."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=2 if size == PHONE else 1,
        color_scheme="dark" if is_dark else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(20_000)
    return context


class Reader:
    """A window of its own in a browser's profile, and with it a session of its own.

    `complaints` gathers what the browser's console was told, scripts that ran, what was not found, and what was asked
    of other hosts.
    """

    def __init__(self, context: Any, home: str) -> None:
        self.page = context.new_page()
        self.home = home
        self.complaints: list[str] = []
        self.page.on("request", self._note)
        self.page.on("response", self._weigh)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda fault: self.complaints.append(f"script: {fault}"))
        self.page.on("dialog", self._refuse)

    def close(self) -> None:
        """Close the window."""
        self.page.close()

    def _note(self, request: Any) -> None:
        if not request.url.startswith((self.home, self.home.replace("http", "ws"), "data:", "blob:")):
            self.complaints.append(f"fetched from elsewhere: {request.url}")

    def _weigh(self, response: Any) -> None:
        # On a page of the app Streamlit looks for its own addresses below that page first.
        if response.status >= 400 and "/_stcore/" not in response.url:
            self.complaints.append(f"{response.status}: {response.url}")

    def _hear(self, said: Any) -> None:
        if said.type == "error" and not said.text.startswith("Failed to load resource"):  # `_weigh` says which
            self.complaints.append(f"console: {said.text}")

    def _refuse(self, dialog: Any) -> None:
        self.complaints.append(f"a script ran: {dialog.message}")
        dialog.dismiss()

    def open(self, path: str = "", **parameters: str) -> None:
        """Go to an address, loading the page anew, and wait until it is all there."""
        self.page.goto(f"{self.home}{_address(path, parameters)}")
        self.settle()

    def go(self, path: str = "", **parameters: str) -> None:
        """Go to an address inside the session, as a link does."""
        self.page.evaluate(_GO, _address(path, parameters))
        self.settle()

    def settle(self) -> None:
        """Wait until the view at the open address is complete, and its reader where they belong in it."""
        self.page.wait_for_function(_COMPLETE, timeout=30_000)

    def type(self, question: str) -> float:
        """Type into whatever has the cursor and press Enter; the seconds until the answer is there."""
        self.page.keyboard.type(question)
        begun = time.perf_counter()
        self.page.keyboard.press("Enter")
        self.await_answer(question)
        return time.perf_counter() - begun

    def await_answer(self, question: str) -> None:
        """Wait until the answer to a question is shown."""
        self.page.wait_for_selector(f".ps-answer h1:has-text('{question}')")

    def follow(self, selector: str) -> None:
        """Click on the first link that fits, and wait until what it leads to is all there."""
        before = self.page.url
        self.page.locator(selector).first.click()
        self.page.wait_for_function("(before) => location.href !== before", arg=before)
        self.settle()

    def back(self) -> None:
        """Press the browser's Back button."""
        self.page.go_back()
        self.settle()

    def resize(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.wait_for_timeout(150)

    @property
    def sideways(self) -> int:
        """Pixels by which the page can be scrolled sideways; 0 is right."""
        return int(self.page.evaluate(_SIDEWAYS))

    @property
    def held(self) -> str:
        """The element that has the cursor: "TEXTAREA"."""
        return str(self.page.evaluate("document.activeElement.tagName"))


def _address(path: str, parameters: dict[str, str]) -> str:
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"/{path}{query}"
