"""Folders are removed however deep they are, and nothing beside them."""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path

import pytest

from harness.sandbox import folders
from harness.sandbox.folders import remove


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_a_killed_process_left_is_removed_and_what_is_held_is_not(temporary: Path) -> None:
    held, mine = folders.make()
    left, his = folders.make()
    (left / "file").write_text("x")
    os.close(his)
    graded, theirs = folders.make(folders.GRADE)
    os.close(theirs)
    (temporary / "jaxjudge-box-link").symlink_to(held)
    folders.clear()
    assert held.is_dir()
    assert not left.exists()
    assert not graded.exists()
    os.close(mine)


def test_what_is_anothers_is_left_alone(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left, descriptor = folders.make()
    os.close(descriptor)
    monkeypatch.setattr(os, "geteuid", lambda: -1)
    folders.clear()
    assert left.is_dir()


def test_a_folder_that_is_removed_before_it_is_held_is_made_again(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mkdtemp, flock, count = tempfile.mkdtemp, fcntl.flock, 0

    def made(prefix: str) -> str:
        nonlocal count
        count += 1
        found = mkdtemp(prefix=prefix)
        if count == 1:
            os.rmdir(found)
        return found

    def locked(descriptor: int, how: int) -> None:
        flock(descriptor, how)
        if count == 2:
            os.rmdir(next(temporary.iterdir()))

    monkeypatch.setattr(tempfile, "mkdtemp", made)
    monkeypatch.setattr(fcntl, "flock", locked)
    folder, descriptor = folders.make()
    assert list(temporary.iterdir()) == [folder]
    assert count == 3
    os.close(descriptor)


def test_a_plain_tree(tmp_path: Path) -> None:
    top = tmp_path / "top"
    for name in ("a/b", "a/c", "d"):
        (top / name).mkdir(parents=True)
        (top / name / "file").write_text("x")
    remove(top)
    assert list(tmp_path.iterdir()) == []


def test_a_tree_deeper_than_the_stack_and_the_longest_path(tmp_path: Path) -> None:
    top = tmp_path / "top"
    top.mkdir()
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(top)
        for _ in range(3000):
            os.mkdir("deep")
            os.chdir("deep")
        Path("file").write_text("x")
    finally:
        os.fchdir(here)
        os.close(here)
    remove(top)
    assert list(tmp_path.iterdir()) == []


def test_what_a_link_points_to_stays(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").write_text("x")
    top = tmp_path / "top"
    top.mkdir()
    (top / "link").symlink_to(tmp_path / "kept")
    remove(top)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (tmp_path / "kept" / "file").exists()


def test_what_is_not_there_is_no_error(tmp_path: Path) -> None:
    remove(tmp_path / "missing")
