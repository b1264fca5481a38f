"""`login` and `logout` at a server that runs."""

from __future__ import annotations

import io
import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from harness.__main__ import main
from harness.remote import kept
from harness.store import accounts, credentials
from tests.harness.remote.conftest import Slept
from tests.harness.remote.running import PASSWORD, Running


@pytest.fixture
def ada(server: Running) -> str:
    """A user's token; the user has a password too."""
    return server.token("ada", "read", "submit")


def _type(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def _log_in(server: Running, *options: str) -> int:
    return main(["login", server.url, *options])


def _tokens(server: Running) -> list[str]:
    with server.online.database.read() as connection:
        ada = accounts.by_name(connection, "ada")
        assert ada is not None
        return [row.name for row in credentials.tokens_of(connection, ada.id)]


def test_a_password_is_traded_for_a_token_that_only_its_owner_can_read(
    server: Running,
    ada: str,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _type(monkeypatch, f"{PASSWORD}\n")
    assert _log_in(server, "--name", "Ada", "--password-stdin") == 0
    assert capsys.readouterr().out.startswith(f"Logged in at {server.url} as ada (learner).\n")
    file = home / "jaxjudge" / "servers.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PASSWORD not in file.read_text()
    assert any(name.startswith("jaxjudge on ") for name in _tokens(server))
    assert main(["history"]) == 0
    assert capsys.readouterr().err == "There is nothing yet.\n"


def test_logging_out_revokes_and_forgets(
    server: Running, ada: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _type(monkeypatch, f"{ada}\n")
    assert _log_in(server, "--token") == 0
    assert main(["logout"]) == 0
    assert capsys.readouterr().out.endswith(f"Logged out at {server.url}.\n")
    assert _tokens(server) == []
    assert main(["history"]) == 2
    assert main(["logout", server.url]) == 2


def test_a_token_that_was_revoked_elsewhere_is_forgotten(
    server: Running, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _type(monkeypatch, ada)
    assert _log_in(server, "--token") == 0
    with server.online.database.write() as connection:
        found = credentials.by_token(connection, ada)
        assert found is not None
        credentials.revoke_token(connection, found.user.id, found.id)
    assert main(["logout", server.url]) == 0
    assert kept.load(kept.place()) == kept.Kept()


@pytest.mark.parametrize("id", ["", "1"])
def test_a_token_that_cannot_be_revoked_is_forgotten_all_the_same(
    slept: Slept, capsys: pytest.CaptureFixture[str], id: str
) -> None:
    nowhere = kept.Login("http://127.0.0.1:9", "ada", "jjt_x", id)
    kept.save(kept.place(), kept.Kept().with_login(nowhere))
    assert main(["logout"]) == 3
    assert "but not revoked: do so at http://127.0.0.1:9/account" in capsys.readouterr().err
    assert kept.load(kept.place()) == kept.Kept()


@pytest.mark.parametrize(
    ("options", "typed", "said"),
    [
        (["--name", "ada", "--password-stdin"], "wrong password", "name or the password is wrong"),
        (["--password-stdin"], PASSWORD, "--password-stdin needs --name"),
        (["--name", "ada"], PASSWORD, "there is no terminal to ask for the password on"),
        ([], PASSWORD, "there is no terminal to ask for the name on"),
        (["--token"], "jjt_unknown", "does not know this token"),
        (["--token"], "", "expected a token"),
        (["--token"], "two words", "expected a token"),
    ],
)
def test_who_does_not_get_in_is_told_why_and_nothing_is_kept(
    server: Running,
    ada: str,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    typed: str,
    said: str,
) -> None:
    _type(monkeypatch, typed)
    assert _log_in(server, *options) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert not home.exists()


def test_a_token_that_may_not_read_is_refused_in_the_servers_words(
    server: Running, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _type(monkeypatch, server.token("bob", "submit"))
    assert _log_in(server, "--token") == 2
    assert "a token with the scope read" in capsys.readouterr().err


def test_no_password_is_sent_where_others_can_read_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _type(monkeypatch, "jjt_x\n")
    assert main(["login", "http://judge.invalid", "--token"]) == 2
    assert "is not encrypted: everybody on the way could read" in capsys.readouterr().err
    assert main(["login", "http://judge.invalid", "--token", "--insecure"]) == 3
    assert "there is no host of that name" in capsys.readouterr().err


def test_a_closed_standard_input_is_no_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["login", "http://localhost:9", "--token"]) == 2
    assert "expected a token" in capsys.readouterr().err


def test_on_a_terminal_it_asks_and_does_not_show_the_password(server: Running, ada: str) -> None:
    own, other = pty.openpty()
    command = [sys.executable, "-m", "harness", "login", server.url]
    with subprocess.Popen(
        command, stdin=other, stdout=other, stderr=other, start_new_session=True
    ) as process:
        os.close(other)
        os.write(own, b"ada\n")
        seen = _read_until(own, b"Password: ")
        os.write(own, f"{PASSWORD}\n".encode())
        seen += _read_until(own, b"(learner).")
    os.close(own)
    assert process.returncode == 0
    assert b"Name: " in seen
    assert PASSWORD.encode() not in seen


def _read_until(terminal: int, text: bytes) -> bytes:
    seen = b""
    while text not in seen:
        seen += os.read(terminal, 1024)
    return seen
