"""Minutes of Kildemose, a municipality that does not exist, as text files and as nouns, for tests of the archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from pathlib import Path

from ingest.archive import Archive
from ingest.encoders import Encoder
from ingest.holdings import Terms
from ingest.model import AgendaItem, Document, Meeting, MeetingKind, Minutes, Passage, Section, SectionKind, Span

MONTHS = (
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
)
MARCH = date(2026, 3, 12)

THEATRE = """: Tilskud til Kildemose Teaterforening

20.03.00-G01-1-26

Resume

Foreningen søger Kildemose Kommune om tilskud til en børneforestilling.

Udvalget drøftede sagen den 5. februar 2026 (punkt 7).

Indstilling

Direktøren for Kultur indstiller,

at der gives et tilskud på 40.000 kr.

Beslutning

Indstillingen er tiltrådt."""

LIBRARY = """: Åbningstider på biblioteket

21.05.00-A00-2-26

Indstilling

Direktøren for Kultur indstiller,

at biblioteket i Kildemose Kommune holder åbent om søndagen.

Beslutning

Indstillingen er tiltrådt. Ordningen gælder fra 1. maj 2026."""

SWIMMING = """: Svømmehallens tag

82.07.00-G01-3-26

Resume

Taget på svømmehallen i Kildemose Kommune er utæt.

Beslutning

Udsat."""


def referat(*items: str, committee: str = "Kulturudvalget", day: date = MARCH, start: str = "15:00") -> str:
    """The text of minutes; each item from the colon after its number."""
    return _text("REFERAT", items, committee, day, start)


def dagsorden(*items: str, committee: str = "Kulturudvalget", day: date = MARCH, start: str = "15:00") -> str:
    """The text of the agenda that the minutes grow from: the same without decisions."""
    return _text("DAGSORDEN", [item.partition("\n\nBeslutning\n")[0] for item in items], committee, day, start)


def _text(kind: str, items: Sequence[str], committee: str, day: date, start: str) -> str:
    weekday = ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag", "Lørdag", "Søndag")[day.weekday()]
    head = (
        f"{kind} {committee} d. {day:%d-%m-%Y}\n\n"
        f"Mødedato {weekday} d. {day.day}. {MONTHS[day.month - 1]} {day.year} kl. {start}\n\n"
        "Mødested Rådhuset, lokale 2\n"
    )
    return "\n".join([head, *(f"Punkt {number}{item}\n" for number, item in enumerate(items, start=1))])


def minutes(*items: AgendaItem, key: str = "kildemose/kulturudvalget/2026-03-12", **changes: object) -> Minutes:
    """Minutes as nouns; place and names follow from the key, as far as `changes` to the meeting do not say."""
    municipality, committee, day = key.split("/")
    fields = {
        "municipality": municipality.capitalize(),
        "committee": committee.capitalize(),
        "date": date.fromisoformat(day),
        "start": time(15),
        "place": "Rådhuset",
        "kind": MeetingKind.REFERAT,
    }
    return Minutes(Meeting(key=key, **(fields | changes)), items)  # type: ignore[arg-type]


def item(
    number: str,
    title: str,
    *bodies: tuple[SectionKind, str],
    meeting: str = "kildemose/kulturudvalget/2026-03-12",
    case_number: str | None = None,
) -> AgendaItem:
    """An item with a section for its heading and one for each of the bodies."""
    text = f"Punkt {number}: {title}\n\n"
    sections = [Section(SectionKind.OTHER, "", Span(0, len(text)), Span(0, len(text)))]
    for kind, body in bodies:
        start, heading = len(text), kind.capitalize()
        text += f"{heading}\n\n{body}\n"
        sections.append(Section(kind, heading, Span(start, len(text)), Span(start + len(heading) + 2, len(text))))
    return AgendaItem(f"{meeting}/{number}", number, title, case_number, text, False, (), tuple(sections))


def put(archive: Archive, held: Minutes, source: str = "a.txt", encoder: Encoder | None = None) -> None:
    """Put minutes into an archive by hand: each section but the heading is a passage, its words are its terms."""
    passages = [
        Passage(item.key, index, section.kind, section.body)
        for item in held.items
        for index, section in enumerate(item.sections)
        if index
    ]
    by_key = {item.key: item for item in held.items}
    texts = [passage.span.of(by_key[passage.item].text).strip() for passage in passages]
    archive.put(
        Document(source, f"digest of {source}", "text/plain", ("",), False),
        held,
        parser="1",
        passages=passages,
        terms=[
            _terms(by_key[passage.item].title, passage.kind, text)
            for passage, text in zip(passages, texts, strict=True)
        ],
        vectors=encoder.passages(texts) if encoder else None,
        encoder=encoder.identity if encoder else None,
    )


def _terms(title: str, kind: SectionKind, text: str) -> Terms:
    fields = [text if kind is each else "" for each in (SectionKind.DECISION, SectionKind.RECOMMENDATION)]
    return Terms(title.lower(), *(field.lower() for field in fields), "" if any(fields) else text.lower())


def write(folder: Path, **texts: str) -> list[Path]:
    """Text files in `folder`, called by their keys; the paths in the order given."""
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    return paths
