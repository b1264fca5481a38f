from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from harness.engine import Engine
from harness.problem.library import Library
from tests.harness.remote.running import Running, running


@pytest.fixture(autouse=True)
def _no_log() -> Iterator[None]:
    """What the server writes down is kept apart from what commands print."""
    with capture_logs():
        yield


@pytest.fixture
def server(tmp_path: Path, built_in: Library) -> Iterator[Running]:
    """A server that can be reached by HTTP, without workers: what is submitted waits."""
    with running(f"sqlite:///{tmp_path / 'jaxjudge.db'}", built_in) as server:
        yield server


@pytest.fixture
def judging(server: Running, engine: Engine) -> Iterator[Running]:
    """A server with a worker."""
    with server.worker(engine):
        yield server


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's own folders, empty."""
    folder = tmp_path / "config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    for name in ("JAXJUDGE_SERVER", "FORCE_COLOR", "COLUMNS", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return folder


@dataclass
class Slept:
    """Time that passes only while one sleeps."""

    seconds: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)

    def monotonic(self) -> float:
        return sum(self.seconds)


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> Slept:
    found = Slept()
    monkeypatch.setattr("harness.remote.client.time", found)
    return found
