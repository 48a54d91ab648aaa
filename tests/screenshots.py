"""Picture the app in headless Chromium for README and docs.

    python -m tests.screenshots [FOLDER]

Needs playwright (`pip install -e '.[browser]'`) and Chromium (`apt install chromium`); the app needs neither. What
only a browser can tell of the app is tested in tests/browser.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.browser import chromium, views
from tests.browser.reader import LAPTOP, PHONE, PROJECTOR, Reader, profile
from tests.served import ROOT, served

FOLDER = ROOT / "docs" / "screenshots"
ASKED = {"q": views.QUESTION}


def main(folder: Path) -> None:
    """Everything there is to see, one picture after the other."""
    if reason := chromium.missing():
        sys.exit(reason)
    folder.mkdir(parents=True, exist_ok=True)
    os.chdir(ROOT)  # so that files are named as a reader would name them
    with TemporaryDirectory() as temporary, chromium.launched() as browser:
        sample = views.written(Path(temporary) / "sample.db")
        place = views.place(sample)
        with served(sample) as server:
            for name, size, is_dark, path, parameters in (
                ("start", LAPTOP, False, "", {}),
                ("answer", LAPTOP, False, "", ASKED),
                ("place", LAPTOP, False, "", ASKED | place),
                ("meeting", LAPTOP, False, "moeder", {"moede": views.MEETING}),
                ("meeting-mode", PROJECTOR, False, "moedetilstand", {"moede": views.MEETING, "punkt": views.ITEM}),
                ("pending", LAPTOP, False, "afventer", {}),
                ("case", LAPTOP, False, "sag", {"sag": views.ITEM}),
                ("committee", LAPTOP, False, "udvalg", {"kommune": "Herning", "udvalg": "Beskæftigelsesudvalget"}),
                ("items", LAPTOP, False, "moeder", {"vis": "punkter"}),
                ("documents", LAPTOP, False, "dokumenter", {}),
                ("answer-phone", PHONE, False, "", ASKED),
                ("place-phone", PHONE, False, "", ASKED | place),
                ("answer-projector", PROJECTOR, False, "", ASKED),
                ("answer-dark", LAPTOP, True, "", ASKED),
                ("place-dark", LAPTOP, True, "", ASKED | place),
                ("answer-english", LAPTOP, False, "", {"sprog": "en", "q": "What was decided about Bethaniagade?"}),
                ("not-found", LAPTOP, False, "", {"q": "Hvad blev besluttet om svømmehallen?"}),
            ):
                context = profile(browser, size=size, is_dark=is_dark)
                reader = Reader(context, server.home)
                reader.open(path, **parameters)
                picture(reader.page, folder / f"{name}.png")
                context.close()


def picture(page: Any, path: Path) -> None:
    """Picture the window, once its letters are there."""
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)
    page.screenshot(path=path)
    print(path.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else FOLDER)
