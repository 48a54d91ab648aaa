"""Placed questions → tables by side and type, a record to keep, and what changed since the one kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.quality.sides import SIDES, Placed

_GROUPS = {"lookup": "lexical", "followup": "lexical", "english": "cross"}  # groups too small to stand alone


def tables(placed: Sequence[Placed]) -> dict[str, str]:
    """All questions, then the half that things were tuned on and the half held aside, as Markdown: name → table."""
    halves = {
        "all questions": placed,
        "tuning half": [each for each in placed if not each.is_held_aside],
        "held aside": [each for each in placed if each.is_held_aside],
    }
    sides = [side for side in SIDES if any(getattr(each, side) is not None for each in placed)]
    return {name: _table(name, part, sides) for name, part in halves.items()}


def _table(name: str, placed: Sequence[Placed], sides: Sequence[str]) -> str:
    lines = [f"| {name}: first / in the first three, % | n | {' | '.join(sides)} | refused | quote shown |"]
    lines += ["|---" * (len(sides) + 4) + "|"]
    for group in sorted({group_of(each) for each in placed}):
        lines.append(_row(group, [each for each in placed if group_of(each) == group], sides))
    return "\n".join(lines) + "\n"


def group_of(each: Placed) -> str:
    """Language and type of a question."""
    kind = _GROUPS.get(each.gold.kind, each.gold.kind)
    if not each.gold.relevant:
        kind = "near miss" if kind == "near miss" else "unanswerable"
    elif each.gold.language == "en":
        kind = "cross"
    return f"{each.gold.language} · {kind}"


def _row(group: str, placed: Sequence[Placed], sides: Sequence[str]) -> str:
    cells = [_places([getattr(each, side) for each in placed]) for side in sides]
    cells.append(_share([each.is_refused for each in placed]))
    cells.append(_share([each.is_quoted for each in placed if each.is_quoted is not None]))
    return f"| {group} | {len(placed)} | {' | '.join(cells)} |"


def _places(places: Sequence[int | None]) -> str:
    held = [place for place in places if place is not None]
    return f"{_share([p == 1 for p in held])} / {_share([0 < p <= 3 for p in held])}" if held else "–"


def _share(held: Sequence[bool | None]) -> str:
    return f"{100 * sum(map(bool, held)) / len(held):.0f}" if held else "–"


def keep(placed: Iterable[Placed], path: Path) -> None:
    """Write what came of each question, to compare later runs with."""
    rows = {each.gold.id: _kept(each) for each in placed}
    lines = ",\n".join(f'"{name}": {json.dumps(row)}' for name, row in sorted(rows.items()))
    path.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def changes(placed: Iterable[Placed], path: Path) -> Iterator[str]:
    """One line for each question that came out otherwise than in the record at `path`; nothing without one."""
    if not path.is_file():
        return
    earlier = json.loads(path.read_text(encoding="utf-8"))
    for each in placed:
        was, now = earlier.get(each.gold.id), _kept(each)
        if was is None:
            yield f"{each.gold.id}: new · {each.gold.question}"
        elif moved := [f"{name} {was.get(name)} → {now[name]}" for name in now if was.get(name) != now[name]]:
            yield f"{each.gold.id}: {', '.join(moved)} · {each.gold.question}"


def _kept(each: Placed) -> dict[str, int | bool | None]:
    return {side: getattr(each, side) for side in SIDES if side != "reranked"} | {
        "refused": each.is_refused,
        "quoted": each.is_quoted,
    }
