"""A probe sees what a loop is given, carries and gives, and may put other values in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import jax
import numpy as np
import pytest
from jax import lax

from graders.jaxpr.interpret import Budget, BudgetExceeded, Evaluator
from graders.jaxpr.model import Array, Program
from graders.jaxpr.normalize import normalize
from tests.graders.programs import traced

ONE, TWO = np.float32(1), np.float32(2)


@dataclass
class Probe:
    """Writes down what it sees; `moved` is what it adds to the carry, by the number of the step."""

    moved: dict[int, float] = field(default_factory=dict)
    seen: list[tuple[str, Any]] = field(default_factory=list)

    def operands(
        self, consts: Sequence[Array], init: Sequence[Array], xs: Sequence[Array]
    ) -> tuple[Sequence[Array], Sequence[Array], Sequence[Array]]:
        self.seen.append(("operands", [plain(consts), plain(init), plain(xs)]))
        return consts, init, xs

    def carry(self, step: int, carry: Sequence[Array]) -> Sequence[Array]:
        values = [value + self.moved.get(step, 0) for value in carry]
        self.seen.append((f"carry {step}", plain(values)))
        return values

    def outputs(self, outputs: Sequence[Array]) -> Sequence[Array]:
        self.seen.append(("outputs", plain(outputs)))
        return [value * 10 for value in outputs]


def plain(values: Sequence[Array]) -> list[Any]:
    return [np.asarray(value).tolist() for value in values]


def probed(program: Program, probe: Probe, *values: Any, budget: Budget | None = None) -> list[Any]:
    (loop,) = (e for e in program.walk() if e.primitive in ("scan", "while"))
    evaluator = Evaluator(budget=budget or Budget(), probes={loop: probe})
    return plain(evaluator.prepare(program)([np.asarray(value) for value in values]))


def climb(x: Any, limit: Any, by: Any) -> Any:
    return lax.while_loop(lambda c: c < limit, lambda c: c + by, x) - x


CLIMB = normalize(traced(climb, ONE, ONE, ONE))


def test_a_while_loop_shows_its_constants_carries_and_results() -> None:
    probe = Probe()
    assert probed(CLIMB, probe, ONE, np.float32(6), TWO) == [69]
    assert probe.seen == [
        ("operands", [[6, 2], [1], []]),
        ("carry 0", [1]),
        ("carry 1", [3]),
        ("carry 2", [5]),
        ("carry 3", [7]),
        ("outputs", [7]),
    ]


def test_a_while_loop_goes_on_from_what_a_probe_puts_in() -> None:
    probe = Probe({0: 1, 2: 100})
    assert probed(CLIMB, probe, ONE, np.float32(6), TWO) == [1059]
    assert [value for name, value in probe.seen if name.startswith("carry")] == [[2], [4], [106]]


def test_a_while_loop_that_takes_no_step_shows_its_start_alone() -> None:
    probe = Probe()
    assert probed(CLIMB, probe, TWO, ONE, ONE) == [18]
    assert [name for name, _ in probe.seen] == ["operands", "carry 0", "outputs"]


def test_a_probe_can_be_what_keeps_a_while_loop_going() -> None:
    back = Probe(dict.fromkeys(range(1, 9999), -2.0))
    with pytest.raises(BudgetExceeded):
        probed(CLIMB, back, ONE, np.float32(6), TWO, budget=Budget(equations=500))


def test_a_loop_over_a_batch_is_probed_for_all_of_it_at_once() -> None:
    program = normalize(traced(jax.vmap(climb, (0, None, None)), np.ones(3, np.float32), ONE, ONE))
    probe = Probe()
    values = np.array([0, 3, 9], np.float32)
    assert probed(program, probe, values, np.float32(6), TWO) == [[60, 67, 81]]
    assert [value for name, value in probe.seen if name.startswith("carry")] == [
        [[0, 3, 9]],
        [[2, 5, 9]],
        [[4, 7, 9]],
        [[6, 7, 9]],
    ]
