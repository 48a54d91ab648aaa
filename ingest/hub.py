"""A model's name → a loaded sentence-transformers model: from this machine first, from the hub only when asked to.

By itself the library tries a hub that does not answer for 70 seconds; here a probe of at most two decides.
"""

from __future__ import annotations

import logging
import os
import re
import socket
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from ingest.errors import EncoderUnavailable

# Prefixes that model cards ask for, where the model's own configuration has no prompts: the e5 family came before them.
PREFIXES = ((r"(^|[/\\-])e5-(small|base|large)(-v2)?$", {"query": "query: ", "document": "passage: "}),)


def open_model(name: str, *, may_download: bool) -> tuple[Any, int]:
    """The sentence-transformers model and its dimension, from this machine if it is here, else from the hub.

    Raises `EncoderUnavailable` with what is wrong and what to do.
    """
    remedy = (
        "fetch it on a machine with network, give the folder of a sentence-transformers model, "
        "or leave out --model for the bundled one"
    )
    opened: tuple[Any, int] = _open(name, _construct, may_download=may_download, remedy=remedy)
    return opened


def open_reranker(name: str, *, may_download: bool) -> Any:
    """The cross-encoder called `name`, as `open_model` opens models."""
    remedy = "fetch it on a machine with network, give the folder of a cross-encoder, or leave out --rerank"
    return _open(name, _construct_reranker, may_download=may_download, remedy=remedy)


def _open(name: str, construct: Callable[..., Any], *, may_download: bool, remedy: str) -> Any:
    fault: Exception | None = None
    why = "not on this machine"
    if Path(name).is_dir() or cached_commit(name):
        try:
            with _quiet(offline=True):
                return construct(name, offline=True)
        except Exception as broken:  # torch, transformers and the model's own code may raise anything
            fault, why = broken, f"cannot be loaded from this machine ({first_line(broken)})"
    if Path(name).is_dir():
        raise EncoderUnavailable(f"{name}: {why}; {remedy}") from fault
    if not may_download or not hub_answers():
        network = "the model hub does not answer" if may_download else "nothing may be downloaded now"
        raise EncoderUnavailable(f"{name}: {why}, and {network}; {remedy}") from fault
    try:
        with _quiet(offline=False):
            return construct(name, offline=False)
    except Exception as refused:
        raise EncoderUnavailable(f"{name}: {why}, nor to be had ({first_line(refused)}); {remedy}") from refused


@contextmanager
def _quiet(*, offline: bool) -> Iterator[None]:
    """No progress bars, warnings or telemetry; `offline`: no requests."""
    from huggingface_hub import constants
    from huggingface_hub.utils.tqdm import disable_progress_bars

    was_offline = constants.HF_HUB_OFFLINE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        disable_progress_bars()
        for library in ("sentence_transformers", "transformers", "huggingface_hub"):
            logging.getLogger(library).setLevel(logging.ERROR)
        constants.HF_HUB_DISABLE_TELEMETRY = True
        # `local_files_only` alone lets transformers ask the hub to convert old weights.
        constants.HF_HUB_OFFLINE = was_offline or offline
        try:
            yield
        finally:
            constants.HF_HUB_OFFLINE = was_offline


def _construct(name: str, *, offline: bool) -> tuple[Any, int]:
    """The model in float32 and its dimension."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(name, local_files_only=offline).float()  # half precision: empty text is NaN
    if not any(model.prompts.values()):
        model.prompts.update(prefixes(name))
    return model, len(model.encode_document("punkt", show_progress_bar=False))


def _construct_reranker(name: str, *, offline: bool) -> Any:
    from sentence_transformers import CrossEncoder

    model = CrossEncoder(name, local_files_only=offline)
    model.predict([("punkt", "punkt")], show_progress_bar=False)  # a folder of another kind shows it only here
    return model


def prefixes(name: str) -> dict[str, str]:
    """The prompts that the model called `name` needs although it does not say so itself; mostly none."""
    return next((prompts for pattern, prompts in PREFIXES if re.search(pattern, name)), {})


def cached_commit(name: str) -> str | None:
    """The commit of the hub model `name` that is cached on this machine, wholly or in part; None when none is."""
    from huggingface_hub import try_to_load_from_cache

    folder = os.environ.get("SENTENCE_TRANSFORMERS_HOME")
    with suppress(ValueError):  # a name that no hub could know
        for repository in (name,) if "/" in name else (name, f"sentence-transformers/{name}"):
            for file in ("modules.json", "config.json"):
                path = try_to_load_from_cache(repository, file, cache_dir=folder)
                if isinstance(path, str):
                    return Path(path).parent.name
    return None


def hub_answers(*, timeout: float = 2.0) -> bool:
    """True when the model hub, or the proxy on the way to it, takes a connection within `timeout` seconds."""
    from huggingface_hub import constants

    if constants.HF_HUB_OFFLINE:
        return False
    hub = urlsplit(constants.ENDPOINT)
    proxy = None if proxy_bypass(hub.hostname or "") else getproxies().get(hub.scheme)
    door = hub if proxy is None else urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    answered = threading.Event()

    def knock() -> None:
        address = (door.hostname or "", door.port or (443 if door.scheme == "https" else 80))
        with suppress(OSError, ValueError), socket.create_connection(address, timeout=timeout):
            answered.set()

    # In a thread, because a name server that does not answer would hold us far longer than `timeout`.
    attempt = threading.Thread(target=knock, daemon=True)
    attempt.start()
    attempt.join(timeout)
    return answered.is_set()


def first_line(fault: Exception) -> str:
    """What a foreign error says, short enough for a message of ours."""
    return (str(fault).strip() or type(fault).__name__).splitlines()[0][:200]
