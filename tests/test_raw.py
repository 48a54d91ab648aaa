"""Raw answers on disk: whole or not there, and never something else than what was kept."""

from __future__ import annotations

import errno
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ArchiveError
from ingest.raw import Kept, RawStore

ADDRESS = "https://dagsordener.example.dk/api/agenda/dagsorden/m1"


@pytest.fixture
def store(tmp_path: Path) -> RawStore:
    return RawStore(tmp_path / "raw")


def files(store: RawStore, folder: str) -> list[Path]:
    return sorted(path for path in (store.folder / folder).rglob("*") if path.is_file())


def test_what_is_kept_is_found(store):
    kept = store.keep(ADDRESS, b"{}", "stamp 1")
    digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # `printf {} | sha256sum`
    assert kept == Kept(ADDRESS, digest, 2, "stamp 1", is_taken=False)
    assert RawStore(store.folder).find(ADDRESS) == kept
    assert store.read(ADDRESS) == b"{}"
    assert store.path(ADDRESS) == store.folder / "objects" / "44" / digest
    assert store.has(ADDRESS)


def test_nothing_is_found_where_nothing_was_kept(store):
    assert (store.find(ADDRESS), store.read(ADDRESS), store.path(ADDRESS)) == (None, None, None)
    assert not store.has(ADDRESS)
    assert store.addresses() == ()
    store.mark(ADDRESS, is_taken=True)
    assert not store.folder.exists()


def test_the_same_content_lies_there_once(store):
    store.keep(ADDRESS, b"{}", "")
    store.keep(ADDRESS + "2", b"{}", "")
    assert len(files(store, "objects")) == 1
    assert store.addresses() == (ADDRESS, ADDRESS + "2")


def test_new_content_stands_for_the_address_and_has_not_been_taken(store):
    store.keep(ADDRESS, b"old", "1")
    store.mark(ADDRESS, is_taken=True)
    assert store.find(ADDRESS).is_taken
    store.keep(ADDRESS, b"new", "2")
    assert (store.read(ADDRESS), store.find(ADDRESS).stamp, store.find(ADDRESS).is_taken) == (b"new", "2", False)
    assert len(files(store, "objects")) == 2  # the old content stays


def test_a_mark_can_be_taken_back(store):
    store.keep(ADDRESS, b"{}", "")
    for is_taken in (True, False):
        store.mark(ADDRESS, is_taken=is_taken)
        assert RawStore(store.folder).find(ADDRESS).is_taken is is_taken


def test_addresses_are_found_by_how_they_begin(store):
    for address in ("https://b.dk/1", "https://a.dk/2", "https://a.dk/1#bilag=x"):
        store.keep(address, address.encode(), "")
    assert store.addresses("https://a.dk/") == ("https://a.dk/1#bilag=x", "https://a.dk/2")


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"{ }"])
def test_damaged_content_counts_as_absent_and_can_be_kept_again(store, damage):
    store.keep(ADDRESS, b"{}", "")
    store.path(ADDRESS).write_bytes(damage)
    assert (store.find(ADDRESS), store.read(ADDRESS), store.path(ADDRESS)) == (None, None, None)
    assert not store.has(ADDRESS)
    store.keep(ADDRESS, b"{}", "")
    assert store.read(ADDRESS) == b"{}"


def test_content_that_was_deleted_counts_as_absent(store):
    store.keep(ADDRESS, b"{}", "")
    store.path(ADDRESS).unlink()
    assert not store.has(ADDRESS)
    assert store.find(ADDRESS) is None


@pytest.mark.parametrize(
    "damage",
    [
        *(b"", b"\0" * 40, b"{", b"[]", b"null", b'{"address": 1}', b"\xff"),
        json.dumps({"address": ADDRESS, "digest": "../../x", "size": 2, "stamp": "", "is_taken": True}).encode(),
        json.dumps({"address": ADDRESS, "digest": 7, "size": 2, "stamp": "", "is_taken": True}).encode(),
        json.dumps({"address": "other", "digest": "0" * 64, "size": 2, "stamp": "", "is_taken": True}).encode(),
    ],
)
def test_a_damaged_index_entry_counts_as_absent(store, damage):
    store.keep(ADDRESS, b"{}", "")
    (index,) = files(store, "index")
    index.write_bytes(damage)
    assert store.find(ADDRESS) is None
    assert not store.has(ADDRESS)
    assert ADDRESS not in store.addresses()
    store.keep(ADDRESS, b"{}", "")
    assert store.read(ADDRESS) == b"{}"


def test_half_written_files_are_never_seen(store):
    store.keep(ADDRESS, b"{}", "")
    for path in (*files(store, "objects"), *files(store, "index")):
        path.with_suffix(".part").write_bytes(b"half")
    assert store.addresses() == (ADDRESS,)
    assert store.read(ADDRESS) == b"{}"


def test_two_syncs_may_keep_the_same_at_one_moment(store):
    def keep(count: int) -> None:
        RawStore(store.folder).keep(ADDRESS, b"x" * 300_000, str(count))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(keep, range(200)))
    assert store.read(ADDRESS) == b"x" * 300_000
    assert [path.suffix for path in (*files(store, "objects"), *files(store, "index"))] == ["", ".json"]


def test_a_full_disk_leaves_no_half_file_in_the_way(store, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ArchiveError, match="No space left on device"):
        store.keep(ADDRESS, b"{}", "")
    assert files(store, "objects") == []


def test_a_disk_that_refuses_is_reported(tmp_path):
    (tmp_path / "raw").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(ArchiveError, match="raw answers cannot be kept or read there"):
        RawStore(tmp_path / "raw").keep(ADDRESS, b"{}", "")


@given(address=st.text(max_size=20), content=st.binary(max_size=50), stamp=st.text(max_size=10))
def test_any_address_and_content_come_back(tmp_path_factory, address, content, stamp):
    store = RawStore(tmp_path_factory.getbasetemp() / "any")
    store.keep(address, content, stamp)
    assert store.read(address) == content
    assert store.find(address).stamp == stamp
    assert address in store.addresses()
