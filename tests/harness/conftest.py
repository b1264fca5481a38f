from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """Undo what the command does to its process's signals."""
    handler = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, handler)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chrome]:
    """A Chromium without a window, one a worker."""
    from tests.harness.chromium import started

    with started() as found:
        yield found


@pytest.fixture
def browser(chromium: Chrome) -> Chrome:
    """The Chromium, which has forgotten what other tests had it log."""
    from tests.harness.chromium import log

    log(chromium, "browser")
    return chromium
