"""The pytest plugin: its options and its fixture. It imports nothing until one of them is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from harness.testing.solutions import Judge


def pytest_addoption(parser: pytest.Parser) -> None:
    """Two options, which change nothing unless they are given."""
    group = parser.getgroup("jaxjudge")
    group.addoption(
        "--jaxjudge",
        action="store_true",
        help="Collect every problem.toml: the package, its reference, its starter and its samples.",
    )
    group.addoption(
        "--jaxjudge-isolation",
        choices=("strict", "basic", "none"),
        default="none",
        help="Refuse to judge with less. Default: the most there is.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Collect problems, if that was asked for."""
    if config.getoption("jaxjudge"):
        from harness.testing import collecting

        config.pluginmanager.register(collecting, "jaxjudge-collecting")


@pytest.fixture(scope="session")
def judge(pytestconfig: pytest.Config) -> Judge:
    """Judges a solution: `judge("solution.py").accepted`; `problem=` says what it is to solve."""
    from harness.testing.solutions import start

    return start(pytestconfig)
