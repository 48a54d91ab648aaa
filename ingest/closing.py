"""The items of a meeting's earlier version and of its current one → those of the earlier that may be closed now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.model import AgendaItem

_LABEL = re.compile(r"^\W*lukke(t|de)\b[^:–]*[:–]|\blukke(t|de)\b", re.IGNORECASE)


def closed_since(before: Sequence[AgendaItem], now: Sequence[AgendaItem]) -> frozenset[str]:
    """The keys of the items that stood open `before` and may be closed `now`.

    Those that share number, case or title with a closed one. Fails closed: closed items are numbered anew, and often
    called nothing but "Lukket punkt"; where one is known again neither by case nor by title, every item goes that is
    not known again as an open one.
    """
    closed, still_open = [item for item in now if item.is_closed], [item for item in now if not item.is_closed]
    shared = {mark for item in closed for mark in _marks(item)}
    numbers, given = {item.number for item in closed}, {mark for item in before for mark in _marks(item)}
    is_certain = all(any(mark in given for mark in _marks(item)) for item in closed)
    known = {mark for item in still_open for mark in _marks(item)}
    times = Counter(mark for item in before for mark in set(_marks(item)))

    def may_be_closed(item: AgendaItem) -> bool:
        if item.number in numbers or any(mark in shared for mark in _marks(item)):
            return True
        # A case that two items shared says of neither that it is the one which is open still.
        return not is_certain and not any(mark in known and times[mark] == 1 for mark in _marks(item))

    return frozenset(item.key for item in before if not item.is_closed and may_be_closed(item))


def _marks(item: AgendaItem) -> tuple[str, ...]:
    """What an item is known by: its title, without the word that closes it, and its case."""
    title = "".join(filter(str.isalnum, _LABEL.sub("", item.title).casefold()))
    return tuple(mark for mark in (title, (item.case_number or "").casefold()) if mark)
