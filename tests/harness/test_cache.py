from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from harness.cache import VARIABLE, Cache, default_folder


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
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_often, args=(tmp_path, byte)) for byte in (b"x", b"y")]
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
