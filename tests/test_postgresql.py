"""The PostgreSQL that tests start is empty, endures being killed, and goes with the tests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect, text

from tests.ci.offline import ROOT
from tests.postgresql import Cluster, absent, programs
from tests.waiting import wait_until

_HOLDING = """
import json, time
from pathlib import Path

def test_holds(postgresql):
    found = {"folder": str(postgresql.folder), "processes": postgresql.processes()}
    Path(__file__).with_name("writing").write_text(json.dumps(found))
    Path(__file__).with_name("writing").rename(Path(__file__).with_name("held"))
    time.sleep(600)
"""


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A transaction in the database; nothing stays open after it."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def tables(url: str) -> list[str]:
    with connected(url) as connection:
        return inspect(connection).get_table_names()


def running(process: int) -> bool:
    """A process that nobody has waited for yet is not running either."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.split()[0] != "Z"


def test_a_new_database_is_empty(postgresql: Cluster) -> None:
    assert tables(postgresql.database()) == []


def test_databases_are_apart(postgresql: Cluster) -> None:
    one, other = postgresql.database(), postgresql.database()
    with connected(one) as connection:
        connection.execute(text("CREATE TABLE here (number integer)"))
    assert tables(one) == ["here"]
    assert tables(other) == []


def test_what_was_committed_survives_a_kill(postgresql: Cluster) -> None:
    url = postgresql.database()
    with connected(url) as connection:
        connection.execute(text("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number"))
    before = postgresql.processes()
    postgresql.kill()
    try:
        assert postgresql.processes() == []
        assert not any(map(running, before))
        postgresql.kill()  # there is nothing left that it could kill
    finally:
        postgresql.start()
    postgresql.start()  # and this finds it running
    assert set(before).isdisjoint(postgresql.processes())
    with connected(url) as connection:
        assert connection.scalar(text("SELECT count(*) FROM kept")) == 1000


def test_nothing_is_left_of_a_cluster_that_was_left(postgresql: Cluster) -> None:
    found = programs()
    assert found is not None
    with Cluster(found, fsync=False) as cluster:
        assert cluster.folder != postgresql.folder
        processes = cluster.processes()
        with connected(cluster.url()) as connection:
            assert connection.scalar(text("SHOW fsync")) == "off"
    assert not any(map(running, processes))
    assert not cluster.folder.exists()


def test_a_cluster_that_does_not_start_shows_its_log(postgresql: Cluster) -> None:
    found = programs()
    assert found is not None
    with Cluster(found, fsync=False) as cluster:
        cluster.kill()
        (cluster.folder / "data" / "postgresql.conf").write_text("no_such_setting = 1\n")
        with pytest.raises(RuntimeError, match="no_such_setting"):
            cluster.start()
    assert not cluster.folder.exists()


def test_nothing_is_left_of_a_session_that_was_killed(postgresql: Cluster, tmp_path: Path) -> None:
    test = tmp_path / "test_holding.py"
    test.write_text(_HOLDING)
    options = ["-p", "tests.conftest", "-c", os.devnull, "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-q", *options, str(test)]
    session = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: (tmp_path / "held").exists() or session.poll() is not None)
        held = json.loads((tmp_path / "held").read_text())
        assert running(held["processes"][0])
    finally:
        session.send_signal(signal.SIGKILL)
        session.wait()
    wait_until(lambda: not any(map(running, held["processes"])))
    wait_until(lambda: not Path(held["folder"]).exists())


def test_where_there_is_none_tests_are_skipped_but_fail_in_ci() -> None:
    with pytest.raises(pytest.skip.Exception, match="make postgresql"):
        absent({"CI": ""})
    with pytest.raises(pytest.fail.Exception, match="make postgresql"):
        absent({"CI": "true"})
