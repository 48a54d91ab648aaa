"""The address bar ↔ what is shown.

All of a view is in its address, so that it can be shared, reloaded and gone back to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from ingest.holdings import Selection
from ingest.model import Outcome, Span
from ingest.privacy import mask_cpr
from qa.committees import Body
from qa.model import Language

ASK, MEETINGS, DOCUMENTS = "", "moeder", "dokumenter"  # the pages, as they stand in the path
CASE, COMMITTEE = "sag", "udvalg"
PENDING, MEETING_MODE, GUIDE = "afventer", "moedetilstand", "hjaelp"

LONGEST_QUESTION = 1000  # characters
_MOST_EARLIER = 4  # questions carried along
_EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Address:
    """A view. On the page `ASK`: an item if `item` is given, else the answer to `question`, else the start.

    `history` holds the questions before this one, oldest first; `span` is a quote in the item's text and `sheet` the
    page of its source to show; `meeting` is the one opened on the page `MEETINGS` or `MEETING_MODE`, or the one an item
    was looked up from in meeting mode, and `view` the list shown on the former; `outcome` and `title` narrow the list
    of items down, with the selection. On the page `CASE` the selection's case number is that or the key of an item.
    `remove` is what an editor is asked about on the page `DOCUMENTS`: a source, or the key of a meeting.
    """

    page: str = ASK
    language: Language = Language.DANISH
    question: str = ""
    history: tuple[str, ...] = ()
    selection: Selection = _EVERYTHING
    item: str = ""
    span: Span | None = None
    sheet: int | None = None
    meeting: str = ""
    view: str = ""
    outcome: Outcome | None = None
    title: str = ""
    remove: str = ""

    def parameters(self) -> dict[str, list[str]]:
        """The part after the question mark; what is empty is left out."""
        given: dict[str, list[str]] = {
            "sprog": [str(self.language)] if self.language is not Language.DANISH else [],
            "q": [self.question],
            "foer": list(self.history),
            "kommune": list(self.selection.municipalities),
            "udvalg": list(self.selection.committees),
            "sag": [self.selection.case_number or ""],
            "siden": [self.selection.since.isoformat() if self.selection.since else ""],
            "indtil": [self.selection.until.isoformat() if self.selection.until else ""],
            "vis": [self.view],
            "udfald": [str(self.outcome or "")],
            "ord": [self.title],
            "moede": [self.meeting],
            "punkt": [self.item],
            "fra": [str(self.span.start) if self.span else ""],
            "til": [str(self.span.end) if self.span else ""],
            "side": [str(self.sheet) if self.sheet else ""],
            "fjern": [self.remove],
        }
        return {key: values for key, all_values in given.items() if (values := [each for each in all_values if each])}

    @property
    def href(self) -> str:
        """The address as a link, good on every page of the app, wherever the app is mounted."""
        query = urlencode(self.parameters(), doseq=True)
        return f"./{self.page}?{query}" if query else f"./{self.page}"

    def to_page(self, page: str) -> Address:
        """The front of a page; the question asked stays behind."""
        return Address(page=page, language=self.language)

    def to_question(self, question: str, *, history: Sequence[str] = ()) -> Address:
        """The answer to a question, under the present filter."""
        return Address(ASK, self.language, _asked(question), tuple(history)[-_MOST_EARLIER:], self.selection)

    def to_item(self, key: str, span: Span | None = None) -> Address:
        """An item, at a quote of it if given; the question asked comes along, so that there is a way back."""
        meeting = "" if self.page == MEETINGS else self.meeting
        return replace(self, page=ASK, item=key, span=span, sheet=None, meeting=meeting)

    def to_answer(self) -> Address:
        """Back from an item to the question it was found by."""
        return replace(self, page=ASK, item="", span=None, sheet=None, meeting="")

    def to_meeting(self, key: str) -> Address:
        """The items of a meeting."""
        return Address(MEETINGS, self.language, meeting=key)

    def to_meeting_mode(self, meeting: str, item: str = "") -> Address:
        """A meeting item by item, as one follows it at the table; at its first item unless one is given."""
        return Address(MEETING_MODE, self.language, meeting=meeting, item=item)

    def to_list(self, view: str, selection: Selection = _EVERYTHING) -> Address:
        """A list on the page of meetings: of bodies, meetings or items."""
        return Address(MEETINGS, self.language, selection=selection, view=view)

    def to_case(self, key: str) -> Address:
        """The case of an item."""
        return Address(CASE, self.language, selection=Selection(case_number=key))

    def to_committee(self, body: Body) -> Address:
        """A body's own page."""
        return Address(COMMITTEE, self.language, selection=of_body(body))


def of_body(body: Body) -> Selection:
    """What is of one body."""
    return Selection(municipalities=(body.municipality,) if body.municipality else (), committees=(body.committee,))


def read(page: str, parameters: Mapping[str, Sequence[str]]) -> Address:
    """The address of `page` with these parameters. Anyone can type one: what makes no sense counts as not given."""

    def last(key: str) -> str:
        return parameters[key][-1] if parameters.get(key) else ""

    # Only lists show these, so only there an address can have them: elsewhere they would narrow down unseen.
    municipalities = () if page == ASK else _names(parameters, "kommune")
    case_number = None if page == ASK else mask_cpr(last("sag")) or None
    start, end, sheet = _number(last("fra")), _number(last("til")), _number(last("side"))
    return Address(
        page=page,
        language=Language.ENGLISH if last("sprog") == Language.ENGLISH else Language.DANISH,
        question=_asked(last("q")),
        history=tuple(_asked(each) for each in parameters.get("foer", ()) if each.strip())[-_MOST_EARLIER:],
        selection=Selection(
            municipalities=municipalities,
            committees=_names(parameters, "udvalg"),
            case_number=case_number,
            since=_day(last("siden")),
            until=_day(last("indtil")),
        ),
        item=last("punkt"),
        span=Span(start, end) if start is not None and end is not None and start < end else None,
        sheet=sheet or None,
        meeting=last("moede"),
        view=last("vis"),
        outcome=next((each for each in Outcome if each == last("udfald")), None),
        title=_asked(last("ord")),
        remove=last("fjern"),
    )


def _names(parameters: Mapping[str, Sequence[str]], key: str) -> tuple[str, ...]:
    """The names given, each once; they are shown where they fit nothing, so without civil registration numbers."""
    return tuple(dict.fromkeys(mask_cpr(each) for each in parameters.get(key, ()) if each))


def _asked(text: str) -> str:
    """A question as it may stand in an address: of some length at most, and without civil registration numbers."""
    return mask_cpr(text.strip()[:LONGEST_QUESTION])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
