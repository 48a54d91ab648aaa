"""How well minutes are read: labelled documents → scores, as Markdown.

The labels and the documents are not ours to ship; they are looked for in `../shared`, and nothing is measured where it
is missing. Items are told by number and title; everything else is compared item by item. Texts are compared after
folding white space, line-end hyphens, look-alike letters and Markdown marks; a likeness of 0.97 counts as equal.
Run it with `python -m tests.parse_scores`.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from ingest import danish, outcome, reading
from ingest.errors import MinutesError
from ingest.model import AgendaItem, Minutes

SHARED = Path(__file__).parent.parent.parent / "shared"
ALIKE = 0.97
Label = dict[str, Any]  # one line of the labels, as JSON gives it


@dataclass(slots=True)
class Score:
    """Counts of one kind of thing: found and right, found, and labelled. `wrong` says where, for the reader."""

    right: int = 0
    found: int = 0
    labelled: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is labelled that was found; 1 when nothing is labelled."""
        return self.right / self.labelled if self.labelled else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both; for things of which each item has one, the accuracy."""
        total = self.found + self.labelled
        return 2 * self.right / total if total else 1.0

    def compare(self, found: Iterable[object], labelled: Iterable[object], place: str) -> None:
        """Count two lists without regard to order, each thing as often as it occurs."""
        one, other = Counter(found), Counter(labelled)
        self.right += (one & other).total()
        self.found += one.total()
        self.labelled += other.total()
        self.wrong += [f"{place}: +{each}" for each in one - other] + [f"{place}: -{each}" for each in other - one]

    def single(self, found: object, labelled: object, place: str, *, is_right: bool) -> None:
        """Count one value of which every item has exactly one."""
        self.right, self.found, self.labelled = self.right + is_right, self.found + 1, self.labelled + 1
        self.wrong += [] if is_right else [f"{place}: {found!r}, not {labelled!r}"]


@dataclass(slots=True)
class Scores:
    """All scores over all documents, by name, and what could not be read."""

    by_name: dict[str, Score] = field(default_factory=dict)
    documents: int = 0
    unread: list[str] = field(default_factory=list)

    def of(self, name: str) -> Score:
        """The score called `name`; a new one the first time."""
        return self.by_name.setdefault(name, Score())


def score(labels: Iterable[Label], root: Path) -> Scores:
    """The scores over the labelled documents below `root`; one that cannot be read is listed, not counted."""
    scores = Scores()
    for label in labels:
        try:
            _, meetings = reading.parse(root / label["file"])
        except MinutesError as fault:
            scores.unread.append(f"{label['file']}: {fault}")
            continue
        scores.documents += 1
        _document(scores, label, meetings[0])
    return scores


def decisions(rows: Iterable[tuple[str, str]]) -> tuple[Score, int, int]:
    """Wordings of decisions against their outcome: the score of those that are not unknown, how many are, of how many.

    Each row is the expected outcome and the wording.
    """
    told, unknown, total = Score(), 0, 0
    for expected, wording in rows:
        found = outcome.classify(wording)
        total += 1
        if found == "unknown":
            unknown += 1
        else:
            told.single(found.value, expected, wording[:60], is_right=found == expected)
    return told, unknown, total


def _document(scores: Scores, label: Label, held: Minutes) -> None:
    name = Path(label["file"]).stem[:24]
    meeting = held.meeting
    start = meeting.start and f"{meeting.start:%H:%M}"
    found = (meeting.municipality, meeting.committee, f"{meeting.date}", start, meeting.place, meeting.kind)
    names = ("municipality", "committee", "date", "start", "place", "kind")
    for each, value in zip(names, found, strict=True):
        scores.of("meeting head").single(value, label[each], f"{name} {each}", is_right=value == label[each])
    scores.of("items").compare(
        [(each.number, folded(each.title)) for each in held.items],
        [(each["number"], folded(each["title"])) for each in label["items"]],
        name,
    )
    by_number = {each.number: each for each in reversed(held.items)}
    for expected in label["items"]:
        if item := by_number.get(expected["number"]):
            _item(scores, item, expected, f"{name} punkt {item.number}")


def _item(scores: Scores, item: AgendaItem, label: Label, place: str) -> None:
    own = item.own_decisions
    decision = folded(" ".join(each.span.of(item.text) for each in own))
    votes = folded(" ".join(vote.of(item.text) for each in own for vote in each.votes))
    result = own[-1].outcome.value if own else "none"
    allowed = (label["outcome"], *label.get("outcome_also", []))
    pages = list(item.pages) if item.pages else None
    for name, found, expected in (
        ("case number", item.case_number, label["case_number"]),
        ("closed", item.is_closed, label["closed"]),
        ("pages", pages, label["pages"]),
        ("absent", sorted(item.absent), sorted(label["absent"])),
    ):
        scores.of(name).single(found, expected, place, is_right=found == expected)
    scores.of("own decision").single(
        decision, folded(label["decision"]), place, is_right=alike(decision, label["decision"])
    )
    scores.of("votes").single(votes, label["votes"], place, is_right=alike(votes, label["votes"]))
    scores.of("outcome").single(result, allowed, place, is_right=result in allowed)
    if label["recommendation"] is not None:
        count = len(item.recommendations)
        scores.of("recommendation lines").single(
            count, label["recommendation"], place, is_right=count == label["recommendation"]
        )
    kinds = {each.kind.value for each in item.sections} - {"other"}
    scores.of("sections").compare(kinds, set(label["sections"]) - {"other"}, place)
    scores.of("earlier decisions").compare(_earlier(item), _labelled_earlier(label), place)
    scores.of("attachments").compare(
        [folded(each) for each in item.attachments], [folded(each) for each in label["attachments"]], place
    )
    scores.of("references").compare(
        [(each.date and f"{each.date}", each.number, (each.committee or "").casefold()) for each in item.references],
        [(each["date"], each["number"], (each["committee"] or "").casefold()) for each in label["references"]],
        place,
    )


def _earlier(item: AgendaItem) -> Iterator[tuple[str, str | None]]:
    for each in item.decisions:
        if not each.is_own:
            yield each.body, each.date and f"{each.date}"


def _labelled_earlier(label: Label) -> Iterator[tuple[str, str | None]]:
    for each in label["earlier_decisions"]:
        yield each["body"], each["date"]


def folded(text: str | None) -> str:
    """A text however it is set."""
    joined = re.sub(r"-\s*\n\s*", "", text or "").replace("**", "")
    return " ".join(danish.by_sound(joined).split())


def alike(one: str | None, other: str | None) -> bool:
    """True when two texts are the same but for how they are set and a slip of the pen."""
    a, b = folded(one), folded(other)
    return a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


def labels(shared: Path) -> list[Label]:
    """The labelled documents; empty when they are not at hand."""
    path = shared / "eval" / "parse_dev.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def wordings(shared: Path) -> list[tuple[str, str]]:
    """Labelled wordings of decisions: outcome and text; empty when they are not at hand."""
    path = shared / "eval" / "decisions_dev.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []
    return [(cells[0], cells[1]) for line in lines if len(cells := line.split("\t")) > 1]


def markdown(scores: Scores) -> str:
    """The scores as a table."""
    lines = ["| what | precision | recall | F1 or accuracy | labelled |", "|---|---|---|---|---|"]
    lines += [
        f"| {name} | {each.precision:.3f} | {each.recall:.3f} | {each.f1:.3f} | {each.labelled} |"
        for name, each in scores.by_name.items()
    ]
    return "\n".join(lines)


def report(scores: Scores, told: Score, unknown: int, total: int) -> str:
    """The scores over documents and over wordings, as Markdown."""
    return (
        f"{scores.documents} documents read, {len(scores.unread)} not.\n\n{markdown(scores)}\n\n"
        f"Decision wordings: precision {told.precision:.3f} where told, {unknown} of {total} unknown.\n"
    )


def main(arguments: list[str]) -> int:
    """Print the scores; with `--wrong`, everything that is not as labelled, too."""
    if not labels(SHARED):
        print("The labelled minutes are not at hand; nothing was measured.")
        return 0
    scores = score(labels(SHARED), SHARED)
    told, unknown, total = decisions(wordings(SHARED))
    print(report(scores, told, unknown, total), end="")
    if "--wrong" in arguments:
        for name, each in {**scores.by_name, "wording": told}.items():
            print("".join(f"\n{name} · {line}" for line in each.wrong), end="")
        print("".join(f"\nnot read · {line}" for line in scores.unread))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
