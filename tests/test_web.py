"""The network seam, against a server on this machine that misbehaves in every way seen."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publication_site import LIST, Fault, Site, invented, serving

from ingest.errors import SyncFailed
from ingest.patience import Manners, Timing, asked_wait, pause
from ingest.web import Web

HASTE = Manners(per_second=1e6, first_pause=0.001, longest_pause=0.01, size_limit=300_000)
IMPATIENT = replace(HASTE, read_timeout=0.2, total_timeout=0.2)  # where an answer is too slow
ASCII = st.characters(max_codepoint=127)
TOO_SLOW = (Fault.SLOW, Fault.DRIPPING)
MEETING = invented(1)[0]


class StoppedClock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.moment = 1_000.0
        self.naps: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.moment += seconds

    def timing(self, chance: float = 0.5) -> Timing:
        return Timing(self.sleep, lambda: self.moment, lambda: self.moment, lambda: chance)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving([MEETING]) as served:
        yield served


@pytest.mark.parametrize(
    "fault",
    [
        *(Fault.BUSY, Fault.ERROR, Fault.UNAVAILABLE, Fault.RESET, Fault.BROKEN_OFF),
        *(Fault.SLOW, Fault.DRIPPING, Fault.BAD_GZIP),
    ],
)
def test_what_may_pass_is_tried_again(site, fault):
    site.retry_after = "0"
    site.faults[MEETING.path] = [fault, fault]

    with Web(IMPATIENT if fault in TOO_SLOW else HASTE) as web:
        answer = web.fetch(site.base + MEETING.path)

    assert site.count(MEETING.path) == 3
    assert MEETING.id.encode() in answer.content
    assert (answer.address, answer.kind) == (site.base + MEETING.path, "application/json")


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault.ERROR, "HTTP 500"),
        (Fault.SLOW, "does not answer in time"),
        (Fault.DRIPPING, "was still sending"),
        (Fault.BROKEN_OFF, "breaks off"),
        (Fault.RESET, "breaks off"),
    ],
)
def test_what_does_not_pass_is_given_up_with_the_reason(site, fault, says):
    site.broken[MEETING.path] = fault
    manners = IMPATIENT if fault in TOO_SLOW else HASTE
    with Web(manners) as web, pytest.raises(SyncFailed, match=says) as failure:
        web.fetch(site.base + MEETING.path)
    assert site.count(MEETING.path) == HASTE.tries == 5
    assert str(failure.value).startswith(f"{site.base}{MEETING.path}: ")


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault.NOT_FOUND, "HTTP 404"),
        (Fault.HUGE, "larger than 300000 bytes"),
        (Fault.TO_A_FILE, "not on the web"),
    ],
)
def test_what_cannot_pass_is_asked_for_once(site, fault, says):
    site.broken[MEETING.path] = fault
    with Web(HASTE) as web, pytest.raises(SyncFailed, match=says):
        web.fetch(site.base + MEETING.path)
    assert site.requests == [MEETING.path]


def test_a_site_that_is_not_there_is_named(unused_port):
    with Web(HASTE) as web, pytest.raises(SyncFailed, match=rf"127.0.0.1:{unused_port}/: cannot be reached"):
        web.fetch(f"http://127.0.0.1:{unused_port}/")


def test_a_name_that_is_not_known_is_asked_for_once(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    clock = StoppedClock()
    with Web(HASTE, clock.timing()) as web, pytest.raises(SyncFailed, match=r"kildemose\.invalid .*check the address"):
        web.fetch("https://kildemose.invalid/")
    assert clock.naps == []


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://127.0.0.1/", "127.0.0.1", "http://[::1", "http://"])
def test_only_the_web_is_asked(address):
    with Web(HASTE) as web, pytest.raises(SyncFailed):
        web.fetch(address)


def test_a_redirect_to_an_unprotected_connection_is_not_followed(monkeypatch, site, secure):
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.certificate))
    secure.location = site.base + LIST
    with Web(HASTE) as web, pytest.raises(SyncFailed, match="an unprotected connection; not followed"):
        web.fetch(secure.address)
    assert secure.greetings == 1
    assert site.requests == []


def test_a_certificate_that_cannot_be_trusted_ends_it_at_once(secure):
    with Web(HASTE) as web, pytest.raises(SyncFailed, match="certificate cannot be trusted"):
        web.fetch(secure.address)
    assert secure.greetings == 1


# Cookies and logins


def test_the_front_door_hands_out_the_cookie_that_is_wanted(site):
    site.wants_cookie = True
    with Web(HASTE) as web:
        first = web.fetch(site.base + MEETING.path)
        second = web.fetch(site.base + MEETING.path)
    assert first == second
    assert site.requests == [MEETING.path, "/Account/Login", "/", MEETING.path, MEETING.path]


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.TO_LOGIN, Fault.CIRCLE])
def test_who_is_turned_away_goes_to_the_front_door_once(site, fault):
    site.faults[MEETING.path] = [fault] * (11 if fault == Fault.CIRCLE else 1)
    with Web(HASTE) as web:
        assert MEETING.id.encode() in web.fetch(site.base + MEETING.path).content
    assert site.count("/") == 1


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.TO_LOGIN, Fault.CIRCLE])
def test_who_is_turned_away_twice_does_not_come_back(site, fault):
    site.broken[MEETING.path] = fault
    with Web(HASTE) as web, pytest.raises(SyncFailed, match="logged in only"):
        web.fetch(site.base + MEETING.path)
    assert site.count("/") == 1
    assert site.count(MEETING.path) == (22 if fault == Fault.CIRCLE else 2)


# Patience


def test_requests_go_out_no_faster_than_agreed(site):
    clock = StoppedClock()
    with Web(Manners(per_second=4), clock.timing()) as web:
        for _ in range(5):
            web.fetch(site.base + LIST)
    assert clock.naps == [0.25] * 4


def test_redirects_count_as_requests(site):
    clock = StoppedClock()
    site.wants_cookie = True
    with Web(Manners(per_second=4), clock.timing()) as web:
        web.fetch(site.base + LIST)
    assert site.requests == [LIST, "/Account/Login", "/", LIST]
    assert clock.naps == [0.25] * 3


def test_pauses_double_up_to_the_longest():
    timing, manners = StoppedClock().timing(), Manners(first_pause=1, longest_pause=10)
    assert [pause(attempt, manners, timing) for attempt in range(1, 7)] == [1, 2, 4, 8, 10, 10]


def test_pauses_are_spread_by_half_to_either_side():
    shortest, longest = (pause(1, Manners(), StoppedClock().timing(chance)) for chance in (0.0, 0.999999))
    assert shortest == 0.5
    assert 1.4999 < longest < 1.5


def test_pauses_stand_between_tries(site):
    clock = StoppedClock()
    site.broken[LIST] = Fault.UNAVAILABLE
    with Web(Manners(per_second=1e9), clock.timing()) as web, pytest.raises(SyncFailed):
        web.fetch(site.base + LIST)
    assert [nap for nap in clock.naps if nap > 0.01] == [1, 2, 4, 8]


@pytest.mark.parametrize("form", [Fault.BUSY, Fault.BUSY_UNTIL])
def test_a_site_is_left_alone_for_as_long_as_it_asks(site, form):
    clock = StoppedClock()
    site.retry_after = "90" if form == Fault.BUSY else formatdate(clock.moment + 90, usegmt=True)
    site.faults[LIST] = [form]
    with Web(HASTE, clock.timing()) as web:
        web.fetch(site.base + LIST)
    assert sum(clock.naps) == pytest.approx(90, abs=0.1)
    assert site.count(LIST) == 2


def test_a_site_that_asks_for_hours_is_not_asked_again(site):
    clock = StoppedClock()
    site.retry_after = "7200"
    site.faults[LIST] = [Fault.BUSY]
    with Web(Manners(), clock.timing()) as web:
        for address in (LIST, MEETING.path):
            with pytest.raises(SyncFailed, match=r"asks to be left alone for 7(1\d\d|200) seconds"):
                web.fetch(site.base + address)
        assert site.requests == [LIST]
        clock.moment += 7200
        web.fetch(site.base + MEETING.path)
    assert site.requests == [LIST, MEETING.path]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        *((None, 0), ("", 0), ("soon", 0), ("-5", 0), ("1.5", 0), ("²", 0), ("Thu, 99 Foo 2026 25:00:00 GMT", 0)),
        *(("120", 120), (" 7 ", 7), ("Thu, 01 Jan 1970 00:20:00 GMT", 200), ("Thu, 01 Jan 1970 00:00:10 GMT", 0)),
        *(("Thu, 01 Jan 1970 00:20:00 -0000", 200), ("Thu, 01 Jan 99999999 00:20:00 GMT", 0)),
    ],
)
def test_retry_after_in_every_form(written, seconds):
    assert asked_wait(written, now=1_000) == seconds


@given(
    st.text(max_size=20)
    | st.from_regex(
        r"(Thu, )?\d{1,3} Jan \d{1,12} \d{1,12}:\d{1,3}:\d{1,12} (GMT|EST|[+-]\d{1,12})?",
        fullmatch=True,
        alphabet=ASCII,
    )
)
def test_no_retry_after_confuses_us(written):
    assert asked_wait(written, now=1_000) >= 0


# Manners


def test_we_say_who_we_are(site):
    with Web(HASTE) as web:
        web.fetch(site.base + LIST)
    assert site.headers[0]["user-agent"].startswith("Punktsvar/")
    assert "reads published minutes" in site.headers[0]["user-agent"]


def test_the_contact_is_told_and_cannot_become_a_header_of_its_own(site):
    with Web(Manners(per_second=1e6, contact="Søren <s@kildemose.example>\r\nX-Forged: 1")) as web:
        web.fetch(site.base + LIST)
    assert "S?ren <s@kildemose.example> X-Forged: 1" in site.headers[0]["user-agent"]
    assert "x-forged" not in site.headers[0]


def test_a_key_in_an_address_is_not_told(site):
    with Web(HASTE) as web, pytest.raises(SyncFailed) as failure:
        web.fetch(f"{site.base}/nowhere?X-Amz-Signature=secret")
    assert "secret" not in str(failure.value)
    assert "/nowhere: answers HTTP 404" in str(failure.value)


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Secure:
    """A server with a certificate that nobody has signed, which redirects everybody to `location`."""

    def __init__(self, folder: Path) -> None:
        self.certificate, key = folder / "certificate.pem", folder / "key.pem"
        subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "1", "-nodes"]
        files = ["-keyout", str(key), "-out", str(self.certificate)]
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
        subprocess.run([*command, *subject, *files], check=True, capture_output=True)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.certificate, key)
        self.location = ""
        self.greetings = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"https://127.0.0.1:{self.listener.getsockname()[1]}/"
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            with connection:
                if connection.recv(1, socket.MSG_PEEK) in (b"", b"q"):
                    return
                self.greetings += 1
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        try:
            with self.context.wrap_socket(connection, server_side=True) as secured:
                secured.recv(65536)
                head = f"HTTP/1.1 302 Found\r\nLocation: {self.location}\r\nContent-Length: 0\r\n\r\n"
                secured.sendall(head.encode())
        except ssl.SSLError as fault:
            assert "ALERT" in str(fault).upper()  # noqa: PT017  # the client says it does not trust us

    def close(self) -> None:
        with socket.create_connection(self.listener.getsockname()) as last:
            last.sendall(b"q")
        self.thread.join()
        self.listener.close()


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Secure]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    server = Secure(tmp_path)
    yield server
    server.close()
