"""The one engine of a pytest process: started when it is first needed, ended with the session."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from harness.engine import Engine

_ENGINE = pytest.StashKey[Engine]()


@dataclass(frozen=True, slots=True, eq=False)  # pytest 8 hashes its plugins
class _Ending:
    """Ends an engine after all fixtures, also when the session is interrupted.

    It is not left to a cleanup of the configuration: an interrupted worker of pytest-xdist may be
    gone before it comes to that.
    """

    engine: Engine

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        self.engine.__exit__(None, None, None)


def running(config: pytest.Config) -> Engine:
    """The engine of this process, ready to judge.

    Raises `MachineError` when it cannot start, or offers less isolation than was asked for.
    """
    if _ENGINE not in config.stash:
        engine = Engine(config.getoption("jaxjudge_isolation"), warm=True).__enter__()
        config.pluginmanager.register(_Ending(engine), "jaxjudge-engine")
        config.stash[_ENGINE] = engine
    config.stash[_ENGINE].isolation()
    return config.stash[_ENGINE]
