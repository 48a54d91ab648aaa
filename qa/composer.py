"""An answer → a wording of it by a language model at an address, or a word on why there is none.

An option, off unless an address is given: any server that speaks OpenAI's chat completions (Ollama, llama.cpp, vLLM,
Azure). Whatever it does, slow, broken or hostile, the extractive answer stands as it would without it.
"""

from __future__ import annotations

import ipaddress
import json
import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from ingest.holdings import Entry
from qa import compose, grounds, texts
from qa.model import Claim, Language, Question, Worded

if TYPE_CHECKING:
    import httpx

SECONDS = 20.0
_SIZE = 1_000_000  # bytes of a reply; six sentences take a few thousand
_TOKENS = 1_500  # of a reply
_PATH = "/chat/completions"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked, and how: `model` is its name there, "" where the address says it (llama.cpp, Azure).

    `address` is the server's base ("http://127.0.0.1:11434/v1") or the whole address of its chat completions; `seconds`
    is the longest a whole exchange may take. Raises `ValueError`, never with the key in it, for an address that is not
    https or on this machine, for one that holds a password, and for a key or time that cannot be used.
    """

    address: str
    model: str = ""
    key: str = field(default="", repr=False)
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        if (fault := _fault(self.address)) is not None:
            raise ValueError(fault)
        if not 0 < self.seconds <= 600:
            raise ValueError(f"{self.seconds:g} seconds for a wording: give more than 0 and at most 600")
        if not all("!" <= letter <= "~" for letter in self.key):
            raise ValueError("the key for the language model holds blanks or letters that no key has")

    @property
    def url(self) -> str:
        """The address of the chat completions."""
        parts = urlsplit(self.address)
        path = parts.path.rstrip("/")
        return urlunsplit(parts._replace(path=path if path.endswith(_PATH) else path + _PATH, fragment=""))

    @property
    def is_local(self) -> bool:
        """True when it is on this machine."""
        return _is_loopback(urlsplit(self.address).hostname or "")

    @property
    def is_protected(self) -> bool:
        """True for https."""
        return urlsplit(self.address).scheme == "https"

    def headers(self) -> dict[str, str]:
        """What goes along with the question; the key in the form its server wants."""
        plain = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        if not self.key:
            return plain
        is_azure = "/openai/deployments/" in self.url or (urlsplit(self.url).hostname or "").endswith(".azure.com")
        return plain | ({"api-key": self.key} if is_azure else {"Authorization": f"Bearer {self.key}"})


@dataclass(frozen=True, slots=True)
class Wording:
    """What came of it: sentences that held, and what the reader has to be told ("" for nothing)."""

    worded: tuple[Worded, ...] = ()
    note: str = ""


class Composer:
    """Asks one endpoint. Keeps nothing between questions; safe to share between threads."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def compose(self, question: Question, claims: Sequence[Claim], entries: Sequence[Entry]) -> Wording:
        """A wording of the answer that `claims` give, from the items among `entries` that they cite.

        Never raises for what the other side does: then there is a note, in the language of the question. Nobody is
        asked, and nothing said, where there is no claim or the items are closed.
        """
        offered = grounds.gather(claims, entries)
        if not offered:
            return Wording()
        say = texts.of(question.language)
        try:
            proposed = compose.read(self._exchange(compose.messages(question, offered)))
        except _Late:
            seconds = f"{self._endpoint.seconds:g}"
            decimal = "," if question.language is Language.DANISH else "."
            return Wording(note=say.wording_late.format(seconds=seconds.replace(".", decimal)))
        except _Refused as fault:
            return Wording(note=say.wording_refused.format(status=fault))
        except _Broken:
            return Wording(note=say.wording_broken)
        except compose.Unusable:
            return Wording(note=say.wording_unusable)
        worded = compose.held(proposed, offered, question.language)
        return Wording(worded) if worded else Wording(note=say.wording_unheld)

    def _exchange(self, messages: list[dict[str, str]]) -> bytes:
        """The reply to a chat. Raises `_Late`, `_Refused` and `_Broken`, and `Unusable` for one that is too much."""
        import httpx

        body = {
            "messages": messages,
            "temperature": 0,
            "max_tokens": _TOKENS,
            "stream": False,
            "response_format": {"type": "json_object"},
        }
        body |= {"model": self._endpoint.model} if self._endpoint.model else {}
        client = httpx.Client(
            timeout=self._endpoint.seconds,
            follow_redirects=False,
            trust_env=not self._endpoint.is_local,  # a question for this machine must not go by way of a proxy
            verify=self._endpoint.is_protected,  # without TLS nothing is verified, and reading certificates takes 40 ms
        )
        return _within(self._endpoint, client, json.dumps(body).encode())


class _Late(Exception):
    """No whole answer in time."""


class _Refused(Exception):
    """Another status than 200; its text is that status."""


class _Broken(Exception):
    """The server cannot be reached, or breaks off."""


def _within(endpoint: Endpoint, client: httpx.Client, body: bytes) -> bytes:
    """The reply, or `_Late` when the whole of it is not there in time.

    In a thread of its own, because the library's limits are for each piece: a server that drips bytes, into its headers
    too, keeps within them for ever. Closing the client breaks the connection off, and with it the thread's work.
    """
    box: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()
    deadline = time.monotonic() + endpoint.seconds

    def work() -> None:
        try:
            box.put(_send(endpoint, client, body, deadline))
        except Exception as fault:  # whatever it is: the one who waits must hear of it
            box.put(fault)

    threading.Thread(target=work, name="wording", daemon=True).start()
    try:
        outcome = box.get(timeout=endpoint.seconds)
    except queue.Empty:
        raise _Late from None
    finally:
        client.close()
    if isinstance(outcome, bytes):
        return outcome
    raise _ours(outcome) from None


def _send(endpoint: Endpoint, client: httpx.Client, body: bytes, deadline: float) -> bytes:
    with client.stream("POST", endpoint.url, content=body, headers=endpoint.headers()) as response:
        if response.status_code != 200:  # a redirect too: what was sent is meant for one address
            raise _Refused(f"HTTP {response.status_code}")
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise compose.Unusable("packed")  # a few bytes may unpack to gigabytes; we asked for none
        content = bytearray()
        for piece in response.iter_raw():
            content += piece
            if len(content) > _SIZE:
                raise compose.Unusable(f"more than {_SIZE} bytes")
            if time.monotonic() > deadline:
                raise _Late
        return bytes(content)


def _ours(fault: Exception) -> Exception:
    """A fault as one of ours. The text of another's may hold anything, the key too, so it goes no further."""
    import httpx

    if isinstance(fault, _Late | _Refused | compose.Unusable):
        return fault
    return _Late() if isinstance(fault, httpx.TimeoutException) else _Broken()


def _fault(address: str) -> str | None:
    """Why an address cannot be asked; None when it can."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return "the address of the language model cannot be read; write it like http://127.0.0.1:11434/v1"
    if parts.username is not None or parts.password is not None:
        return "the address of the language model holds a name or password; set PUNKTSVAR_COMPOSE_KEY instead"
    shown = f"{parts.scheme}://{host}{f':{port}' if port else ''}"
    if parts.scheme not in ("http", "https") or not host or not address.isascii() or not address.isprintable():
        return f"{shown}: is no address of a language model; write it like http://127.0.0.1:11434/v1"
    if parts.scheme == "http" and not _is_loopback(host):
        return f"{shown}: is not on this machine, and unprotected; use https"
    return None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
