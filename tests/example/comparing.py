"""Two shapes of one meeting → where they differ, in words a person can act on.

Only what is said is compared: white space, list bullets, the mark behind a list number and the full stop at the end of
a cut-out text are free, and so is whether the count of votes in the sentence that decides is told among the votes.
Neighbouring sections of one kind count as one; the item's own heading, its attachments (which are compared by name)
and the signatures at the end are not compared as sections. Letters typed in another alphabet count by their sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Shape = dict[str, Any]

_BY_SOUND = str.maketrans("мест", "mest")
_MARK = re.compile(r"(?<![^\s])(\d{1,2}|[A-Za-z])[.)](?=\s)")
_COUNT = re.compile(r"\b(efter afstemning )?med \d+ stemmer mod \d+\.? ?")
_BULLET = re.compile(r"(?<![^\s])[-•–*|](?=\s|$)")


def words(text: str | None) -> str:
    """A text as words with single blanks between them."""
    plain = _BULLET.sub(" ", (text or "").translate(_BY_SOUND).replace("\u00a0", " "))
    return " ".join(_MARK.sub(r"\1.", plain).split())


def meeting(expected: Shape, found: Shape) -> list[str]:
    """The differences between two meetings, each as a line."""
    lines = [
        f"{key}: {expected[key]!r} was read as {found.get(key)!r}"
        for key in expected.keys() - {"items", "attendance"}
        if expected[key] != found.get(key)
    ]
    lines += _differing("attendance", *(_attendance(each["attendance"]) for each in (expected, found)))
    numbers = [[item["number"] for item in each["items"]] for each in (expected, found)]
    if numbers[0] != numbers[1]:
        return [*sorted(lines), f"items: {numbers[0]} were read as {numbers[1]}"]
    for one, other in zip(expected["items"], found["items"], strict=True):
        lines += [f"punkt {one['number']} {line}" for line in _item(one, other)]
    return sorted(lines)


def _attendance(members: list[Shape]) -> list[Shape]:
    """Who was there, with what is said beside the name in any order: "Bo Lind (A)" and "formand", or "A, formand"."""
    plain = []
    for each in members:
        name, _, beside = words(each["name"]).partition(" (")
        notes = sorted(re.findall(r"[^\W_]+", f"{beside} {each['note'] or ''}"))
        plain.append({"name": name, "absent": each["absent"], "notes": notes})
    return _sorted(plain)


def _item(expected: Shape, found: Shape) -> Iterator[str]:
    for key in expected:
        one, other = (_plain(key, each.get(key)) for each in (expected, found))
        yield from _differing(key, one, other)


def _differing(key: str, expected: Any, found: Any) -> list[str]:
    if expected == found:
        return []
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = [(one, other) for one, other in zip(expected, found, strict=True) if one != other]
        return [f"{key}: {one!r} was read as {other!r}" for one, other in pairs]
    return [f"{key}: {expected!r} was read as {found!r}"]


def _plain(key: str, value: Any) -> Any:
    match key:
        case "title":
            return words(value)
        case "sections":
            return _sections(value)
        case "recommendations":
            return [_recommendation(each) for each in value]
        case "decisions":
            return [_decision(each) for each in value]
        case "references":
            return _sorted(
                [{name: each[name] for name in ("date", "number", "committee", "case_number")} for each in value]
            )
        case "attachments" | "absent":
            return [words(each) for each in value]
        case _:
            return value


def _sections(sections: list[Shape]) -> list[tuple[str, str]]:
    """Kind and words of each section below the item's own heading, neighbours of a kind as one."""
    merged: list[tuple[str, str]] = []
    for place, each in enumerate(sections):
        is_title = place == 0 and each["kind"] == "other" and not each["heading"]
        if is_title or each["kind"] == "attachments" or each["heading"] == "Underskriftsside":
            continue
        text = words(each["text"])
        if merged and merged[-1][0] == each["kind"]:
            text = f"{merged.pop()[1]} {text}"
        merged.append((str(each["kind"]), text))
    return merged


def _recommendation(line: Shape) -> Shape:
    text = re.sub(r"^at ", "", words(line["text"]))
    return {"number": line["number"], "text": text, "children": [_recommendation(each) for each in line["children"]]}


def _decision(decision: Shape) -> Shape:
    return {
        "body": decision["body"],
        "date": decision["date"],
        "text": words(decision["text"]),
        "outcome": str(decision["outcome"]),
        "own": decision["own"],
        "additions": [words(each).rstrip(".") for each in decision["additions"]],
        "votes": _COUNT.sub("", words(decision["votes"])),
        "points": [
            {"number": each["number"], "text": words(each["text"]).rstrip("."), "outcome": str(each["outcome"])}
            for each in decision["points"]
        ],
    }


def _sorted(values: list[Shape]) -> list[Shape]:
    return sorted(values, key=lambda each: sorted((name, str(value)) for name, value in each.items()))
