"""Tables → the page of Markdown that shows them: what stands between two marks is made anew, the prose around is not.

A place reads `<!-- table: NAME -->`, the table, `<!-- end -->`. A table that is not given (its source is not at hand)
stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

SCORECARD = Path(__file__).resolve().parents[2] / "docs" / "scorecard.md"

_PLACE = re.compile(r"(?P<mark><!-- table: (?P<name>[\w-]+) -->\n)(?P<table>.*?)(?P<end><!-- end -->)", re.DOTALL)
_MARK = re.compile(r"<!-- (?:table: [\w-]+|end) -->")


def names(page: str) -> tuple[str, ...]:
    """The places of a page, in order. Raises `ValueError` for a mark without its other one, or a name given twice."""
    found = tuple(match["name"] for match in _PLACE.finditer(page))
    if len(_MARK.findall(page)) != 2 * len(found):
        raise ValueError("a mark of a table stands without its other one")
    if len(set(found)) != len(found):
        raise ValueError("two tables have one name")
    return found


def filled(page: str, tables: Mapping[str, str]) -> str:
    """The page with these tables in their places. Raises `ValueError` for a table without a place, besides what
    `names` raises."""
    if homeless := tables.keys() - set(names(page)):
        raise ValueError(f"no place for {', '.join(sorted(homeless))}")

    def place(match: re.Match[str]) -> str:
        table = tables.get(match["name"])
        return match[0] if table is None else f"{match['mark']}\n{table.strip()}\n\n{match['end']}"

    return _PLACE.sub(place, page)


def renew(tables: Mapping[str, str], path: Path = SCORECARD) -> str:
    """Put the tables into the page at `path`; returns what is to be said of it."""
    page = path.read_text(encoding="utf-8")
    new = filled(page, tables)
    if new != page:
        path.write_text(new, encoding="utf-8")
    left = [name for name in names(page) if name not in tables]
    said = f"{path.name}: {len(tables)} tables {'made anew' if new != page else 'as they were'}"
    return f"{said}; left alone: {', '.join(left)}" if left else said
