"""People at the app without their browsers: the messages a browser would send, and when the answer comes back."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PATIENCE = 60.0  # seconds until an answer counts as never come
_ANSWER = b'class="ps-answer"'


@dataclass(frozen=True, slots=True)
class Waited:
    """Seconds from a question until its answer came, and until all of the page was there."""

    answer: float
    page: float


class Session:
    """A reader's session with a served script; it begins at the start page."""

    def __init__(self, home: str) -> None:
        address = f"{home.replace('http', 'ws', 1)}/_stcore/stream"
        self._socket = connect(address, subprotocols=["streamlit"], origin=home, max_size=None, compression=None)
        self._run("")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Leave, as by closing the tab."""
        self._socket.close()

    def ask(self, question: str) -> Waited:
        """Go to the address of the question's answer. Raises `RuntimeError` when none is shown."""
        waited = self._run(urlencode({"q": question}))
        if waited.answer == float("inf"):
            raise RuntimeError(f"no answer was shown to {question!r}")
        return waited

    def _run(self, query: str) -> Waited:
        message = BackMsg()
        message.rerun_script.query_string = query
        begun, answer = time.perf_counter(), float("inf")
        self._socket.send(message.SerializeToString())
        while True:
            raw = self._socket.recv(timeout=PATIENCE)
            now = time.perf_counter() - begun
            if _ANSWER in raw and answer == float("inf"):
                answer = now
            given = ForwardMsg.FromString(raw)
            if (
                given.WhichOneof("type") == "script_finished"
                and given.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            ):
                return Waited(answer, now)


def at_once(sessions: Sequence[Session], questions: Sequence[str]) -> list[Waited]:
    """Every session asks its question in the same moment."""
    waited: list[Waited | None] = [None] * len(sessions)
    start = threading.Barrier(len(sessions))

    def ask(place: int) -> None:
        start.wait()
        waited[place] = sessions[place].ask(questions[place])

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(len(sessions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [each for each in waited if each is not None]
