"""One browser and one served archive for all tests here; where there is no browser, all are skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import chromium, views
from tests.browser.reader import Reader, profile
from tests.served import served

Opens = Callable[..., Reader]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if reason := chromium.missing():
        pytest.skip(reason)
    with chromium.launched() as launched:
        yield launched


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return views.written(tmp_path_factory.mktemp("browser") / "sample.db")


@pytest.fixture(scope="session")
def home(browser: Any, sample: Path) -> Iterator[str]:
    with served(sample) as server:
        yield server.home


@pytest.fixture(scope="session")
def known(browser: Any) -> Any:
    """A profile that has loaded the app before, as most have."""
    return profile(browser)


@pytest.fixture
def window(known: Any, home: str) -> Iterator[Opens]:
    """Opens windows, of the profile `known` if no other is given; nothing may be complained about in any of them."""
    readers: list[Reader] = []

    def opens(context: Any = known) -> Reader:
        readers.append(Reader(context, home))
        return readers[-1]

    yield opens
    complaints = [each for reader in readers for each in reader.complaints]
    for reader in readers:
        reader.close()
    assert complaints == []


@pytest.fixture
def reader(window: Opens) -> Reader:
    return window()
