"""Every format, damaged in every way: read, or refused with a reason, and whatever is read is whole in itself."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable

import docx
import pytest
import test_edagsorden
import test_firstagenda
import test_sager
import test_web_pages

from ingest import minutes, normalise, readers
from ingest.errors import MinutesError
from ingest.model import Minutes
from ingest.outline import StructuredDocument

ODD_VALUES = (
    None, True, 0, -1, 1e308, "", " ", "2026-02-30", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", [], {}, [None],
    {"a": {}}, "<h3>", "\ud800", "\x00", 10**30, "Lukket: x", "a/b", "Punkt 3: x", "1" * 500,
)  # fmt: skip


def meetings(content: bytes) -> tuple[Minutes, ...]:
    document = readers.interpret(content, "fil")
    if isinstance(document, StructuredDocument):
        return tuple(minutes.compose(outline) for outline in document.outlines)
    return (minutes.parse(normalise.clean(document)),)


def outcome(content: bytes) -> str:
    """What came of a file. Anything but one of our own errors ends the test."""
    try:
        held = meetings(content)
    except MinutesError as fault:
        return type(fault).__name__
    for each in held:
        for item in each.items:
            assert "".join(section.span.of(item.text) for section in item.sections) == item.text
            assert item.text.encode()  # no half characters
    return "read"


def broken(content: bytes, chance: random.Random) -> bytes:
    """The bytes with some changed, left out or repeated, or cut off."""
    held = bytearray(content)
    for _ in range(chance.choice((1, 5, 50))):
        at = chance.randrange(len(held))
        how = chance.random()
        if how < 0.4:
            held[at] = chance.randrange(256)
        elif how < 0.7:
            del held[at : at + chance.randrange(1, 40)]
        else:
            start = chance.randrange(len(held))
            held[at:at] = held[start : start + chance.randrange(1, 200)]
    return bytes(held[: chance.randrange(1, len(held))] if chance.random() < 0.3 else held)


def odd(value: object, chance: random.Random, share: float) -> object:
    """A JSON value with a share of the values in it replaced, renamed or left out."""
    if chance.random() < share:
        return chance.choice(ODD_VALUES)
    if isinstance(value, dict):
        return {
            (name.swapcase() if chance.random() < share else name): odd(held, chance, share)
            for name, held in value.items()
            if chance.random() > share
        }
    return [odd(each, chance, share) for each in value] if isinstance(value, list) else value


def odd_tags(markup: str, chance: random.Random) -> bytes:
    """Markup with some of its tags left out, moved or repeated, and some letters changed to others that matter."""
    for _ in range(chance.choice((1, 5, 50))):
        tags = [match.span() for match in re.finditer(r"<[^>]*>", markup)]
        if not tags:
            break
        (start, end), at = chance.choice(tags), chance.randrange(len(markup))
        how = chance.random()
        if how < 0.4:
            markup = markup[:at] + markup[start:end] + markup[at:]
        elif how < 0.7:
            markup = markup[:start] + markup[end:]
        else:
            markup = markup[:at] + chance.choice("<>&\"'/ 1:.\n") + markup[at + 1 :]
    return markup.encode("utf-8")


def word() -> dict[str, bytes]:
    """The parts of a document that has all that the reader knows of."""
    document = docx.Document()
    for words, style in (("Referat", "Title"), ("Punkt 1: Badet", "Heading 1"), ("at det åbnes", "List Number")):
        document.add_paragraph(words, style=style)
    document.add_table(rows=2, cols=2).cell(0, 0).text = "År"
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}


PARTS = word()


def odd_word(chance: random.Random) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, content in PARTS.items():
            is_hit = name.startswith("word/") and name.endswith(".xml") and chance.random() < 0.3
            package.writestr(name, odd_values(content.decode(), chance) if is_hit else content)
    return buffer.getvalue()


def odd_values(xml: str, chance: random.Random) -> str:
    """XML that is still well-formed, with values exchanged and empty elements left out."""
    for _ in range(chance.choice((1, 10))):
        spans = [match.span() for match in re.finditer(r'w:val="[^"]*"|<w:\w+[^<>]*/>', xml)]
        if not spans:
            break
        start, end = chance.choice(spans)
        xml = (
            xml[:start]
            + (f'w:val="{chance.choice(("", "x", "-1", "99999999"))}"' if xml[start] == "w" else "")
            + xml[end:]
        )
    return xml


JSON = test_firstagenda.answer()
SAGER = {
    "sager": {
        "a": test_sager.sag(1, ("Beslutning", "Godkendt.\n\n• at")),
        "b": test_sager.sag(2, bilag=[{"navn": "x"}]),
    }
}
XML = test_edagsorden.export(test_edagsorden.agenda(test_edagsorden.BATH))
WHOLE: dict[str, bytes] = {
    "FirstAgenda": json.dumps(JSON).encode(),
    "sager": json.dumps(SAGER).encode(),
    "eDagsorden": XML.encode(),
    "gemt side": test_firstagenda.PAGE.encode(),
    "webside": test_web_pages.PAGE.encode(),
    "Word": odd_word(random.Random(0)),
}
ODD: dict[str, Callable[[random.Random], bytes]] = {
    "FirstAgenda": lambda chance: json.dumps(odd(JSON, chance, chance.choice((0.02, 0.1)))).encode(),
    "sager": lambda chance: json.dumps(odd(SAGER, chance, chance.choice((0.02, 0.1)))).encode(),
    "eDagsorden": lambda chance: odd_tags(XML, chance),
    "gemt side": lambda chance: odd_tags(test_firstagenda.PAGE, chance),
    "webside": lambda chance: odd_tags(test_web_pages.PAGE, chance),
    "Word": odd_word,
}


@pytest.mark.parametrize("name", WHOLE)
def test_damaged_bytes_are_read_or_refused(name: str) -> None:
    chance = random.Random(2026)
    found = Counter(outcome(broken(WHOLE[name], chance)) for _ in range(80))
    assert sum(found.values()) - found["read"] > 5


@pytest.mark.parametrize("name", ODD)
def test_odd_content_in_a_sound_file_is_read_or_refused(name: str) -> None:
    chance = random.Random(2027)
    found = Counter(outcome(ODD[name](chance)) for _ in range(80))
    assert len(found) > 1 or name == "Word"


def test_reading_a_file_twice_gives_the_same() -> None:
    for name, content in WHOLE.items():
        if name != "Word":
            assert meetings(content) == meetings(content), name
