"""A JSON text → records whose fields are read by any of their names, in any case; what is missing or null is empty.

FirstAgenda's own interfaces disagree on names and on case (`Punktnummer`, `Number`, `number`), and leave fields out.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from ingest.errors import Unreadable
from ingest.loose_json import CLAIMS
from ingest.readers import text

_LARGEST = 200_000_000  # characters


def opens(content: bytes) -> bool:
    """True for content that begins as JSON objects and lists do."""
    return content.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1] in (b"{", b"[")


def names(content: bytes, *fields: str) -> bool:
    """True when one of `fields` is named in the content, which is not parsed for it."""
    words = text.decode(content) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else content.decode("utf-8", "replace")
    return bool(re.search(rf'"(?:{"|".join(fields)})"\s*:', words, re.IGNORECASE))


def parse(content: bytes) -> tuple[Record, ...]:
    """The objects of a JSON text: the one it is, or those of the list it is.

    Raises `Unreadable` when it is cut off, damaged, nested too deep, or neither of the two.
    """
    words = text.decode(content)
    if len(words) > _LARGEST:
        raise Unreadable(f"the JSON has {len(words)} characters, more than minutes ever have")
    try:
        value = json.loads(words)
    except json.JSONDecodeError as fault:
        raise Unreadable(f"the JSON is damaged or cut off ({fault}); fetch it anew") from fault
    except (RecursionError, ValueError) as fault:  # nested too deep, or a number of thousands of digits
        raise Unreadable(f"the JSON cannot be read ({fault}); is it what the site answered?") from fault
    return _records(value)


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON object. Methods take the names a field may have, in small letters; the first that is filled counts."""

    _fields: dict[str, Any]

    def words(self, *names: str) -> str:
        """A text or a number, as text without white space around it; "" for anything else."""
        for name in names:
            value = self._fields.get(name)
            if isinstance(value, str) and value.strip():
                return value.encode("utf-8", "replace").decode().strip()  # JSON may hold half a character
            if isinstance(value, int | float) and not isinstance(value, bool):
                return str(int(value) if isinstance(value, float) and value.is_integer() else value)
        return ""

    def claim(self, *names: str) -> bool | None:
        """A truth value, also where it is written as text or number; None when it does not say."""
        for name in names:
            value = self._fields.get(name)
            if isinstance(value, bool):
                return value
            if isinstance(value, str | int) and (told := CLAIMS.get(str(value).strip().lower())) is not None:
                return told
        return None

    def record(self, *names: str) -> Record:
        """The object in a field; an empty one for anything else."""
        return next((found for name in names for found in _records(self._fields.get(name))[:1]), Record({}))

    def records(self, *names: str) -> tuple[Record, ...]:
        """The objects in a list, or the object that stands in its place; those of an object of objects in order."""
        return next((found for name in names if (found := _records(self._fields.get(name)))), ())

    def values(self) -> tuple[Record, ...]:
        """The objects among the fields' values."""
        return tuple(found for value in self._fields.values() for found in _records(value))

    def has(self, *names: str) -> bool:
        """True when one of the fields is there, whatever it holds."""
        return any(name in self._fields for name in names)


def _records(value: object) -> tuple[Record, ...]:
    if isinstance(value, dict):
        # The first of two names that differ in case only counts, as long as it is filled.
        fields: dict[str, Any] = {}
        for name, held in value.items():
            if fields.get(name.lower()) in (None, "", []):
                fields[name.lower()] = held
        return (Record(fields),)
    objects = [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
    return tuple(found for each in objects for found in _records(each))
