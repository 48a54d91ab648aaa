"""Every view of the app that is looked at in a browser: a page more is a line more here.

Each check of `test_every_view` runs over each of them, in both languages and on light and dark screens.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ingest.archive import Archive
from ingest.encoders import load
from ingest.pipeline import ingest

SAMPLE = Path("data") / "minutes"  # files are named as seen from the root of the clone
MEETING = "herning/beskaeftigelsesudvalget/2026-04-28"
ITEM = f"{MEETING}/33"
QUESTION = "Hvad blev besluttet om Bethaniagade?"
DECISION = "Indstillingen er tiltrådt."


@dataclass(frozen=True, slots=True)
class View:
    """A view: the page in the path, the parameters of its address, what is there once it is ready (a selector), and
    what is clicked on to unfold more of it ("" for nothing)."""

    name: str
    path: str
    ready: str
    parameters: dict[str, str] = field(default_factory=dict)
    unfold: str = ""


VIEWS = (
    View("start", "", ".ps-hero h1"),
    View("answer", "", ".ps-card blockquote", {"q": QUESTION}),
    View("follow-up", "", ".ps-chip", {"q": "Og hvem besluttede det?", "foer": QUESTION}),
    View("english", "", ".ps-card blockquote", {"q": "What was decided about Bethaniagade?"}),
    View("not-found", "", ".ps-abstention", {"q": "Hvad blev besluttet om svømmehallen?"}),
    View("filter", "", "[data-testid=stMultiSelect]", {"q": QUESTION}, unfold=".st-key-filter button"),
    View("item", "", ".ps-item-head h1", {"punkt": ITEM}),
    View("place", "", ".ps-item mark", {"q": QUESTION, "punkt": ITEM, "fra": "FRA", "til": "TIL"}),
    View("missing-item", "", ".stHtml h1", {"punkt": "herning/findes-ikke/2020-01-01/1"}),
    View("committees", "moeder", ".ps-list a"),
    View("meetings", "moeder", ".ps-list a", {"vis": "moeder"}),
    View("items", "moeder", ".ps-list a", {"vis": "punkter"}),
    View("case", "sag", ".ps-thread", {"sag": ITEM}),
    View("committee", "udvalg", ".stHtml h1", {"kommune": "Herning", "udvalg": "Beskæftigelsesudvalget"}),
    View("pending", "afventer", ".ps-cite"),
    View("meeting-mode", "moedetilstand", ".ps-mode-head", {"moede": MEETING, "punkt": ITEM}),
    View("guide", "hjaelp", ".stMarkdown h1"),
    View("meeting", "moeder", ".ps-items", {"moede": MEETING}),
    View("documents", "dokumenter", ".ps-figures"),
)


def written(path: Path) -> Path:
    """The sample's archive at `path`, which every view shows something of."""
    with Archive.open(path, create=True) as archive:
        ingest(archive, [SAMPLE], encoder=load())
    return path


def placed(view: View, archive: Path) -> dict[str, str]:
    """The parameters of a view, with the place of the decision filled in."""
    if "FRA" not in view.parameters.values():
        return view.parameters
    return view.parameters | place(archive)


def place(archive: Path) -> dict[str, str]:
    """Where the sample's decision stands, as the parameters of an address."""
    with Archive.open(archive) as opened:
        entry = opened.item(ITEM)
    assert entry is not None, f"{ITEM} was not read"
    start = entry.item.text.index(DECISION)
    return {"punkt": ITEM, "fra": str(start), "til": str(start + len(DECISION))}
