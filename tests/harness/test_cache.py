from __future__ import annotations

import errno
import fcntl
import multiprocessing
import os
import time
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from harness import cache as module
from harness.cache import VARIABLE, Cache, default_folder

_SPAWN = multiprocessing.get_context("spawn")


def test_what_was_put_is_got_by_another_cache_on_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"
    assert Cache(folder).get("a") is None
    for blob in (b"", b"one", bytes(range(256)) * 1000):
        assert Cache(folder).put("a", blob)
        assert Cache(folder).get("a") == blob
    assert Cache(folder).get("b") is None
    assert [path.name for path in folder.iterdir()] == ["a.bin"]


@pytest.mark.parametrize("kept", [0, 1, 31, 32, 40])
def test_a_blob_cut_short_is_none(tmp_path: Path, kept: int) -> None:
    cache = Cache(tmp_path)
    cache.put("a", b"sixteen bytes...")
    path = tmp_path / "a.bin"
    path.write_bytes(path.read_bytes()[:kept])
    assert cache.get("a") is None


@pytest.mark.parametrize("position", [0, 31, 32, -1])
def test_a_blob_with_a_changed_byte_is_none(tmp_path: Path, position: int) -> None:
    cache = Cache(tmp_path)
    cache.put("a", b"sixteen bytes...")
    path = tmp_path / "a.bin"
    data = bytearray(path.read_bytes())
    data[position] ^= 1
    path.write_bytes(data)
    assert cache.get("a") is None
    assert cache.put("a", b"again")
    assert cache.get("a") == b"again"


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/no/such")):
        assert not Cache(folder).put("a", b"blob")
        assert Cache(folder).get("a") is None


def test_a_blob_that_cannot_be_put_in_its_place_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.bin").mkdir()
    assert not Cache(tmp_path).put("a", b"blob")
    assert Cache(tmp_path).get("a") is None
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def _write_often(folder: Path, byte: bytes) -> None:
    for _ in range(200):
        assert Cache(folder).put("a", byte * 50_000)


def test_readers_see_one_of_two_writers_blobs_whole(tmp_path: Path) -> None:
    writers = [_SPAWN.Process(target=_write_often, args=(tmp_path, byte)) for byte in (b"x", b"y")]
    for writer in writers:
        writer.start()
    seen = set()
    while any(writer.is_alive() for writer in writers):
        seen.add(Cache(tmp_path).get("a"))
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert seen <= {None, b"x" * 50_000, b"y" * 50_000}
    assert Cache(tmp_path).get("a") is not None
    assert os.listdir(tmp_path) == ["a.bin"]


def _unpack(blob: bytes) -> str:
    return blob.decode("ascii")


def _fetch(cache: Cache, built: list[str] | None = None) -> str:
    def build() -> str:
        if built is not None:
            built.append("built")
        return "value"

    return cache.fetch("a", _unpack, build, str.encode)


def _fetch_slowly(folder: Path) -> None:
    def build() -> str:
        with (folder / "built").open("a") as notes:
            notes.write("x")
        time.sleep(0.3)
        return "value"

    assert Cache(folder).fetch("a", _unpack, build, str.encode) == "value"


def _hold_forever(folder: Path) -> None:
    def build() -> str:
        (folder / "holding").touch()
        time.sleep(60)
        return "too late"

    Cache(folder).fetch("a", _unpack, build, str.encode)


def _holder(folder: Path) -> SpawnProcess:
    """A process that is in the middle of building."""
    process = _SPAWN.Process(target=_hold_forever, args=(folder,))
    process.start()
    deadline = time.monotonic() + 20
    while not (folder / "holding").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert (folder / "holding").exists()
    return process


def test_what_is_not_kept_is_built_once(tmp_path: Path) -> None:
    built: list[str] = []
    assert [_fetch(Cache(tmp_path / "new"), built) for _ in range(3)] == ["value"] * 3
    assert built == ["built"]


def test_what_cannot_be_unpacked_is_built_again(tmp_path: Path) -> None:
    Cache(tmp_path).put("a", b"\xff")
    assert _fetch(Cache(tmp_path)) == "value"
    assert Cache(tmp_path).get("a") == b"value"


def test_of_two_processes_one_builds_and_the_other_waits(tmp_path: Path) -> None:
    both = [_SPAWN.Process(target=_fetch_slowly, args=(tmp_path,)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join()
        assert process.exitcode == 0
    assert (tmp_path / "built").read_text() == "x"


def test_a_builder_that_dies_keeps_nobody_waiting(tmp_path: Path) -> None:
    holder = _holder(tmp_path)
    holder.kill()
    holder.join()
    started = time.monotonic()
    assert _fetch(Cache(tmp_path)) == "value"
    assert time.monotonic() - started < module._PATIENCE_SECONDS / 2


def test_a_builder_that_does_not_end_is_not_waited_for_forever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PATIENCE_SECONDS", 0.2)
    holder = _holder(tmp_path)
    assert _fetch(Cache(tmp_path)) == "value"
    holder.kill()
    holder.join()


def test_without_locks_everybody_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    (tmp_path / "file").write_text("")
    assert _fetch(Cache(tmp_path / "file")) == "value"
    monkeypatch.setattr(fcntl, "flock", refuse)
    assert _fetch(Cache(tmp_path)) == "value"
    assert Cache(tmp_path).get("a") == b"value"


def test_the_default_folder_is_the_named_one_or_the_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv(VARIABLE, str(tmp_path / "chosen"))
    assert default_folder() == tmp_path / "chosen"
    monkeypatch.delenv(VARIABLE)
    assert default_folder() == tmp_path / "xdg" / "jaxjudge"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert default_folder() == tmp_path / "home" / ".cache" / "jaxjudge"
