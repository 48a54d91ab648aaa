"""Subjects written by us → minutes of municipalities that do not exist, to hide the minutes asked about in.

The sentences of `subjects.txt` are recombined: an item takes some of its own subject and one of a neighbour, with
places, figures and days drawn anew. The same seed gives the same minutes on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

SUBJECTS = Path(__file__).with_name("subjects.txt")
MUNICIPALITIES = "Nørreby Havbjerg Storlund Vesterå Egekær Rugdal Fjordmark Lyngholm".split()
BODIES = {
    "T": "Teknisk Udvalg",
    "K": "Kultur- og Fritidsudvalget",
    "B": "Børne- og Skoleudvalget",
    "S": "Social- og Sundhedsudvalget",
    "O": "Økonomiudvalget",
    "M": "Klima- og Miljøudvalget",
    "E": "Beskæftigelses- og Erhvervsudvalget",
}
TOWNS = "Tved Ørum Brahl Sundstrup Holme Vinkel Kragelund Snævre Dalby Hestehave Mosby Ravnsø Tranum Birkelse".split()
STREETS = "Bakkevej Algade Fasanvej Kirkestræde Mosevej Industrivej Strandgade Rosenvej Nygade Lindealle".split()
DECISIONS = (
    "Indstillingen er tiltrådt.",
    "Godkendt som indstillet.",
    "Udvalget godkendte indstillingen.",
    "Taget til efterretning.",
    "Anbefales godkendt.",
    "Sagen udsættes til næste møde.",
    "Udvalget drøftede sagen, og forvaltningen vender tilbage med flere oplysninger.",
    "Indstillingen er tiltrådt. Et mindretal tog forbehold for finansieringen.",
)
MONTHS = "januar februar marts april maj juni juli august september oktober november december".split()
DAYS = "Mandag Tirsdag Onsdag Torsdag Fredag Lørdag Søndag".split()


@dataclass(frozen=True, slots=True)
class Subject:
    """What an item can be about: its title, its committee's letter, its sentences and recommendation lines."""

    title: str
    body: str
    sentences: tuple[str, ...]
    lines: tuple[str, ...]


def subjects() -> tuple[Subject, ...]:
    """The subjects of `subjects.txt`."""
    text = "\n".join(line for line in SUBJECTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    found = []
    for block in text.strip().split("\n\n"):
        head, *rest = block.splitlines()
        title, _, body = head.rpartition(" | ")
        found.append(
            Subject(
                title,
                body.strip(),
                tuple(line for line in rest if not line.startswith("at ")),
                tuple(line for line in rest if line.startswith("at ")),
            )
        )
    return tuple(found)


def write(folder: Path, *, rounds: int = 2, seed: int = 7) -> list[Path]:
    """Files of minutes in `folder`: for each municipality and body `rounds` meetings that treat all its subjects."""
    chance = random.Random(seed)
    paths = []
    for number in range(rounds):
        for municipality in MUNICIPALITIES:
            for letter, body in BODIES.items():
                day = date(2020, 1, 7) + timedelta(days=chance.randrange(2500))
                path = folder / f"{municipality}-{letter}-{number}.txt"
                path.write_text("\n".join(_meeting(chance, municipality, letter, body, day)), encoding="utf-8")
                paths.append(path)
    return paths


def _meeting(chance: random.Random, municipality: str, letter: str, body: str, day: date) -> Iterator[str]:
    yield f"REFERAT {body} d. {day:%d-%m-%Y}\n"
    yield f"Mødedato {DAYS[day.weekday()]} d. {day.day}. {MONTHS[day.month - 1]} {day.year} kl. 15:00\n"
    yield "Mødested Rådhuset, lokale 1\n"
    own = [subject for subject in subjects() if subject.body == letter]
    chance.shuffle(own)
    for number, subject in enumerate(own, start=1):
        yield from _item(chance, number, municipality, subject, chance.choice(own), day)


def _item(
    chance: random.Random, number: int, municipality: str, subject: Subject, other: Subject, day: date
) -> Iterator[str]:
    places = _places(chance, day)
    chosen = [*chance.sample(subject.sentences, min(4, len(subject.sentences))), chance.choice(other.sentences)]
    first, *rest = (sentence.format(**places) for sentence in dict.fromkeys(chosen))
    code = f"{chance.randrange(10, 90)}.{chance.randrange(99):02}.00-G01-{chance.randrange(1, 99)}-{day:%y}"
    yield f"Punkt {number}: {subject.title.format(**places)}\n\n{code}\n"
    yield f"Resume\n\nSagen behandles i {municipality} Kommune. {first}\n"
    yield f"Sagsfremstilling\n\n{' '.join(rest[:2])}\n\n{' '.join(rest[2:])}\n"
    lines = "\n\n".join(line.format(**places) for line in subject.lines)
    yield f"Indstilling\n\nForvaltningen indstiller\n\n{lines}\n"
    yield f"Beslutning\n\n{chance.choice(DECISIONS)}\n"


def _places(chance: random.Random, day: date) -> dict[str, str]:
    town, other = chance.sample(TOWNS, 2)
    thousands = chance.choice((85, 120, 240, 310, 450, 675, 900, 1250, 2400, 5600, 12500, 38000))
    held = day + timedelta(days=chance.randrange(20, 200))
    return {
        "sted": town,
        "sted2": other,
        "vej": chance.choice(STREETS),
        "kr": f"{thousands}.000 kr." if thousands < 1000 else f"{thousands / 1000:.1f}".replace(".", ",") + " mio. kr.",
        "tal": str(chance.randrange(4, 96)),
        "pct": str(chance.randrange(3, 60)),
        "år": str(day.year + chance.randrange(-3, 3)),
        "dag": f"{held.day}. {MONTHS[held.month - 1]} {held.year}",
    }
