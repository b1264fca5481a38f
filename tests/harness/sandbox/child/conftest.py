"""What runs in the child, run in this process, with what it changes put back afterwards."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import jax
import pytest

from harness.sandbox.child import serve


@pytest.fixture
def put_back() -> Iterator[None]:
    """Keeps JAX's configuration, the standard streams and the loaded modules as they were."""
    config = {name: getattr(jax.config, name) for name in [*serve._CONFIG, "jax_enable_x64"]}
    modules = set(sys.modules)
    streams = [os.dup(1), os.dup(2)]
    yield
    for number, kept in enumerate(streams, 1):
        os.dup2(kept, number)
        os.close(kept)
    for name in set(sys.modules) - modules:
        if name.startswith("submission_"):
            del sys.modules[name]
    for name, value in config.items():
        jax.config.update(name, value)
