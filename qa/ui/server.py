"""The app behind security headers: `python -m qa.ui.server`, which takes the place of `streamlit run app.py`.

The page says that it is Danish before any script runs, lies in nobody's frame, and runs only scripts of its own; what
Streamlit answers to programs, and uploads where nothing may be uploaded, is not there.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from qa import access
from qa.settings import Settings, SettingsWrong, read

ROOT = Path(__file__).resolve().parents[2]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Message, Receive, Send], Awaitable[None]]

_LANGUAGE = re.compile(rb'<html lang="en"')
_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_AGENT, _UPLOAD = "/_stcore/agent/", "/_stcore/upload_file/"
_AS_IT_IS = (b"accept-encoding", b"range")  # a page that is changed has to come whole and unpacked

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # a question stands in the address
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy(page: bytes) -> str:
    """The Content-Security-Policy of a page: scripts from here, those written in it by their hash, and what Streamlit
    makes of a component's own script (`blob:`)."""
    digests = (base64.b64encode(hashlib.sha256(each).digest()).decode() for each in _INLINE.findall(page))
    inline = "".join(f" 'sha256-{each}'" for each in digests)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' blob:{inline}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit writes its styles into the page
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class Guard:
    """An ASGI application behind the headers."""

    def __init__(self, app: Asgi, *, uploads: bool) -> None:
        self._app, self._uploads = app, uploads

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = str(scope.get("path", ""))
        if _AGENT in path or (_UPLOAD in path and not self._uploads):
            await _say_no(send)
            return
        if "/_stcore/" in path or "/media/" in path:
            await self._app(scope, receive, _with_headers(send))
            return
        # Anything else may come back as the page: Streamlit gives it for every path it does not know.
        asked = {**scope, "headers": [pair for pair in scope["headers"] if pair[0].lower() not in _AS_IT_IS]}
        await self._app(asked, receive, _Rewriting(send))


class _Rewriting:
    """Sends a page on once it is whole, with its language and its policy; anything but a page as it comes."""

    def __init__(self, send: Send) -> None:
        self._send = _with_headers(send)
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _header(message, b"content-type").startswith(b"text/html"):
            self._start = message
        elif self._start is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        page = _LANGUAGE.sub(b'<html lang="da"', bytes(self._body), count=1)
        kept = [pair for pair in start["headers"] if pair[0].lower() not in (b"content-length", b"etag")]
        told = [(b"content-length", str(len(page)).encode()), (b"content-security-policy", policy(page).encode())]
        await self._send({**start, "headers": [*kept, *told]})
        await self._send({"type": "http.response.body", "body": page})


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
            named = {name for name, _ in ours}
            kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in named]
            message = {**message, "headers": [*kept, *ours]}
        await send(message)

    return sending


def _header(message: Message, name: bytes) -> bytes:
    return next((bytes(value) for key, value in message.get("headers", []) if key.lower() == name), b"")


async def _say_no(send: Send) -> None:
    guarded = _with_headers(send)
    await guarded({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain")]})
    await guarded({"type": "http.response.body", "body": b"Not found"})


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────────


def main(arguments: list[str] | None = None) -> int:
    """Serve the app until it is stopped. Exit code 2 when a setting is wrong."""
    options = _parser().parse_args(arguments)
    try:
        settings = read(os.environ)
    except SettingsWrong as fault:
        print(f"punktsvar: {fault}", file=sys.stderr)
        return 2
    script = ROOT / "app.py"
    given = ["--archive", str(options.archive.resolve())] if options.archive else []
    chosen = {"server.port": options.port, "server.address": options.address}
    config = {name: value for name, value in chosen.items() if value is not None}
    app = _app(script, settings)
    if app is None:
        print("punktsvar: this Streamlit cannot set headers; a newer one can (see docs/drift.md)", file=sys.stderr)
        options_of = [part for name, value in config.items() for part in (f"--{name}", str(value))]
        command = [sys.executable, "-m", "streamlit", "run", str(script), *options_of, "--", *given]
        return subprocess.call(command, cwd=ROOT)
    sys.argv = [str(script), *given]  # where Streamlit looks for its settings, and the app for its archive
    app.run(config=config)
    return 0


def _app(script: Path, settings: Settings) -> Any:
    """Streamlit's application with ours around it; None for a Streamlit that has none to run."""
    try:
        from starlette.middleware import Middleware
        from streamlit.starlette import App
    except ImportError:
        return None
    if not hasattr(App, "run"):
        return None
    return App(script, middleware=[Middleware(Guard, uploads=settings.editing)], lifespan=_warned(settings))


def _warned(settings: Settings) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """A start that says so when others can reach the app without a login."""

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[None]:
        import streamlit as st

        from qa.ui import login

        listens = st.get_option("server.address")
        if not (access.is_local(listens) or login.is_set_up()):
            may = "load and remove" if settings.editing and settings.trusted_network else "read everything"
            print(
                f"punktsvar: listens on {listens or 'every address'} and has no login: whoever reaches it may {may}; "
                "see docs/drift.md",
                file=sys.stderr,
            )
        yield

    return lifespan


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa.ui.server", description="Serve the app, with headers.")
    parser.add_argument("--archive", type=Path, metavar="FILE", help="the archive (default: data/archive.db)")
    parser.add_argument("--port", type=int, metavar="N", help="where it listens (default: 8501)")
    parser.add_argument("--address", metavar="ADDRESS", help="on which address (default: 127.0.0.1, this machine only)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
