"""The app as it is served: its headers, its language, what it does not answer, and what it writes in its log."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from qa.ui import server

ROOT = Path(__file__).parent.parent
PAGES = ("/", "/dokumenter", "/moeder", "/?q=Hvad+blev+besluttet", "/static/there-is-no-such-file.js")


@contextmanager
def served(folder: Path, *options: str, **environment: str) -> Iterator[tuple[str, Path]]:
    """The app over no archive, on a port of its own: its address, and the file of what it says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = folder / "said.txt"
    command = [
        sys.executable,
        "-m",
        "qa.ui.server",
        "--port",
        str(port),
        "--archive",
        str(folder / "archive.db"),
        *options,
    ]
    with said.open("w") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        home = f"http://127.0.0.1:{port}"
        for _ in range(240):
            try:
                httpx.get(f"{home}/_stcore/health")
                break
            except httpx.TransportError:
                assert process.poll() is None, said.read_text()
                time.sleep(0.25)
        yield home, said
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    with served(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_danish_and_stands_behind_the_headers(home, path):
    answer = httpx.get(f"{home[0]}{path}", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-10"})

    assert answer.status_code == 200
    assert '<html lang="da"' in answer.text
    assert answer.text.rstrip().endswith("</html>")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]
    rules = dict(rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; "))
    assert (rules["default-src"], rules["frame-ancestors"], rules["object-src"]) == ("'none'", "'none'", "'none'")
    assert "unsafe" not in rules["script-src"]
    assert "'sha256-" in rules["script-src"]
    assert not any("http" in rule or "*" in rule for rule in rules.values())


def test_what_is_no_page_has_the_headers_too(home):
    answer = httpx.get(f"{home[0]}/_stcore/health")
    assert (answer.status_code, answer.headers["x-content-type-options"]) == (200, "nosniff")


@pytest.mark.parametrize("path", ["openapi.json", "interact", "mcp", "/openapi.json"])
def test_streamlits_answers_to_programs_are_not_there(home, path):
    for answer in (httpx.get(f"{home[0]}/_stcore/agent/{path}"), httpx.post(f"{home[0]}/_stcore/agent/{path}")):
        assert answer.status_code == 404
        assert answer.text == "Not found"


def test_nothing_can_be_uploaded_where_editing_is_off(home):
    answer = httpx.put(f"{home[0]}/_stcore/upload_file/session/file", files={"file": b"x"})
    assert (answer.status_code, answer.text) == (404, "Not found")


def test_other_names_than_this_machines_are_refused_a_session(home):
    headers = {"Host": "evil.example", "Upgrade": "websocket", "Connection": "Upgrade",
               "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Version": "13"}  # fmt: skip
    assert httpx.get(f"{home[0]}/_stcore/stream", headers=headers).status_code in (400, 403)


def test_no_question_stands_in_the_log(home):
    httpx.get(f"{home[0]}/?q=hemmeligt+spoergsmaal")
    assert "hemmeligt" not in home[1].read_text()


def test_listening_for_others_without_a_login_is_said_in_the_terminal(tmp_path):
    with served(tmp_path, "--address", "0.0.0.0", PUNKTSVAR_EDITING="on") as (_, said):
        assert "listens on 0.0.0.0 and has no login: whoever reaches it may read everything" in said.read_text()


def test_a_wrong_setting_ends_the_start_with_a_sentence(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "qa.ui.server"],
        cwd=ROOT,
        env=os.environ | {"PUNKTSVAR_EDITING": "perhaps"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (2, "punktsvar: PUNKTSVAR_EDITING='perhaps': must be on or off\n")


def test_the_policy_names_each_script_in_the_page_by_its_hash():
    told = server.policy(b"<script>a()</script><script src='x'></script><script>b()</script>")
    assert told.count("'sha256-") == 2
