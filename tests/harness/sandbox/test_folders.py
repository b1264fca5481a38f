"""Folders are removed however deep they are, and nothing beside them."""

from __future__ import annotations

import os
from pathlib import Path

from harness.sandbox.folders import remove


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
