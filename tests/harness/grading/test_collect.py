from __future__ import annotations

import os
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.grading.collect import collect


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.py", "a/z.py", "a/c/y.py", "a/notes.txt", ".git/x.py", "a/.x.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (tmp_path / "a" / "__pycache__").mkdir()
    (tmp_path / "a" / "__pycache__" / "z.py").write_text("")
    return tmp_path


def test_a_folder_stands_for_the_python_files_below_it_sorted(here: Path) -> None:
    assert collect(["."]) == ["./a/c/y.py", "./a/z.py", "./b.py"]


def test_files_are_taken_as_named_and_once(here: Path) -> None:
    assert collect(["b.py", "a/notes.txt", "a/.x.py", "b.py", "a"]) == [
        "b.py",
        "a/notes.txt",
        "a/.x.py",
        "a/c/y.py",
        "a/z.py",
    ]


def test_links_are_followed_and_loops_end(here: Path) -> None:
    (here / "a" / "loop").symlink_to(here)
    (here / "other").symlink_to(here / "a" / "c")
    (here / "b2.py").symlink_to("b.py")
    found = collect(["."])
    assert "./b2.py" in found
    assert [name for name in found if name.endswith("y.py")] == ["./a/c/y.py"]
    assert len(found) < 10


def test_a_broken_link_is_left_to_be_reported(here: Path) -> None:
    (here / "gone.py").symlink_to("nowhere.py")
    assert "./gone.py" in collect(["."])
    assert collect(["gone.py"]) == ["gone.py"]


@pytest.mark.parametrize("paths", [["nowhere.py"], ["b.py", "nowhere"], ["empty"], [""]])
def test_nothing_to_grade_is_wrong_use(here: Path, paths: list[str]) -> None:
    (here / "empty").mkdir()
    with pytest.raises(UsageError, match=r"there is no"):
        collect(paths)


def test_an_unreadable_folder_is_not_passed_over(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = os.scandir

    def refuse(path: str) -> object:
        if os.path.basename(path) == "c":
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(UsageError, match=r"cannot read ./a/c: Permission denied"):
        collect(["."])
