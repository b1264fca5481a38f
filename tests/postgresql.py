"""A PostgreSQL of the tests' own: one folder with its data, reached by a socket in it."""

from __future__ import annotations

import os
import pwd
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, Self
from urllib.parse import urlencode

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import make_url

_USER = "jaxjudge"
_SECONDS_TO_START = 60.0
_ABSENT = "there is no PostgreSQL here: make postgresql installs it, or says what to install"
# Its standard input ends with the process that holds the other end, whatever ends that one. A line
# read from it is the server's process, and empty after a kill.
_WATCH = """
trap '' HUP INT TERM
server=
while read -r line; do server=$line; done
[ -z "$server" ] || kill -QUIT "$server"
until rm -rf "$1"; do sleep 0.1; done
"""


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`: that on PATH, or the newest where Debian has them."""
    on_path = shutil.which("initdb")
    packaged = Path("/usr/lib/postgresql").glob("[0-9]*/bin")
    folders = sorted(packaged, key=lambda folder: float(folder.parent.name), reverse=True)
    if on_path is not None:
        folders.insert(0, Path(on_path).resolve().parent)
    return next((each for each in folders if (each / "postgres").is_file()), None)


def absent(environment: Mapping[str, str]) -> NoReturn:
    """Skip a test that needs PostgreSQL; it fails where everything has to be installed, in CI."""
    if environment.get("CI"):
        pytest.fail(_ABSENT)
    pytest.skip(_ABSENT)


class Cluster:
    """A server that is running from its creation on; leaving its context removes it and its data.

    It goes with the process that made it, also when that is killed. Several may run at once.
    """

    def __init__(self, folder_of_programs: Path, *, fsync: bool = True) -> None:
        """Create the data and start; without `fsync`, quicker and lost if the machine fails."""
        self._programs = folder_of_programs
        self._settings = {"listen_addresses": "", "fsync": "on" if fsync else "off"}
        self._owner = _owner()
        self._numbers = count(1)
        self.folder = Path(tempfile.mkdtemp(prefix="jaxjudge-postgresql-"))
        self._watch = subprocess.Popen(
            ["sh", "-c", _WATCH, "sh", str(self.folder)],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # what ends the tests' process group is not to end this
        )
        self._server: subprocess.Popen[bytes] | None = None
        try:
            self._create()
            self.start()
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def url(self, database: str = "postgres") -> str:
        """The address of a database in SQLAlchemy's form; without `+psycopg` it is libpq's."""
        query = urlencode({"host": str(self.folder)})
        return f"postgresql+psycopg://{_USER}@/{database}?{query}"

    def database(self, template: str = "template1") -> str:
        """The `url` of a new database: an empty one, or a copy of one that nobody uses now."""
        name = f"test_{next(self._numbers)}"
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with self._connect() as connection:
            connection.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever uses it: hundreds of them would fill the disk."""
        name = sql.Identifier(str(make_url(url).database))
        with self._connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))

    def processes(self) -> list[int]:
        """The server's process and then its children; none where it is not running."""
        if self._server is None or not self._running():
            return []
        server = self._server.pid
        children = Path(f"/proc/{server}/task/{server}/children").read_text("ascii")
        return [server, *map(int, children.split())]

    def start(self) -> None:
        """Start the server on the data it has, where it is not running, and wait until it answers.

        Raises `RuntimeError` with the server's log where it ends or does not answer in time.
        """
        if self._running():
            return
        settings = [f"--{name}={value}" for name, value in self._settings.items()]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, "-k", self.folder, *settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._owner,
            )
        self._tell_watch(str(self._server.pid))
        self._await_answer(self._server)

    def kill(self) -> None:
        """Kill all the server's processes, as a failure would; returns when they are gone."""
        if self._server is None or not self._running():
            return
        self._server.send_signal(signal.SIGSTOP)  # so that it starts no more while they are killed
        os.waitid(os.P_PID, self._server.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        handles = [os.pidfd_open(process) for process in self.processes()]
        for handle in handles:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        for handle in handles:
            select.select([handle], [], [])
            os.close(handle)
        self._server.wait()
        self._tell_watch("")

    def stop(self) -> None:
        """End the server and remove its data; there is no `start` after that."""
        if not self._running():
            self._tell_watch("")
        self._watch.communicate()
        if self._server is not None:
            self._server.wait()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _running(self) -> bool:
        return self._server is not None and self._server.poll() is None

    def _create(self) -> None:
        if self._owner:
            shutil.chown(self.folder, self._owner["user"], self._owner["group"])
        options = ["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
        subprocess.run(
            [self._programs / "initdb", "-D", self._data, "--username", _USER, *options],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            **self._owner,
        )

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url().replace("+psycopg", ""), autocommit=True)

    def _await_answer(self, server: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + _SECONDS_TO_START
        while server.poll() is None and time.monotonic() < end:
            try:
                self._connect().close()
            except psycopg.OperationalError:
                time.sleep(0.02)
            else:
                return
        raise RuntimeError(f"PostgreSQL does not start:\n{(self.folder / 'log').read_text()}")

    def _tell_watch(self, line: str) -> None:
        assert self._watch.stdin is not None
        self._watch.stdin.write(f"{line}\n".encode())
        self._watch.stdin.flush()


def _owner() -> dict[str, Any]:
    """What makes `subprocess` start the server as somebody else: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        entry = pwd.getpwnam("nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
