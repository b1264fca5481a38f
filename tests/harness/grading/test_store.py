"""Entries that anybody may have written to: only those of one's own come back."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.errors import UsageError
from harness.grading.store import LIMIT, Store, prepared

SECRET = b"s" * 32
KEY = "a" * 64
ENTRY = b'{"shown": false, "document": {}}'


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = Store(str(tmp_path / "kept"), SECRET)
    found.check()
    return found


def _path(store: Store, key: str = KEY) -> Path:
    return Path(store.folder, key)


def test_an_entry_comes_back_as_it_was_put(store: Store) -> None:
    assert store.get(KEY) is None
    store.put(KEY, ENTRY)
    assert store.get(KEY) == ENTRY
    store.put(KEY, b"")
    assert store.get(KEY) == b""
    assert [path.name for path in Path(store.folder).iterdir()] == [KEY]


@given(data=st.data())
def test_anything_else_is_not_there(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder, SECRET)
        store.put(KEY, ENTRY)
        written = _path(store).read_bytes()
        place = st.integers(0, len(written))
        start, end = data.draw(place), data.draw(place)
        changed = written[:start] + data.draw(st.binary(max_size=8)) + written[end:]
        _path(store).write_bytes(changed)
        assert store.get(KEY) == (ENTRY if changed == written else None)


@given(st.binary(max_size=200))
def test_what_somebody_else_wrote_is_not_there(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(folder, SECRET)
        _path(store).write_bytes(content)
        assert store.get(KEY) is None


def test_an_entry_of_another_secret_or_key_is_not_there(store: Store) -> None:
    Store(store.folder, b"t" * 32).put(KEY, ENTRY)
    assert store.get(KEY) is None
    store.put("b" * 64, ENTRY)
    os.replace(_path(store, "b" * 64), _path(store))
    assert store.get(KEY) is None


def test_neither_a_long_entry_nor_a_long_file_is_read(store: Store) -> None:
    store.put(KEY, b"x" * LIMIT)
    assert not _path(store).exists()
    store.put(KEY, b"x" * (LIMIT - 32))
    assert len(store.get(KEY) or b"") == LIMIT - 32
    os.truncate(_path(store), 1 << 40)
    assert store.get(KEY) is None
    store.put(KEY, ENTRY)
    assert store.get(KEY) == ENTRY


def test_a_link_is_neither_followed_nor_written_through(store: Store, tmp_path: Path) -> None:
    store.put("b" * 64, ENTRY)
    outside = tmp_path / "outside"
    os.replace(_path(store, "b" * 64), outside)
    before = outside.read_bytes()
    _path(store).symlink_to(outside)
    assert store.get(KEY) is None
    store.put(KEY, ENTRY)
    assert outside.read_bytes() == before
    assert not _path(store).is_symlink()
    assert store.get(KEY) == ENTRY


def test_a_pipe_is_not_waited_for(store: Store) -> None:
    os.mkfifo(_path(store))
    assert store.get(KEY) is None


def test_what_cannot_be_replaced_leaves_nothing_behind(store: Store) -> None:
    _path(store).mkdir()
    assert store.get(KEY) is None
    with pytest.raises(OSError):  # noqa: PT011  which one depends on the system
        store.put(KEY, ENTRY)
    assert [path.name for path in Path(store.folder).iterdir()] == [KEY]


def test_a_full_disk_leaves_nothing_behind(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.open

    def full(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        descriptor = really(path, flags, mode, dir_fd=dir_fd)
        if not path.startswith(".new-"):
            return descriptor
        os.close(descriptor)
        return really("/dev/full", os.O_WRONLY)

    monkeypatch.setattr("os.open", full)
    with pytest.raises(OSError) as caught:  # noqa: PT011
        store.put(KEY, ENTRY)
    assert caught.value.errno == errno.ENOSPC
    with pytest.raises(UsageError, match="no space left on device"):
        store.check()
    assert list(Path(store.folder).iterdir()) == []


def test_a_folder_is_made_for_this_user_and_left_empty(tmp_path: Path) -> None:
    folder = tmp_path / "above" / "kept"
    assert prepared(str(folder)) == str(folder)
    assert folder.stat().st_mode & 0o077 == 0
    assert list(folder.iterdir()) == []
    assert prepared(str(folder)) == str(folder)


@pytest.mark.parametrize(
    ("folder", "said"),
    [("file", "it is not a folder"), ("file/kept", "not a directory"), ("/proc/kept", "no such")],
)
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, folder: str, said: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=f"cannot keep reports in .*: {said}"):
        prepared(str(tmp_path / folder))


_SHARING = """
import sys
from harness.grading.store import Store

folder, own = sys.argv[1:]
store = Store(folder, b"s" * 32)
for number in range(300):
    key = format(number % 3, "064x")
    found = store.get(key)
    assert found is None or (len(found) == 50_000 and len(set(found)) == 1), found[:40]
    store.put(key, own.encode() * 50_000)
"""


def test_drafts_that_were_left_are_removed_once_nobody_can_be_writing_them(store: Store) -> None:
    folder = Path(store.folder)
    for name in (".new-old", ".new-young", "entry"):
        (folder / name).write_bytes(b"half")
    (folder / ".new-folder").mkdir()
    for name in (".new-old", ".new-folder", "entry"):
        os.utime(folder / name, (0, 0))
    store.check()
    assert {path.name for path in folder.iterdir()} == {".new-young", ".new-folder", "entry"}


def test_two_processes_that_write_the_same_entries_see_whole_ones(store: Store) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", _SHARING, store.folder, own]) for own in "ab"
    ]
    assert [process.wait(60) for process in started] == [0, 0]
    assert len(list(Path(store.folder).iterdir())) == 3
