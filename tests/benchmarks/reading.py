"""How fast a PDF becomes a meeting, and which share of that is ours: bare extraction and our steps, in the same run.

python -m tests.benchmarks.reading [FILE]
"""

from __future__ import annotations

import json
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from ingest import headings, minutes, normalise, privacy, reading
from ingest.model import Document
from ingest.normalise import Text
from ingest.readers import extract, pdf, pypdf_text
from tests.benchmarks.timing import interleaved
from tests.example import formats, loader

ITEMS = 30

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "minutes" / "aarhus-byraad-2025-08-27.pdf"  # not ours to ship; used where it is at hand
SAMPLE = ROOT / "data" / "minutes" / "herning-beskaeftigelsesudvalget-2026-04-28.pdf"


def report(path: Path | None = None) -> None:
    """Print the table for the PDF at `path`: by default real minutes of 28 pages, or the sample where they are not."""
    path = path or (REAL if REAL.exists() else SAMPLE)
    content = path.read_bytes()
    document = Document(str(path), "", "application/pdf", pdf.pages(content), True)
    clean = _cleaned(document)
    works = {
        "pypdf, text alone": lambda: _by_pypdf(content),
        "pdfium, text alone": lambda: _by_pdfium(content),
        "pypdf, lines and gaps (the fallback)": lambda: list(pypdf_text.read(content)),
        "pdfium, lines and gaps": lambda: list(extract.read(content)),
        "the reader: the same in a process of its own": lambda: pdf.pages(content),
        "cleaning and masking": lambda: _cleaned(document),  # before parsing: what it remembers of lines helps there
        "parsing": lambda: minutes.parse(clean),
    }
    taken = dict(zip(works, interleaved(list(works.values())), strict=True))
    pages = len(document.pages)
    print(f"\n| {path.name}, {pages} pages | ms | pages/s |\n|---|---|---|")
    for name, seconds in taken.items():
        print(f"| {name} | {1000 * seconds:.0f} | {pages / seconds:.0f} |")
    bare_pypdf, bare_pdfium, _, _, reader, *ours = taken.values()
    print(f"\nOn top of extraction: {pages / sum(ours):.0f} pages/s, {_share(sum(ours), reader)} of file to meeting")
    print(f"(pypdf alone instead of our reader: {_share(sum(ours), bare_pypdf)}).")
    print(f"pdfium is {bare_pypdf / bare_pdfium:.1f} times as fast as pypdf; our whole way, lines, gaps, cleaning and")
    print(f"parsing included, takes {(reader + sum(ours)) / bare_pypdf:.2f} of the time of pypdf's text alone.")
    _report_json()


def _report_json() -> None:
    """Print how many meetings a minute come out of FirstAgenda JSON, beside the time its JSON alone takes. Meetings of
    six items are short: the largest of the invented municipality is given thirty, as a council has them."""
    render = formats.RENDERERS["firstagenda-json"]
    meeting = max(loader.meetings(), key=lambda each: len(each.items))
    answer = json.loads(render(meeting).content)
    names = next(key for key in answer if key.lower().endswith(("punkter", "items")))
    answer[names] = [answer[names][place % len(answer[names])] for place in range(ITEMS)]
    content = json.dumps(answer).encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meeting.json"
        path.write_bytes(content)
        whole, bare = interleaved([lambda: reading.parse(path), lambda: json.loads(content)])
    print(
        f"\nFirstAgenda JSON, {ITEMS} items, {len(content) // 1000} kB: {60 / whole:.0f} meetings a minute on one core;"
    )
    print(f"the JSON alone takes {100 * bare / whole:.0f} % of that time.")


def _share(ours: float, extraction: float) -> str:
    return f"{100 * ours / (ours + extraction):.0f} %"


def _cleaned(document: Document) -> Text:
    headings.section.cache_clear()  # each run is to be like the first
    text = normalise.clean(document)
    return Text(privacy.mask_cpr(text.text), text.page_breaks)


def _by_pypdf(content: bytes) -> list[str]:
    import pypdf

    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]


def _by_pdfium(content: bytes) -> list[str]:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range() for page in document]


if __name__ == "__main__":
    report(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
