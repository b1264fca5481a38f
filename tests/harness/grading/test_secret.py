"""The key: given or made, the same for all, and not to be read by others."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from harness.errors import UsageError
from harness.grading import secret as module
from harness.grading.secret import VARIABLE, key_file, secret


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The judge's own cache folder, which is not there yet."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("JAXJUDGE_CACHE", str(tmp_path / "home" / "jaxjudge"))
    return tmp_path / "home" / "jaxjudge"


def test_a_key_is_made_once_for_this_user_only(home: Path, tmp_path: Path) -> None:
    first = secret(str(tmp_path / "kept"))
    assert len(first) == 32
    assert secret(str(tmp_path / "other")) == first
    assert stat.S_IMODE(key_file().stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == [key_file().name]


def test_a_given_key_is_taken_and_none_is_made(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "a text of some length")
    assert secret(str(tmp_path)) == b"a text of some length"
    assert not home.exists()


def test_a_key_that_can_be_guessed_is_refused(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "swordfish")
    with pytest.raises(UsageError, match="at least 16 characters, found 9"):
        secret(str(tmp_path))


def test_an_empty_variable_is_as_good_as_none(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "")
    assert len(secret(str(tmp_path / "kept"))) == 32
    assert key_file().exists()


def test_first_runs_at_the_same_time_agree(home: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(secret, [str(tmp_path / "kept")] * 8))
    assert found == {key_file().read_bytes()}


def test_one_that_was_made_meanwhile_is_not_replaced(home: Path, tmp_path: Path) -> None:
    first = secret(str(tmp_path / "kept"))
    module._make(key_file())
    assert secret(str(tmp_path / "kept")) == first


@pytest.mark.parametrize("inside", ["", ".", "..", "link"])
def test_a_key_beside_the_entries_is_refused(home: Path, tmp_path: Path, inside: str) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "home")
    folder = tmp_path / "link" if inside == "link" else home / inside
    with pytest.raises(UsageError, match="name another folder"):
        secret(str(folder))
    assert not home.exists()


def _others_may_read(path: Path) -> None:
    path.chmod(0o640)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:31])


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x")


@pytest.mark.parametrize("change", [_others_may_read, _cut, _longer])
def test_a_key_that_is_not_to_be_trusted_is_refused(
    home: Path, tmp_path: Path, change: object
) -> None:
    secret(str(tmp_path / "kept"))
    assert callable(change)
    change(key_file())
    with pytest.raises(UsageError, match=r"no key to trust.*delete it"):
        secret(str(tmp_path / "kept"))


def test_a_link_is_no_key(home: Path, tmp_path: Path) -> None:
    secret(str(tmp_path / "kept"))
    os.rename(key_file(), tmp_path / "elsewhere")
    key_file().symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="cannot make or read the key"):
        secret(str(tmp_path / "kept"))


def test_a_key_that_cannot_be_made_is_said(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("JAXJUDGE_CACHE", str(tmp_path / "file"))
    with pytest.raises(UsageError, match="set JAXJUDGE_CACHE_KEY to a long random text"):
        secret(str(tmp_path / "kept"))
