"""The pipeline most people would write, as the baseline everything is measured against.

pypdf's text of the whole file, cut every 1,000 characters with 200 overlap, the same encoder, exact search, no words,
no items. A chunk is credited with the agenda item that most of it lies in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.encoders import Encoder

SIZE, STEP = 1000, 800


@dataclass(frozen=True)
class Chunk:
    """A piece of a file's text. `number` is the punkt most of it belongs to; `straddles` says that it holds more."""

    text: str
    number: str
    straddles: bool


def chunks(path: Path) -> list[Chunk]:
    """The chunks of a PDF. Which punkt a chunk is in comes from the headings, which the pipeline itself never reads."""
    import pypdf

    return cut("\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages))


def cut(text: str) -> list[Chunk]:
    """The chunks of a file's text."""
    heads = [(match.start(), match[1]) for match in re.finditer(r"^Punkt (\d+):", text, re.MULTILINE)]
    found = []
    for start in range(0, len(text), STEP):
        end = min(start + SIZE, len(text))
        inside = [
            (min(end, stop) - max(start, begin), number)
            for (begin, number), (stop, _) in zip(heads, [*heads[1:], (len(text), "")], strict=True)
            if begin < end and start < stop
        ]
        if inside:
            found.append(Chunk(text[start:end], max(inside)[1], straddles=len(inside) > 1))
    return found


class Naive:
    """Dense search over chunks, exact."""

    def __init__(self, pieces: list[Chunk], encoder: Encoder) -> None:
        self._pieces, self._encoder = pieces, encoder
        self._matrix: NDArray[np.float32] = encoder.passages([piece.text for piece in pieces])

    def numbers(self, question: str) -> list[str]:
        """The punkter found, the best first, each once."""
        scores = self._matrix @ self._encoder.questions([question])[0]
        return list(dict.fromkeys(self._pieces[index].number for index in np.argsort(-scores, kind="stable")))
