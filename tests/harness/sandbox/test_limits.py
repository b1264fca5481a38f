from __future__ import annotations

from graders.rubric import Limits
from harness.sandbox.limits import ChildLimits


def test_a_problems_limits_become_the_childs() -> None:
    limits = ChildLimits.of(Limits(3.5, 2.5, 64 << 20, 5 << 10, 10))
    assert (limits.wall_seconds, limits.cpu_seconds) == (3.5, 2.5)
    assert (limits.memory_bytes, limits.output_bytes) == (64 << 20, 5 << 10)


def test_the_child_applies_what_only_it_can() -> None:
    limits = ChildLimits(cpu_seconds=2.5, memory_bytes=1000, file_bytes=10)
    assert limits.applied().items() >= {"cpu": 2.5, "memory": 1000, "file": 10}.items()


def test_without_a_problem_the_limits_are_the_problems_defaults() -> None:
    assert ChildLimits.of(Limits()) == ChildLimits()
