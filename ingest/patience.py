"""How a site is asked: one request at a time and not too fast; again after a while when it is busy; not for ever.

All time passes through a `Timing`, so that a test can let an hour pass in a moment.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ingest.errors import SyncFailed


@dataclass(frozen=True, slots=True)
class Manners:
    """How hard a site may be leant on, and for how long. Times are in seconds, sizes in bytes."""

    per_second: float = 2.0
    tries: int = 5
    first_pause: float = 1.0  # doubles from one try to the next, up to `longest_pause`
    longest_pause: float = 60.0
    longest_wait: float = 300.0  # a site that asks us to stay away for longer is left alone
    connect_timeout: float = 10.0
    read_timeout: float = 30.0  # for the next piece of an answer
    total_timeout: float = 300.0  # for the whole of an answer
    size_limit: int = 200_000_000
    contact: str = ""  # an address or page, told to the site


@dataclass(frozen=True, slots=True)
class Timing:
    """The clocks, the waiting and the dice: `clock` only ever goes forward, `now` is the time of day in seconds since
    1970, `chance` gives numbers from 0 up to 1."""

    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random


class Busy(Exception):
    """The site may well answer when asked again."""


class Turnstile:
    """Lets one request through at a time, no more of them a second than the manners allow, and none before the moment
    the site itself has named."""

    def __init__(self, manners: Manners, timing: Timing) -> None:
        self._manners = manners
        self._timing = timing
        self._opens = timing.clock()

    def wait(self, site: str) -> None:
        """Come back when the next request may go out. Raises `SyncFailed` at once when that is too far off."""
        wait = self._opens - self._timing.clock()
        if wait > self._manners.longest_wait:
            raise SyncFailed(f"{site}: asks to be left alone for {wait:.0f} seconds; run the same command again then")
        if wait > 0:
            self._timing.sleep(wait)
        self._opens = max(self._opens, self._timing.clock()) + 1 / self._manners.per_second

    def close_for(self, seconds: float) -> None:
        """Let nothing through for so long."""
        self._opens = max(self._opens, self._timing.clock() + seconds)


def pause(attempt: int, manners: Manners, timing: Timing) -> float:
    """Seconds until the try after the n-th: twice as long each time, give or take a half, so that many who were turned
    away at one moment do not all come back at one moment."""
    steady = min(manners.longest_pause, manners.first_pause * 2.0 ** (attempt - 1))
    return steady * (0.5 + timing.chance())


def asked_wait(retry_after: str | None, now: float) -> float:
    """The seconds a `Retry-After` names, as a number or as an HTTP date (RFC 9110, 10.2.3); 0 when it names none."""
    value = (retry_after or "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        return max(0.0, _in_utc(parsedate_to_datetime(value)).timestamp() - now)
    except (ValueError, OverflowError):  # the latter for figures that fit no clock
        return 0.0


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # "-0000" is read as no zone at all
