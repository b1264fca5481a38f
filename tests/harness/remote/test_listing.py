from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from harness.__main__ import main
from harness.console import Look
from harness.remote import kept, listing
from harness.remote.client import Client
from harness.remote.kept import Kept, Login
from harness.remote.shapes import Handed
from tests.harness.remote.running import PROBLEMS, Running

PLAIN = Look(tty=False, colour=False, ascii=False, width=80)
RIGHT = Handed(
    "5f0c9a3b21d84e67",
    "scan_cumsum",
    "my.py",
    datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
    "done",
    "accepted",
    100.0,
    100.0,
)
WRONG = replace(RIGHT, verdict="wrong_answer", score=40.0, problem="scan_training_step")
WAITS = replace(RIGHT, state="queued", verdict=None, score=None, max_score=None)


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_table_is_plain_when_it_is_piped() -> None:
    assert listing.table([WAITS, WRONG, RIGHT], PLAIN) == (
        "when              verdict       score    problem             file   id\n"
        "2026-03-01 09:30  queued        -        scan_cumsum         my.py  5f0c9a3b21d84e67\n"
        "2026-03-01 09:30  wrong_answer  40/100   scan_training_step  my.py  5f0c9a3b21d84e67\n"
        "2026-03-01 09:30  accepted      100/100  scan_cumsum         my.py  5f0c9a3b21d84e67\n"
    )


def test_on_a_terminal_each_line_has_a_sign_and_fits() -> None:
    look = Look(tty=True, colour=False, ascii=False, width=80)
    long = replace(WRONG, name="a_long_name.py")
    lines = listing.table([WAITS, long, RIGHT], look).splitlines()
    assert [line[0] for line in lines] == [" ", "-", "✗", "✓"]
    assert lines[2] == (
        "✗ 2026-03-01 09:30  wrong_answer  40/100   scan_tr..  a_long..  5f0c9a3b21d84e67"
    )
    assert max(map(len, lines)) == look.width
    ascii = replace(look, ascii=True)
    assert [line[0] for line in listing.table([WRONG, RIGHT], ascii).splitlines()[1:]] == ["x", "+"]
    colour = replace(look, colour=True)
    assert listing.table([RIGHT], colour).splitlines()[1].startswith("\x1b[32m✓\x1b[0m ")


def test_no_name_moves_the_cursor() -> None:
    hostile = replace(RIGHT, name="\x1b[2J\n.py", id="\r", verdict="\u202e", state="\x07")
    assert listing.table([hostile], PLAIN).isprintable() is False
    assert all(line.isprintable() for line in listing.table([hostile], PLAIN).splitlines())
    assert len(listing.table([hostile], PLAIN).splitlines()) == 2
    assert listing.line(hostile).isprintable()
    assert "\x1b" not in listing.document([hostile])


@pytest.fixture
def ada(server: Running) -> Iterator[Client]:
    """Somebody who submitted three files."""
    token = server.token("ada", "read", "submit")
    kept.save(kept.place(), Kept().with_login(Login(server.url, "ada", token, "")))
    with Client.of(server.url, token) as client:
        for problem in (PROBLEMS[0], PROBLEMS[1], PROBLEMS[0]):
            client.post("/submissions", {"problem": problem, "source": "pass"})
        yield client


def test_ones_own_are_listed_the_newest_first(
    server: Running, ada: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    with Client.of(server.url, server.token("bob", "read", "submit")) as bob:
        bob.post("/submissions", {"problem": PROBLEMS[0], "source": "pass"})
    assert main(["history", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["problem"] for row in rows] == [PROBLEMS[0], PROBLEMS[1], PROBLEMS[0]]
    assert all(first["created_at"] >= second["created_at"] for first, second in pairwise(rows))
    assert main(["history", "--problem", PROBLEMS[1], "--server", server.url]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[2] for line in lines[1:]] == ["queued"]


def test_a_list_is_read_part_by_part(
    server: Running, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "_PAGE", 2)
    login = kept.known("")
    assert len({each.id for each in listing.handed_in(ada, login, "", 10)}) == 3
    assert len(listing.handed_in(ada, login, "", 1)) == 1


def test_where_nothing_was_submitted_there_is_no_last_one(
    server: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    token = server.token("ada", "read", "submit")
    kept.save(kept.place(), Kept().with_login(Login(server.url, "ada", token, "")))
    assert main(["status"]) == 2
    assert f"you have not submitted anything at {server.url}" in capsys.readouterr().err
    assert main(["status", "nothing"]) == 2
    assert "there is no such submission" in capsys.readouterr().err
