from __future__ import annotations

import io
import os
import stat
import sys
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.files import (
    SOURCE_LIMIT,
    check_writable,
    displayed,
    private,
    read_file,
    read_source,
    write_folders,
    write_whole,
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_is_read_as_it_is(here: Path) -> None:
    (here / "my.py").write_bytes("\ufeffx = 'ü'\r\n".encode())
    assert read_source("my.py") == "\ufeffx = 'ü'\r\n".encode()


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x = 1\n")))
    assert read_source("-") == b"x = 1\n"


def test_closed_standard_input_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError, match="standard input is closed"):
        read_source("-")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"x = 1\0", "NUL"),
        (b"x = 1\n# \xff", "not UTF-8 text: see line 2"),
        (b"#" * (SOURCE_LIMIT + 1), "at most 256 KiB"),
    ],
)
def test_what_is_not_a_program_is_refused(here: Path, content: bytes, message: str) -> None:
    (here / "my.py").write_bytes(content)
    with pytest.raises(UsageError, match=message):
        read_source("my.py")


def test_a_file_that_is_no_program_can_be_read_whole(here: Path) -> None:
    (here / "my.py").write_bytes(b"\0" * (SOURCE_LIMIT + 2))
    assert len(read_file("my.py")) == SOURCE_LIMIT + 2
    assert read_file("my.py", 3) == b"\0\0\0"


def test_the_limit_itself_is_allowed(here: Path) -> None:
    (here / "my.py").write_bytes(b"#" * SOURCE_LIMIT)
    assert len(read_source("my.py")) == SOURCE_LIMIT


def test_a_missing_file_names_its_neighbour(here: Path) -> None:
    (here / "training.py").write_text("x = 1")
    with pytest.raises(UsageError, match=r"no file trainin\.py; did you mean training\.py\?"):
        read_source("trainin.py")


def test_a_link_that_leads_nowhere_is_not_its_own_neighbour(tmp_path: Path) -> None:
    link = tmp_path / "training.py"
    link.symlink_to("nowhere")
    with pytest.raises(UsageError, match=r"there is no file \S+training\.py$"):
        read_source(str(link))


@pytest.mark.parametrize("path", ["nowhere/my.py", "a\0b", "a" * 300, "my.py/x"])
def test_a_path_that_cannot_be_is_a_usage_error(here: Path, path: str) -> None:
    (here / "my.py").write_text("x = 1")
    with pytest.raises(UsageError):
        read_source(path)


def test_folders_pipes_and_devices_are_refused_at_once(here: Path) -> None:
    os.mkfifo(here / "pipe")
    for path, message in [(".", "is a folder"), ("pipe", "regular"), ("/dev/zero", "regular")]:
        with pytest.raises(UsageError, match=message):
            read_source(path)


def test_an_existing_file_is_replaced_and_keeps_its_mode(here: Path) -> None:
    (here / "report").write_text("old")
    (here / "report").chmod(0o640)
    write_whole("report", "new ✓")
    assert (here / "report").read_text() == "new ✓"
    assert stat.S_IMODE((here / "report").stat().st_mode) == 0o640
    assert os.listdir(here) == ["report"]


def test_a_new_file_has_the_users_mode(here: Path) -> None:
    umask = os.umask(0o027)
    try:
        write_whole("report", "new")
    finally:
        os.umask(umask)
    assert stat.S_IMODE((here / "report").stat().st_mode) == 0o640


def test_a_link_is_followed(here: Path) -> None:
    (here / "link").symlink_to("report")
    write_whole("link", "new")
    assert (here / "link").is_symlink()
    assert (here / "report").read_text() == "new"


def test_a_device_is_written_not_replaced() -> None:
    check_writable("/dev/null")
    write_whole("/dev/null", "text")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    with pytest.raises(UsageError, match="no space left"):
        write_whole("/dev/full", "text")


def test_a_failed_write_leaves_the_old_file(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    (here / "report").write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="cannot write report: no space left on device"):
        write_whole("report", "new")
    assert (here / "report").read_text() == "old"
    assert os.listdir(here) == ["report"]


def test_checking_leaves_nothing_behind(here: Path) -> None:
    check_writable("report")
    assert os.listdir(here) == []


def test_what_cannot_be_written_is_known_before_judging(here: Path) -> None:
    (here / "my.py").write_text("x = 1")
    for path, message in [
        (".", "is a folder"),
        ("nowhere/report", "there is no folder"),
        ("my.py", "is your submission"),
        ("./my.py", "is your submission"),
        ("/proc/report", "cannot write /proc/report"),
    ]:
        with pytest.raises(UsageError, match=message):
            check_writable(path, "my.py")


def test_a_read_only_file_is_left_alone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "report").write_text("old")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(UsageError, match="permission denied"):
        check_writable("report")


def everything(folder: Path) -> dict[str, str]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {name: path.read_text() if path.is_file() else "" for name, path in found.items()}


def test_folders_are_written_with_those_above_them(here: Path) -> None:
    write_folders({here / "a" / "b": {"x": "1", "c/y": "é\n"}, here / "d": {}})
    assert everything(here) == {
        "a": "",
        "a/b": "",
        "a/b/x": "1",
        "a/b/c": "",
        "a/b/c/y": "é\n",
        "d": "",
    }


@pytest.mark.parametrize("call", [1, 2, 3, 4])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("method", ["rename", "mkdir", "write_text"])
def test_of_folders_all_are_written_or_nothing(
    here: Path, monkeypatch: pytest.MonkeyPatch, call: int, error: BaseException, method: str
) -> None:
    left = [call]
    real = getattr(Path, method)

    def failing(*args: object, **options: object) -> object:
        left[0] -= 1
        if left[0] == 0:
            raise error
        return real(*args, **options)

    folders = {here / "a" / "b": {"x": "1", "y": "2"}, here / "c" / "d": {"z": "3", "zz": "4"}}
    with monkeypatch.context() as patch:
        patch.setattr(Path, method, failing)
        if method == "rename" and call > 2:
            write_folders(folders)
            assert len(everything(here)) == 8
        elif isinstance(error, OSError):
            with pytest.raises(UsageError, match=r"cannot write [ac]/[bd]: no space left"):
                write_folders(folders)
            assert everything(here) == {}
        else:
            with pytest.raises(KeyboardInterrupt):
                write_folders(folders)
            assert everything(here) == {}


def test_a_folder_in_the_way_is_left_alone(here: Path) -> None:
    (here / "b").mkdir()
    with pytest.raises(UsageError, match="b is in the way, and is left as it is"):
        write_folders({here / "a": {"x": "1"}, here / "b": {}})
    assert everything(here) == {"b": ""}


def test_a_path_is_displayed_from_here(here: Path) -> None:
    assert displayed(here / "a" / "b") == "a/b"
    assert displayed(here.parent / "b") == str(here.parent / "b")


def test_a_private_file_is_there_whole_or_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "kept"
    with private(target) as file:
        file.write(b"old")
        assert not target.exists()
        assert [stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()] == [0o600]
    target.chmod(0o644)
    with pytest.raises(TypeError), private(target) as file:
        file.write("new")  # type: ignore[call-overload]
    assert target.read_bytes() == b"old"
    with private(target) as file:
        file.write(b"new")
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"new", 0o600)
    assert list(tmp_path.iterdir()) == [target]
