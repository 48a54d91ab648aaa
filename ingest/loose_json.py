"""JSON whose writer we do not know: keys in either case, fields missing, values of another kind than last year.

`fields` opens a record, and the functions after it take one value out of it under any of its names, or say that it is
not there.
"""

from __future__ import annotations

import json
from typing import Any

NO_ID = "00000000-0000-0000-0000-000000000000"  # what the site writes where it has no id

Fields = dict[str, Any]

# How a truth value is written, where it is no such value; in small letters.
CLAIMS = {
    **dict.fromkeys(("true", "1", "ja", "yes", "j", "y", "sand"), True),
    **dict.fromkeys(("false", "0", "nej", "no", "n", "falsk"), False),
}


def load(content: bytes) -> Any:
    """The value in it. Raises `ValueError` when it is not whole JSON in UTF-8."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except RecursionError as fault:
        raise ValueError("nested too deep") from fault


def fields(value: Any) -> Fields:
    """A record's values by key in small letters; none for what is no record. Of two spellings, one that is filled."""
    found: Fields = {}
    for key, each in value.items() if isinstance(value, dict) else ():
        if found.get(key.lower()) is None:
            found[key.lower()] = each
    return found


def value(record: Fields, names: tuple[str, ...]) -> Any:
    """What stands under the first of the names that is filled; None when none is."""
    return next((record[name] for name in names if record.get(name) is not None), None)


def text(record: Fields, *names: str) -> str:
    """A text or number, blanks tidied; "" when there is none."""
    found = value(record, names)
    return " ".join(str(found).split()) if isinstance(found, str | int) and not isinstance(found, bool) else ""


def identity(record: Fields, *names: str) -> str:
    """An id; "" when there is none, or only zeros for one."""
    found = text(record, *names)
    return "" if found == NO_ID else found


def truth(record: Fields, *names: str) -> bool | None:
    """Whether it is so, said as a truth value or in one of the words for it; None when nothing is said."""
    return CLAIMS.get(str(value(record, names)).strip().lower())


def records(record: Fields, *names: str) -> tuple[Fields, ...]:
    """The first list with anything in it, its records opened; empty when there is none."""
    lists = (record[name] for name in names if isinstance(record.get(name), list) and record[name])
    return tuple(fields(each) for each in next(lists, []))
