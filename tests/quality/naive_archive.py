"""The naive pipeline over all files of an archive, its chunks credited with the items they mostly lie in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.archive import Archive
from ingest.encoders import Encoder
from ingest.files import locate
from tests.benchmarks.naive import chunks, cut


@dataclass(frozen=True)
class NaiveArchive:
    """Dense search over the chunks of many files, exact."""

    encoder: Encoder
    keys: tuple[str, ...]
    matrix: NDArray[np.float32]

    def items(self, question: str) -> list[str]:
        """The keys of the items found, the best first, each once."""
        scores = self.matrix @ self.encoder.questions([question])[0]
        return list(dict.fromkeys(self.keys[index] for index in np.argsort(-scores, kind="stable")))


def over(archive: Archive, encoder: Encoder) -> NaiveArchive:
    """The naive pipeline over the PDF and text files that an archive was made of."""
    keys, texts = [], []
    for document in archive.documents():
        path = locate(document.source, archive.path)
        if document.meeting is None or path is None or not path.is_file():
            continue
        for chunk in chunks(path) if path.suffix == ".pdf" else cut(path.read_text(encoding="utf-8")):
            keys.append(f"{document.meeting}/{chunk.number}")
            texts.append(chunk.text)
    return NaiveArchive(encoder, tuple(keys), encoder.passages(texts))
