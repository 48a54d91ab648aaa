"""A scorecard → Markdown: shares in per cent, "–" where a measure does not apply."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.scorecard import ANY, MEASURES, Row, Scorecard


def whole(card: Scorecard) -> str:
    """Everything a scorecard says."""
    parts = [
        *(["Searched by words alone, without a language model.\n"] if card.is_by_words else []),
        shares(card.rows),
        *([shares(card.types, "by what is asked")] if card.types else []),
        *([reasons(card)] if card.abstaining else []),
    ]
    if card.p50_ms is not None and card.p95_ms is not None:
        parts.append(f"Time of an answer, ms: p50 {card.p50_ms:.1f}, p95 {card.p95_ms:.1f}\n")
    return "\n".join(parts)


def shares(rows: Iterable[Row], name: str = "questions") -> str:
    """One line for each group of questions; `name` says what they are grouped by."""
    lines = _head((name, "n", *MEASURES))
    lines += [_line((row.group, row.count, *map(percent, row.values))) for row in rows]
    return "".join(lines)


def beside(rows: Sequence[Row], others: Sequence[Row], measures: Sequence[str], name: str = "questions") -> str:
    """Two sides of the same questions, each cell "this / other"."""
    lines = _head((name, "n", *measures))
    for row, other in zip(rows, others, strict=True):
        pairs = ((row.value(each), other.value(each)) for each in measures)
        cells = ["–" if pair == (None, None) else " / ".join(map(percent, pair)) for pair in pairs]
        lines.append(_line((row.group, row.count, *cells)))
    return "".join(lines)


def reasons(card: Scorecard) -> str:
    """Reasons expected against reasons given, as counts; at the rims the precision and recall of each."""
    counts = {(each.expected, each.given): each.count for each in card.told}
    rated = {each.reason: each for each in card.abstaining}
    names = (None, *(name for name in rated if name != ANY))
    lines = _head(("expected ↓ given →", *(name or "no reason" for name in names), "recall"))
    for expected in names:
        cells = [counts.get((expected, given), "–") for given in names]
        recall = percent(rated[expected].recall) if expected else ""
        lines.append(_line((expected or "no reason", *cells, recall)))
    lines.append(_line(("precision", *(percent(rated[name].precision) if name else "" for name in names), "")))
    for each in card.abstaining[:1]:
        lines.append(
            f"\nAbstaining for whatever reason: precision {percent(each.precision)}, recall {percent(each.recall)}\n"
        )
    return "".join(lines)


def percent(value: float | None) -> str:
    """A share in per cent; "–" for None."""
    return "–" if value is None else f"{100 * value:.0f}"


def _head(names: Sequence[str]) -> list[str]:
    return [_line(names), "|" + "---|" * len(names) + "\n"]


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |\n"
