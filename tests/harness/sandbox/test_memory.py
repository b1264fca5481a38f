"""A submission that wants more memory than it may have is told so, whoever notices."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import pytest

from graders.subject import Failure, FailureKind
from tests.harness.sandbox.conftest import LIMITS, Ask, needs_groups, patched_main, put, started

HONEST = "def f(x):\n    return {'twice': x + x}\n"


def test_memory_may_run_out_on_the_device(ask: Ask) -> None:
    answer = ask(
        "import jax.numpy as jnp\ndef f(x):\n    return jnp.full((1 << 18, 1 << 18), x[0]) + x[1]"
    )
    assert not isinstance(answer.traces, Failure)
    assert answer.kind is FailureKind.MEMORY


@pytest.mark.parametrize("mib", [400, 411, 422])
def test_a_trace_without_an_end_runs_out_of_memory_wherever_that_is(ask: Ask, mib: int) -> None:
    """It is told so, whether Python, an extension or the C library finds that there is none."""
    limits = replace(LIMITS, memory_bytes=mib << 20, wall_seconds=60, cpu_seconds=60)
    full = "kept = bytearray(b'x') * (240 << 20)\n"
    answer = ask(full + "def f(x):\n    while True: x = x * 2.0\n", limits)
    assert answer.kind is FailureKind.MEMORY, answer.failure


@needs_groups
def test_a_child_that_outgrows_its_group_needed_too_much_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The group's limit is put far below that on private memory, which is otherwise the lower."""
    patch = "from harness.sandbox.child import confine\nconfine._SHARED_BYTES = -(440 << 20)\n"
    monkeypatch.setattr(subprocess, "Popen", patched_main(patch))
    with started() as parent:
        assert not isinstance(put(parent, HONEST).runs, Failure)
        answer = put(parent, "kept = bytearray(b'x') * (100 << 20)\n" + HONEST)
    assert answer.kind is FailureKind.MEMORY, answer.failure
    assert answer.failure.message == "needed more than 512 MiB"
