from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from graders.jaxpr.interpret import BudgetExceeded
from graders.jaxpr.model import ArrayType, Equation, Opaque, Program, Variable
from harness.sandbox.limits import ChildLimits
from harness.sandbox.oracle import XlaOracle
from harness.sandbox.parent import WarmParent
from tests.harness.sandbox.conftest import LIMITS, alive, offspring, until

X = np.array([0.5, 1.5])


def _equation(primitive: str, **params: Any) -> Equation:
    variable = Variable(ArrayType("float32", (2,)))
    return Equation(primitive, (variable,), (variable,), params)


@pytest.fixture
def oracle(warm_parent: WarmParent) -> Iterator[XlaOracle]:
    asked = XlaOracle(warm_parent, LIMITS)
    yield asked
    asked.close()


def test_it_evaluates_what_it_is_asked_and_says_what_that_was(oracle: XlaOracle) -> None:
    assert oracle.used() == ()
    (found,) = oracle.evaluate(_equation("lgamma"), [X])
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, [0.5723649429247001, -0.12078223763524522], rtol=1e-12)
    oracle.evaluate(_equation("erf"), [X])
    oracle.evaluate(_equation("erf"), [X])
    assert oracle.used() == ("erf", "lgamma")


_PROGRAM = Program((), (), (), ())


@pytest.mark.parametrize(
    ("equation", "said"),
    [
        (_equation("no such"), "KeyError"),
        (_equation("add", nothing=(1, 2)), "Error"),
        (_equation("erf", f=Opaque("function")), "without a plain form"),
        (_equation("erf", f=(1, _PROGRAM)), "without a plain form"),
        (_equation("erf", f={"a": 1}), "without a plain form"),
    ],
    ids=range(5),
)
def test_what_it_cannot_evaluate_is_a_lookup_error(
    oracle: XlaOracle, equation: Equation, said: str
) -> None:
    with pytest.raises(LookupError, match=said):
        oracle.evaluate(equation, [X])
    assert oracle.used() == ()
    assert oracle.evaluate(_equation("erf"), [X])


def test_one_that_was_never_asked_starts_nothing(warm_parent: WarmParent) -> None:
    before = len(os.listdir("/proc/self/fd")), sorted(warm_parent.folder.iterdir())
    XlaOracle(warm_parent, LIMITS).close()
    assert (len(os.listdir("/proc/self/fd")), sorted(warm_parent.folder.iterdir())) == before


def test_closing_leaves_nothing(warm_parent: WarmParent) -> None:
    before = len(os.listdir("/proc/self/fd")), sorted(warm_parent.folder.iterdir())
    oracle = XlaOracle(warm_parent, LIMITS)
    oracle.evaluate(_equation("erf"), [X])
    oracle.close()
    assert (len(os.listdir("/proc/self/fd")), sorted(warm_parent.folder.iterdir())) == before


def test_time_runs_out_for_it_too(warm_parent: WarmParent) -> None:
    oracle = XlaOracle(warm_parent, ChildLimits(wall_seconds=0.0))
    with pytest.raises(BudgetExceeded):
        oracle.evaluate(_equation("erf"), [X])
    oracle.close()


def test_a_parent_that_is_gone_is_a_lookup_error(own_parent: WarmParent) -> None:
    oracle = XlaOracle(own_parent, LIMITS)
    oracle.evaluate(_equation("erf"), [X])
    running = offspring(own_parent._process.pid)
    own_parent.abandon()
    assert until(lambda: own_parent.gone and not any(alive(pid) for pid in running))
    with pytest.raises(LookupError, match="the process that evaluates primitives"):
        oracle.evaluate(_equation("erf"), [X])
    oracle.close()
