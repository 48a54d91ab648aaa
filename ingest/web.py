"""Fetch an address from the web, politely: the one seam between this program and the network.

Everything above it knows the network as a function, `Fetch`. `Web.fetch` is the one that goes out: no faster than its
manners allow, with patience for a site that is busy or breaks off, with its cookies, and with limits to how long and
how much it takes.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from ingest.errors import SyncFailed
from ingest.patience import Busy, Manners, Timing, Turnstile, asked_wait, pause

if TYPE_CHECKING:
    from types import TracebackType

    import httpx

MOST_REDIRECTS = 10
SCHEMES = ("http", "https")
TURNED_AWAY = (401, 403)
BUSY = (408, 425, 429, *range(500, 600))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: where from in the end, after redirects, and the bytes. `kind` is the media type it came under,
    in small letters and without parameters; sites get it wrong."""

    address: str
    kind: str
    content: bytes


# An address → its answer. Raises `SyncFailed` when there is none to be had.
Fetch = Callable[[str], Answer]


class _TurnedAway(Exception):
    """The site wants something of us first: a cookie, or a login."""


class Web:
    """Connections and cookies, to be closed after use. One thread at a time."""

    def __init__(self, manners: Manners | None = None, timing: Timing | None = None) -> None:
        import httpx

        self._manners = manners or Manners()
        self._timing = timing or Timing()
        self._turnstile = Turnstile(self._manners, self._timing)
        self._has_reached = False  # anything: until then a name that is not known is taken for a mistyped one
        self._client = httpx.Client(
            headers={"User-Agent": _name(self._manners.contact), "Accept": "application/json, */*;q=0.8"},
            timeout=httpx.Timeout(self._manners.read_timeout, connect=self._manners.connect_timeout),
        )

    def __enter__(self) -> Web:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch(self, address: str) -> Answer:
        """The answer to GET `address`. Asks again, later and later, while the site is busy, breaks off or does not
        answer in time. Raises `SyncFailed` when it still does, refuses, sends too much, or leads off the web."""
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

        persistence = Retrying(
            stop=stop_after_attempt(self._manners.tries),
            wait=lambda state: pause(state.attempt_number, self._manners, self._timing),
            sleep=self._timing.sleep,
            retry=retry_if_exception_type(Busy),
            reraise=True,
        )
        try:
            return persistence(self._try, address)
        except Busy as fault:
            raise SyncFailed(f"{shown(address)}: {fault}; asked {self._manners.tries} times, try later") from fault

    def _try(self, address: str) -> Answer:
        """One try. Some sites turn everybody away who was not at their front door first, where a cookie is given."""
        try:
            return self._ask(address)
        except _TurnedAway:
            self._open(urljoin(address, "/")).close()
        try:
            return self._ask(address)
        except _TurnedAway as fault:
            raise SyncFailed(f"{shown(address)}: {fault}; it may be for those who are logged in only") from fault

    def _ask(self, address: str) -> Answer:
        """Open it, judge what opened, and take it in."""
        response = self._open(address)
        try:
            self._judge(address, response)
            content = self._content(address, response)
        finally:
            response.close()
        return Answer(str(response.url), _kind(response), content)

    def _judge(self, address: str, response: httpx.Response) -> None:
        status = response.status_code
        if status in TURNED_AWAY:
            raise _TurnedAway(f"refused (HTTP {status})")
        if status in BUSY:
            self._turnstile.close_for(asked_wait(response.headers.get("retry-after"), self._timing.now()))
            raise Busy(f"answers HTTP {status}")
        if not response.is_success:
            raise SyncFailed(f"{shown(address)}: answers HTTP {status}; is it still on the site?")
        # A login page has many names; that it is a page, and not the one asked for, gives all of them away.
        if _kind(response) == "text/html" and _path(str(response.url)) != _path(address):
            raise _TurnedAway(f"leads to another page, {shown(str(response.url))}")

    def _open(self, address: str) -> httpx.Response:
        """What stands at the end of the redirects, opened and not yet read, to be closed by the caller."""
        response = self._send(address, None)
        for _ in range(MOST_REDIRECTS):
            if response.next_request is None:
                return response
            response.close()
            response = self._send(address, response.next_request)
        response.close()
        raise _TurnedAway(f"redirects more than {MOST_REDIRECTS} times")

    def _send(self, address: str, redirect: httpx.Request | None) -> httpx.Response:
        """Send one request, for `address` itself or where it redirects to, when its turn comes."""
        import httpx

        try:
            request = redirect or self._client.build_request("GET", address)
            _refuse_to_leave(address, str(request.url))
            self._turnstile.wait(request.url.host)
            response = self._client.send(request, stream=True)
            self._has_reached = True
            return response
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            if not self._has_reached and _is_from(fault, socket.gaierror):
                host = urlsplit(address).hostname
                raise SyncFailed(f"{shown(address)}: no site by the name {host} is found; check the address") from fault
            raise _ours(address, fault) from fault

    def _content(self, address: str, response: httpx.Response) -> bytes:
        """The body, as long as it keeps within the limits of size and time."""
        import httpx

        deadline = self._timing.clock() + self._manners.total_timeout
        content = bytearray()
        try:
            for piece in response.iter_bytes():
                content += piece
                if len(content) > self._manners.size_limit:
                    limit = self._manners.size_limit
                    raise SyncFailed(f"{shown(address)}: is larger than {limit} bytes, the limit; left out")
                if self._timing.clock() > deadline:
                    raise Busy(f"was still sending after {self._manners.total_timeout:.0f} seconds")
        except httpx.HTTPError as fault:
            raise _ours(address, fault) from fault
        return bytes(content)


def shown(address: str) -> str:
    """The address as messages show it: without its query, which may hold a key."""
    return address.partition("?")[0]


def _ours(address: str, fault: Exception) -> Exception:
    """A fault of the HTTP library as one of ours: to be tried again, unless that cannot help."""
    import httpx

    text = (str(fault).strip() or type(fault).__name__).splitlines()[0][:200]
    if isinstance(fault, httpx.TimeoutException):
        return Busy("does not answer in time")
    if _is_from(fault, ssl.SSLCertVerificationError):
        return SyncFailed(f"{shown(address)}: its certificate cannot be trusted ({text}); nothing was read from it")
    if isinstance(fault, httpx.UnsupportedProtocol | httpx.LocalProtocolError | httpx.InvalidURL):
        return SyncFailed(f"{shown(address)}: is no address that can be fetched ({text}); check how it is written")
    return Busy(f"cannot be reached or breaks off ({text})")


def _is_from(fault: BaseException | None, kind: type[BaseException]) -> bool:
    while fault is not None and not isinstance(fault, kind):
        fault = fault.__cause__ or fault.__context__
    return fault is not None


def _refuse_to_leave(address: str, target: str) -> None:
    """Raises `SyncFailed` for anything but the web, and for a redirect from a secure connection to an open one."""
    start, end = urlsplit(address).scheme.lower(), urlsplit(target).scheme.lower()
    if end not in SCHEMES:
        raise SyncFailed(f"{shown(address)}: leads to {shown(target)}, which is not on the web; not followed")
    if (start, end) == ("https", "http"):
        raise SyncFailed(f"{shown(address)}: leads to {shown(target)}, an unprotected connection; not followed")


def _kind(response: httpx.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()


def _path(address: str) -> str:
    return urlsplit(address).path.rstrip("/").lower()


def _name(contact: str) -> str:
    """Who we are, for the site's log."""
    try:
        number = version("punktsvar")
    except PackageNotFoundError:  # run from a folder, not installed
        number = "0"
    about = "; ".join(["reads published minutes into a local archive", *filter(None, [" ".join(contact.split())])])
    return f"Punktsvar/{number} (+{about})".encode("ascii", "replace").decode("ascii")
