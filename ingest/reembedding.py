"""An archive's passages → the vectors of another model, made beside the old ones and exchanged in one transaction.

The archive answers with the old vectors until the new are complete. A run that is stopped goes on where it was; one
that fails leaves the archive as it found it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.passages import embedded

if TYPE_CHECKING:
    from ingest.archive import Archive
    from ingest.encoders import Encoder
    from ingest.pipeline import Progress

BATCH = 512  # passages embedded and written at a time: what an interrupted run loses at most


def reembed(archive: Archive, encoder: Encoder, *, progress: Progress | None = None) -> int:
    """Give all passages vectors by `encoder`; returns how many this run made, 0 when they are all its own already.

    Passages that another process adds meanwhile are taken in before the exchange.
    """
    if archive.encoder() == encoder.identity and not archive.passages_without_vectors():
        archive.abandon_coming()
        return 0
    before, made, total = archive.begin_coming(encoder.identity), 0, archive.counts().passages
    while not archive.take_over(encoder.identity):
        ids = archive.missing_coming(limit=BATCH)
        texts = archive.passage_texts(ids)
        there = [number for number in ids if number in texts]
        vectors = encoder.passages([embedded(*texts[number]) for number in there])
        archive.add_coming(there, vectors, encoder.identity)
        made += len(there)
        if progress is not None:
            progress(before + made, max(total, before + made), encoder.identity.name)
    return made
