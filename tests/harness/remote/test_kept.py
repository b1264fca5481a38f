from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.remote import kept
from harness.remote.kept import Kept, Login

ADA = Login("https://a.example.org", "ada", "jjt_secret", "1")
BOB = Login("https://b.example.org", "bob", "jjt_other", "2")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_kept_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "jaxjudge" / "servers.json"
    assert kept.load(file) == Kept()
    both = Kept().with_login(ADA).with_login(BOB)
    kept.save(file, both)
    assert kept.load(file) == both
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_nobody_else_may_read_it_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "jaxjudge" / "servers.json"
    file.parent.mkdir(mode=0o755)
    seen: list[int] = []
    synced = os.fsync

    def watched(descriptor: int) -> None:
        seen.extend(_mode(path) for path in file.parent.iterdir())
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    before = os.umask(0)
    try:
        kept.save(file, Kept().with_login(ADA))
    finally:
        os.umask(before)
    assert seen == [0o600]
    assert (_mode(file), _mode(file.parent)) == (0o600, 0o700)


def test_a_file_that_others_could_read_is_replaced_by_one_they_cannot(tmp_path: Path) -> None:
    file = tmp_path / "jaxjudge" / "servers.json"
    kept.save(file, Kept())
    file.chmod(0o644)
    kept.save(file, Kept().with_login(ADA))
    assert _mode(file) == 0o600


def test_the_last_login_is_the_one_that_counts() -> None:
    both = Kept().with_login(ADA).with_login(BOB)
    assert both.last == BOB.url
    assert both.with_login(ADA).last == ADA.url
    assert both.without(BOB.url) == Kept((ADA,), ADA.url)
    assert both.without(ADA.url) == Kept((BOB,), BOB.url)
    assert both.without(ADA.url).without(BOB.url) == Kept()
    again = Login(ADA.url, "ada", "jjt_new", "3")
    assert both.with_login(again).at(ADA.url) == again
    assert both.at("https://c.example.org") is None


def test_a_secret_is_not_shown() -> None:
    assert "jjt_" not in repr(Kept().with_login(ADA))


def test_the_server_is_the_one_named_or_the_last(home: Path) -> None:
    with pytest.raises(UsageError, match="not logged in anywhere: jaxjudge login URL"):
        kept.known("")
    kept.save(kept.place(), Kept().with_login(ADA).with_login(BOB))
    assert kept.known("") == BOB
    assert kept.known("https://A.example.org/") == ADA
    with pytest.raises(UsageError, match=r"jaxjudge login https://c\.example\.org"):
        kept.known("https://c.example.org")


@pytest.mark.parametrize("given", ["", "relative"])
def test_without_a_folder_for_settings_there_is_one_at_home(tmp_path: Path, given: str) -> None:
    assert kept.place({"XDG_CONFIG_HOME": given}) == Path.home() / ".config/jaxjudge/servers.json"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"last": "", "logins": [{}]}', "\xff"])
def test_what_is_broken_is_said_so(tmp_path: Path, content: str) -> None:
    file = tmp_path / "servers.json"
    file.write_text(content, "latin-1")
    with pytest.raises(UsageError, match="remove it, and log in again"):
        kept.load(file)


def test_what_cannot_be_read_or_written_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"cannot read .*: is a directory"):
        kept.load(tmp_path)
    with pytest.raises(UsageError, match=r"cannot write .*: file exists"):
        kept.save(tmp_path / "file" / "jaxjudge" / "servers.json", Kept())
