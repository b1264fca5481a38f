from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.harness.web.site import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of one test, whose pages share no storage with those of another."""
    with serving() as found:
        yield found
