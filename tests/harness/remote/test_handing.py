"""`submit --server` from the command line to a verdict, beside the same without a server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

import harness.engine
from graders.verdict import Verdict
from harness.__main__ import main
from harness.engine import Engine
from harness.problem.library import Library
from harness.remote import kept
from harness.remote.kept import Kept, Login
from harness.store import credentials, queue
from harness.store.limits import Rate
from harness.web.site import Rules
from tests.harness.remote.between import Between
from tests.harness.remote.running import PROBLEMS, Running, running

PROBLEM, OTHER = PROBLEMS
WAITING = "def cumulative_sum(x): ..."
_VARYING = re.compile(r"^time .*$", re.MULTILINE)


@pytest.fixture
def here(server: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a right answer and a wrong one, of somebody who is logged in."""
    folder = tmp_path / "answers"
    folder.mkdir()
    monkeypatch.chdir(folder)
    samples = server.library.samples(PROBLEM)
    for name, verdict in (("right", Verdict.ACCEPTED), ("wrong", Verdict.WRONG_ANSWER)):
        sample = next(path for label, path in samples if label is verdict)
        (folder / f"{name}.py").write_bytes(sample.read_bytes())
    (folder / "sum.py").write_text(WAITING)
    log_in(server, "ada")
    return folder


def log_in(server: Running, name: str) -> Login:
    """Somebody who is logged in."""
    login = Login(server.url, name, server.token(name, "read", "submit"), "")
    kept.save(kept.place(), Kept().with_login(login))
    return login


@pytest.fixture
def same_engine(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge here with the engine of the tests, which is warm."""

    @contextmanager
    def lent(require: str) -> Iterator[Engine]:
        yield engine

    monkeypatch.setattr(harness.engine, "Engine", lent)


def _alike(text: str) -> object:
    """A report without what differs from one run to the next, or only by `0` in place of `0.0`."""
    if text.startswith("{"):
        return {**json.loads(text), "timings": {}}
    return _VARYING.sub("", text)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["right.py"], 0),
        (["wrong.py"], 1),
        (["wrong.py", "--problem", PROBLEM, "--format", "json", "--hints", "1"], 1),
    ],
)
def test_the_report_is_the_one_of_this_machine(
    judging: Running,
    here: Path,
    same_engine: None,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
) -> None:
    assert main(["submit", *arguments]) == code
    expected = capsys.readouterr()
    assert main(["submit", *arguments, "--server"]) == code
    found = capsys.readouterr()
    assert _alike(found.out) == _alike(expected.out)
    assert found.err == expected.err


def test_reports_go_where_they_are_wanted_and_the_environment_names_the_server(
    judging: Running,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("JAXJUDGE_SERVER", f"{judging.url}/")
    assert main(["submit", "right.py", "--output", "report", "--report", "html=page.html"]) == 0
    assert "(report in report)" in capsys.readouterr().err
    page = (here / "page.html").read_text()
    assert 'class="program"' in page
    assert main(["status"]) == 0
    assert capsys.readouterr().out.startswith(f"✓ accepted  100/100  {PROBLEM}  right.py\n")


def test_who_does_not_wait_is_told_the_id(
    server: Running, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["submit", "sum.py", "--server", "--no-wait"]) == 0
    id = capsys.readouterr().out.strip()
    assert main(["status", id]) == 1
    assert capsys.readouterr().out.split() == ["queued", OTHER, "sum.py", id]
    assert main(["status", "--format", "json"]) == 1
    [told] = json.loads(capsys.readouterr().out)
    assert (told["id"], told["state"], told["problem"]) == (id, "queued", OTHER)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--no-wait"], "--no-wait goes with --server"),
        (["--no-wait", "--server", "-f", "json"], "has no report to write"),
        (["--server", "--require-isolation", "strict"], "does not go with --server"),
        (["--server", "https://b.example.org"], "jaxjudge login https://b.example.org"),
        (["--server", "--problem", "scan_cumsun"], "did you mean scan_cumsum?"),
        (["--server", "--problem", "fori_power"], "there is no problem 'fori_power'"),
        (["--server", "--output", "no/report"], "there is no folder"),
    ],
)
def test_wrong_use_is_one_line_and_nothing_is_submitted(
    server: Running,
    here: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    assert main(["submit", "sum.py", *arguments]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    with server.online.database.read() as connection:
        assert queue.length(connection) == 0


def test_a_file_that_is_too_long_is_not_sent(
    server: Running, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "long.py").write_text("#" * (300 << 10))
    assert main(["submit", "long.py", "--server"]) == 2
    assert "at most 256 KiB" in capsys.readouterr().err


def test_a_token_that_was_revoked_is_one_line(
    server: Running, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with server.online.database.write() as connection:
        token = credentials.by_token(connection, kept.known("").token)
        assert token is not None
        credentials.revoke_token(connection, token.user.id, token.id)
    assert main(["submit", "sum.py", "--server"]) == 2
    assert f"any more: jaxjudge login {server.url}" in capsys.readouterr().err


def test_who_submits_too_often_waits_as_long_as_is_asked(
    tmp_path: Path,
    built_in: Library,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "sum.py").write_text(WAITING)
    monkeypatch.chdir(tmp_path)
    rules = Rules(submit=Rate(1, timedelta(seconds=0.5)))
    with running(f"sqlite:///{tmp_path / 'jaxjudge.db'}", built_in, rules) as server:
        log_in(server, "ada")
        assert main(["submit", "sum.py", "--server", "--no-wait"]) == 0
        assert capsys.readouterr().err == ""
        assert main(["submit", "sum.py", "--server", "--no-wait"]) == 0
        assert "you submit too often: wait a little; trying again in 1 s" in capsys.readouterr().err
        with server.online.database.read() as connection:
            assert queue.length(connection) == 2


def test_a_submission_is_accepted_once_although_the_answer_was_lost(
    server: Running, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    token = kept.known("").token
    with Between(server.url, seen=b"201 Created", cut_after=1) as between:
        login = Login(between.url, "ada", token, "")
        kept.save(kept.place(), Kept().with_login(login))
        assert main(["submit", "sum.py", "--server", "--no-wait"]) == 0
    assert "trying again" in capsys.readouterr().err
    assert between.heard.count(b"POST /api/v1/submissions ") == 2
    with server.online.database.read() as connection:
        assert queue.length(connection) == 1


def test_what_the_judge_could_not_judge_is_no_fault_of_the_learner(
    server: Running, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["submit", "sum.py", "--server", "--no-wait"]) == 0
    with server.online.database.write() as connection:
        versions = [problem.version for problem in server.online.site.problems.values()]
        for _ in range(queue.ATTEMPTS):
            claim = queue.claim(connection, "worker", versions, False)
            assert claim is not None
            queue.give_up(connection, claim, "the machine failed")
    capsys.readouterr()
    assert main(["status"]) == 3
    assert "could not judge this submission" in capsys.readouterr().err
    assert main(["history"]) == 0
    assert "judge_error" in capsys.readouterr().out
