"""The formats by name, and the files of the whole municipality in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tests.example import (
    loader,
    render_docx,
    render_firstagenda,
    render_html,
    render_koebenhavn,
    render_pdf,
    render_text,
    render_xml,
)
from tests.example.facts import Meeting
from tests.example.houses import HOUSES
from tests.example.rendered import Rendered

RENDERERS: dict[str, Callable[[Meeting], Rendered]] = {
    "firstagenda-json": render_firstagenda.answer,
    "firstagenda-html": render_html.page,
    "firstagenda-pdf": render_pdf.firstagenda,
    "edoc-pdf": render_pdf.edoc,
    "acadre-pdf": render_pdf.acadre,
    "acadre-docx": render_docx.document,
    "sbsys-xml": render_xml.publication,
    "text": render_text.text,
    "markdown": render_text.markdown,
}
# Files that hold more than one meeting: format → name and content.
COLLECTIONS: dict[str, tuple[str, Callable[[], Rendered]]] = {
    "koebenhavn-json": ("sager.json", render_koebenhavn.collection),
    # As the site names it: with .json behind it, `add FOLDER` would look for a meeting in it.
    "firstagenda-json": ("udvalgsliste", render_firstagenda.every),
}


def files(name: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file that the format `name` has."""
    if name in RENDERERS:
        for meeting in loader.meetings():
            yield f"{meeting.slug}.{HOUSES[name].suffix}", RENDERERS[name](meeting).content
    if name in COLLECTIONS:
        file, render = COLLECTIONS[name]
        yield file, render().content


def write(folder: Path, names: Iterable[str]) -> list[Path]:
    """Write the formats asked for, each into a folder of its name; the paths in the order written."""
    written = []
    for name in names:
        (folder / name).mkdir(parents=True, exist_ok=True)
        for file, content in files(name):
            written.append(folder / name / file)
            written[-1].write_bytes(content)
    return written
