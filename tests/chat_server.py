"""A server of chat completions on this machine that answers as it is told, and misbehaves in every way seen."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATH = "/v1/chat/completions"


@dataclass
class Chat:
    """What the server was sent, and what it does: `act` writes the whole answer to a request."""

    base: str = ""
    act: Callable[[Handler], None] = lambda handler: handler.reply(b"")
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def forget(self) -> None:
        """Nobody has asked yet."""
        for each in (self.requests, self.headers, self.paths):
            each.clear()

    def says(self, content: object) -> None:
        """Reply with a chat completion of this content, JSON unless it is a string."""
        self.sends(completion(content))

    def sends(self, body: bytes, status: int = 200, **headers: str) -> None:
        """Reply with these bytes."""
        self.act = lambda handler: handler.reply(body, status, headers)

    def sent(self) -> dict[str, Any]:
        """The data in the last request, as the model would read it."""
        data: dict[str, Any] = json.loads(self.requests[-1]["messages"][1]["content"])
        return data


class Handler(BaseHTTPRequestHandler):
    """One request; `chat` is set by `serving`."""

    chat: Chat

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.chat.requests.append(json.loads(body))
        self.chat.headers.append({name.lower(): value for name, value in self.headers.items()})
        self.chat.paths.append(self.path)
        with contextlib.suppress(OSError):  # whoever asked has gone
            self.chat.act(self)

    def reply(self, body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self, start: bytes, piece: bytes) -> None:
        """The start of an answer, then one piece after the other until nobody listens."""
        self.wfile.write(start)
        while not self.chat.is_over.wait(0.02):
            self.wfile.write(piece)
            self.wfile.flush()

    def stay_silent(self) -> None:
        self.chat.is_over.wait(10)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def serving() -> Iterator[Chat]:
    """The server, until the block ends."""
    chat = Chat()
    handler = type("OneHandler", (Handler,), {"chat": chat})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    chat.base = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield chat
    finally:
        chat.is_over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def completion(content: object, **message: object) -> bytes:
    """The body of a chat completion."""
    text = content if isinstance(content, str) or content is None else json.dumps(content, ensure_ascii=False)
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text, **message}}
    return json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode()


def claim(text: str, *rests_on: tuple[int, str]) -> dict[str, object]:
    """A claim in the form the model is asked for."""
    return {"text": text, "rests_on": [{"number": number, "quote": quote} for number, quote in rests_on]}


def sentences(sent: dict[str, Any]) -> Sequence[dict[str, Any]]:
    """The numbered sentences in what was sent."""
    return [each for item in sent["items"] for each in item["sentences"]]


def until(is_so: Callable[[], bool], seconds: float = 3.0) -> bool:
    """True as soon as it is so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.01)
    return is_so()
