"""Turn text into vectors: by the bundled table, by any sentence-transformers model, by a fake for tests.

Each encoder says which model it is, so that an archive can refuse to mix the vectors of two. Only `SentenceEncoder`
needs torch, which takes seconds to import; the bundled model is read with numpy and tokenizers alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest import hub
from ingest.errors import EncoderUnavailable
from ingest.holdings import EncoderIdentity

BUNDLED = Path(__file__).resolve().parent.parent / "data" / "model"
BUNDLED_NAME = "punktsvar-static-da-en"
WORD_HASH_NAME = "word-hash"

WEIGHTS_AND_TOKENIZER = re.compile(r".+\.(safetensors|bin|model)|tokenizer\.json|vocab\.(txt|json)|merges\.txt")


class Encoder(Protocol):
    """Text to vectors: float32 of shape (len(texts), dimension). A row has length 1, so that a dot product is a cosine,
    or is all zeros for a text without any token the model knows. No row depends on the other texts of the call."""

    @property
    def identity(self) -> EncoderIdentity:
        """Which model this is. `load(identity.name)` gives it back where that model is at hand."""
        ...

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of texts to be found."""
        ...

    def questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of texts to search with; some models treat them differently."""
        ...


def load(name: str | None = None, *, may_download: bool = True) -> Encoder:
    """The encoder called `name`: None for the bundled one, else a model folder or a model's name on the hub.

    "word-hash" is `WordHashEncoder`, for tests. The network is used only for a hub model that is not on this machine
    yet, and only if `may_download`. Raises `EncoderUnavailable`.
    """
    if name is None or name == BUNDLED_NAME:
        return StaticEncoder(BUNDLED)
    if name == WORD_HASH_NAME:
        return WordHashEncoder()
    folder = Path(name).expanduser()
    return StaticEncoder(folder) if is_static(folder) else SentenceEncoder(name, may_download=may_download)


class StaticEncoder:
    """A table of token vectors in a folder: the vector of a text is the mean of its tokens', scaled to length 1.

    The same as `SentenceEncoder` on the same folder, without torch, except that a text of unknown tokens only gets
    zeros: the model's vector for "unknown" would make all such texts alike. Raises `EncoderUnavailable`.
    """

    def __init__(self, folder: Path) -> None:
        self._tokenizer, self._table = _read_static(folder)
        self._unknown = {self._tokenizer.token_to_id(each) for each in ("[UNK]", "<unk>")}
        name = BUNDLED_NAME if folder.resolve() == BUNDLED else str(folder.resolve())
        self.identity = EncoderIdentity(name, _digest(folder), self._table.shape[1])

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.identity.dimension), dtype=np.float32)
        for row, tokens in zip(vectors, self._tokens(texts), strict=True):
            if not self._unknown.issuperset(tokens):
                # The table stays in half precision, as on disk: turning all of it to float32 costs 0.1 s at start.
                row[:] = _unit(self._table[tokens].mean(axis=0, dtype=np.float32))
        return vectors

    questions = passages  # the model makes no difference

    def sums(self, words: Sequence[str]) -> NDArray[np.float32]:
        """For each word the sum of its tokens' vectors; zeros where the model knows none of them. The words' sums of a
        text, added and scaled to length 1, are its vector."""
        sums = np.zeros((len(words), self.identity.dimension), dtype=np.float32)
        for row, tokens in zip(sums, self._tokens(words), strict=True):
            if not self._unknown.issuperset(tokens):
                row[:] = self._table[tokens].sum(axis=0, dtype=np.float32)
        return sums

    def _tokens(self, texts: Sequence[str], *, batch: int = 1024) -> Iterator[list[int]]:
        for start in range(0, len(texts), batch):
            part = list(texts[start : start + batch])
            for encoding in self._tokenizer.encode_batch_fast(part, add_special_tokens=False):
                yield encoding.ids


class SentenceEncoder:
    """Any sentence-transformers model, by folder or by name on the hub, with the prompts it was trained with.

    Looks on this machine first; asks the hub only for what is not here, only if `may_download`, and only after a
    probe of at most 2 seconds (by itself the library tries for 70). Raises `EncoderUnavailable`.
    """

    def __init__(self, name: str, *, may_download: bool = True) -> None:
        folder = Path(name).expanduser()
        if folder.is_dir():
            name = str(folder.resolve())
        self._model, dimension = hub.open_model(name, may_download=may_download)
        revision = _digest(folder) if folder.is_dir() else hub.cached_commit(name) or "unknown"
        self.identity = EncoderIdentity(name, revision, dimension)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(self._model.encode_document, texts)

    def questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encode(self._model.encode_query, texts)

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.identity.dimension), dtype=np.float32)
        vectors = encode(list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False)
        return np.ascontiguousarray(vectors, dtype=np.float32)


class WordHashEncoder:
    """A stand-in for tests: counts words in buckets by hash. Texts that share a word have a positive cosine; the same
    text gives the same vector in every process."""

    def __init__(self, dimension: int = 64) -> None:
        self.identity = EncoderIdentity(WORD_HASH_NAME, "1", dimension)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.identity.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % len(row)] += 1
            row[:] = _unit(row)
        return vectors

    questions = passages


def is_static(folder: Path) -> bool:
    """True when `StaticEncoder` can read the folder: its modules are StaticEmbedding and at most a Normalize, and the
    model asks for no prompts."""
    modules, configuration = (_json(folder / f"{file}.json") for file in ("modules", "config_sentence_transformers"))
    try:
        kinds = [module["type"].rpartition(".")[2] for module in modules]
        prompts = (configuration or {}).get("prompts") or {}
    except (AttributeError, KeyError, TypeError):  # not there, or another program's modules.json
        return False
    return kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"]) and not any(prompts.values())


def _read_static(folder: Path) -> tuple[Any, NDArray[Any]]:
    """The tokenizer and the table of a static model, with a row for each token."""
    remedy = "copy the folder anew, or name another model with --model"
    if not is_static(folder):
        raise EncoderUnavailable(f"{folder}: no static model here (see its modules.json); {remedy}")
    try:
        from safetensors import safe_open
        from tokenizers import Tokenizer

        home = folder / _json(folder / "modules.json")[0].get("path", "")
        tokenizer = Tokenizer.from_file(str(home / "tokenizer.json"))
        tokenizer.no_padding()
        with safe_open(home / "model.safetensors", framework="numpy") as weights:
            table: NDArray[Any] = weights.get_tensor("embedding.weight")
    except Exception as fault:  # both libraries raise bare Exception for damaged files
        raise EncoderUnavailable(f"{folder}: the model is damaged ({hub.first_line(fault)}); {remedy}") from fault
    if tokenizer.get_vocab_size() > len(table):
        raise EncoderUnavailable(f"{folder}: tokenizer and table belong to different models; {remedy}")
    return tokenizer, table


def _digest(folder: Path) -> str:
    """The first 16 hex digits of the SHA-256 over weights and tokenizer, with their names."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if WEIGHTS_AND_TOKENIZER.fullmatch(path.name)):
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest() + path.relative_to(folder).as_posix().encode())
    return total.hexdigest()[:16]


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.linalg.norm(vector)
    return vector / length if length > 0 else vector


def _json(path: Path) -> Any:
    """The content of a JSON file; None when there is none to be read."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
