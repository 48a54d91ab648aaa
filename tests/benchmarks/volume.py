"""An archive of any size, from sentences of the sample and of our own test minutes, put together anew.

What makes search slow or quick is kept as it is in real minutes: the same function words and routine sentences
everywhere, names and subjects that are rarer the later they are thought of (Zipf), and a journal number of its own for
each item. The same size gives the same archive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from ingest import danish
from ingest.archive import Archive
from ingest.encoders import Encoder
from ingest.model import (
    AgendaItem,
    Decision,
    Document,
    Meeting,
    MeetingKind,
    Minutes,
    Outcome,
    Section,
    SectionKind,
    Span,
)
from ingest.passages import PARSER, embeddable, split, terms

ROOT = Path(__file__).resolve().parents[2]
TEXTS = (*sorted((ROOT / "tests" / "minutes").rglob("*.txt")), *sorted((ROOT / "tests" / "minutes").rglob("*.md")))
COMMITTEES = (
    "Beskæftigelsesudvalget Byrådet Børneudvalget Kulturudvalget Socialudvalget Sundhedsudvalget Teknisk-udvalget "
    "Klimaudvalget Landdistriktsudvalget Økonomiudvalget Ældreudvalget Erhvervsudvalget"
).split()
ITEMS = 40  # in a meeting; large ones, so that building takes no longer than it must
FIRST_DAY = date(2006, 1, 3)
_SUBJECTS = 60_000  # names that can be thought of
_CHANGED = 0.5  # of the longer words of a sentence, so that there are as many words as in years of minutes
_ROUTINE = ("Indstillingen blev tiltrådt.", "Taget til efterretning.", "Godkendt.", "Udvalget tiltrådte indstillingen.")


def fill(archive: Archive, passages: int, encoder: Encoder | None) -> None:
    """Put meetings into an empty archive until it holds at least this many passages."""
    held = 0
    for number, minutes in enumerate(meetings()):
        held += put(archive, minutes, encoder, source=f"volume/{number:06}.txt")
        if held >= passages:
            return


def put(archive: Archive, minutes: Minutes, encoder: Encoder | None, *, source: str) -> int:
    """Put one meeting as ingestion would; returns how many passages it has."""
    pairs = [(item, passage) for item in minutes.items for passage in split(item)]
    archive.put(
        Document(source, f"{source:>064}", "text/plain", ("",), False),
        minutes,
        parser=PARSER,
        passages=[passage for _, passage in pairs],
        terms=[terms(item, passage) for item, passage in pairs],
        vectors=encoder.passages([embeddable(item, passage) for item, passage in pairs]) if encoder else None,
        encoder=encoder.identity if encoder else None,
    )
    return len(pairs)


def meetings(seed: int = 2006) -> Iterator[Minutes]:
    """Meetings without end, the committees taking turns, a week between those of one committee."""
    random = Random(seed)
    number = 0
    while True:
        committee = COMMITTEES[number % len(COMMITTEES)]
        day = FIRST_DAY + timedelta(days=7 * (number // len(COMMITTEES)))
        key = f"kildemose/{committee.lower()}/{day}"
        meeting = Meeting(key, "Kildemose", committee, day, None, None, MeetingKind.REFERAT)
        yield Minutes(meeting, tuple(_item(random, meeting, place) for place in range(1, ITEMS + 1)))
        number += 1


def questions(count: int, seed: int = 1) -> list[str]:
    """Questions as they are asked: a subject, mostly in words that are everywhere, and now and then one who decides or
    when. Every fifth is in words that are all common, which is the hardest for an index."""
    random = Random(seed)
    asked = []
    for number in range(count):
        words = [word for _, word in danish.words(_sentence(random)) if word.isalpha() and len(word) > 4]
        common = " og ".join(random.sample(words, min(len(words), 3)) or ["tilskud"])
        match number % 5:
            case 0:
                asked.append(f"Hvad blev besluttet om {common}?")
            case 1:
                asked.append(f"Hvad blev besluttet om {common} i {_subject(random)}?")
            case 2:
                asked.append(f"Hvad koster {_subject(random)}?")
            case 3:
                asked.append(f"What was decided about {_subject(random)} and {words[0] if words else 'tilskud'}?")
            case _:
                asked.append(f"Hvad besluttede {random.choice(COMMITTEES)} om {common} i {2006 + number % 15}?")
    return asked


def _item(random: Random, meeting: Meeting, number: int) -> AgendaItem:
    subject, other = _subject(random), _subject(random)
    title = f"{_phrase(random)} – {subject}"
    case = (
        f"{random.randint(0, 99):02}.{random.randint(0, 99):02}.00-P{random.randint(10, 99)}-{random.randint(1, 10**6)}"
    )
    story = [" ".join(_sentence(random) for _ in range(random.randint(2, 5))) for _ in range(random.randint(2, 6))]
    story[0] = f"{subject.capitalize()} ligger ved {other}. {story[0]}"
    parts = (
        (SectionKind.OTHER, "", f"Punkt {number}: {title}\n{case}"),
        (SectionKind.BODY, "Sagsfremstilling", "\n".join(story)),
        (SectionKind.RECOMMENDATION, "Indstilling", f"Direktøren indstiller, at {subject} får {_phrase(random)}."),
        (SectionKind.DECISION, "Beslutning", f"{random.choice(_ROUTINE)} {_sentence(random)}"),
    )
    text, sections = _laid_out(parts)
    decided = Decision(meeting.committee, meeting.date, None, sections[-1].body, Outcome.ADOPTED, True)
    return AgendaItem(
        f"{meeting.key}/{number}", str(number), title, case, text, False, (), sections, decisions=(decided,)
    )


def _laid_out(parts: tuple[tuple[SectionKind, str, str], ...]) -> tuple[str, tuple[Section, ...]]:
    text, sections = "", []
    for kind, heading, body in parts:
        start = len(text)
        text += f"{heading}\n{body}\n\n" if heading else f"{body}\n\n"
        begin = start + len(heading) + bool(heading)
        sections.append(Section(kind, heading, Span(start, len(text)), Span(begin, begin + len(body))))
    return text, tuple(sections)


def _sentence(random: Random) -> str:
    """A sentence with some of its longer words changed for others, the frequent ones far more often than the rare."""
    words, longer = random.choice(_sentences())
    words = list(words)
    for place in longer:
        if random.random() < _CHANGED:
            words[place] = _zipf(random, _words())
    return " ".join(words)


def _phrase(random: Random) -> str:
    """A run of words out of a sentence."""
    words = _sentence(random).rstrip(".").split()
    start = random.randint(0, max(0, len(words) - 6))
    return " ".join(words[start : start + 6])


def _subject(random: Random) -> str:
    """A name made of two words, the earlier ones far more often than the later."""
    return _zipf(random, _subjects())


def _zipf(random: Random, words: Sequence[str]) -> str:
    """One of the words, each as likely as one over its rank."""
    return words[int(len(words) ** random.random()) - 1]


@cache
def _sentences() -> tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]:
    """The words of each sentence, and which of them are long."""
    texts = [path.read_text(encoding="utf-8") for path in TEXTS]
    found = (span.of(text) for text in texts for span in danish.sentences(text))
    split = [tuple(each.split()) for each in dict.fromkeys(found) if 30 < len(each) < 300]
    return tuple((words, tuple(place for place, word in enumerate(words) if len(word) > 6)) for words in split)


@cache
def _words() -> tuple[str, ...]:
    words = [word for word in (ROOT / "ingest" / "words.txt").read_text(encoding="utf-8").split() if word.isalpha()]
    Random(1).shuffle(words)
    return tuple(words)


@cache
def _subjects() -> tuple[str, ...]:
    random, short = Random(2), [word for word in _words() if 4 <= len(word) <= 8]
    return tuple("".join(random.choices(short, k=2)) for _ in range(_SUBJECTS))
