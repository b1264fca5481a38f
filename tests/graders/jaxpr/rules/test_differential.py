"""Every rule gives what JAX gives: in float32, in float64, and exactly or not at all."""

from __future__ import annotations

from collections.abc import Sequence

import jax
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graders.jaxpr.arithmetic import EXACT, NotExact
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array
from graders.jaxpr.rules.table import RULES
from tests.graders.jaxpr.rules import (
    cases_contraction,
    cases_conversion,
    cases_elementwise,
    cases_folds,
    cases_indexing,
    cases_programs,
    cases_random,
    cases_reduction,
    cases_shape,
)
from tests.graders.jaxpr.rules.differential import (
    Case,
    check_exact,
    check_float64,
    check_native,
    known,
    primitives,
    program,
)

_FAMILIES = (
    cases_conversion,
    cases_elementwise,
    cases_shape,
    cases_indexing,
    cases_reduction,
    cases_contraction,
    cases_folds,
    cases_random,
    cases_programs,
)
CASES = [case for family in _FAMILIES for case in family.CASES]
EXAMPLES = 8
_OF_OLDER_JAX = {"empty2"}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_agrees_with_jax(case: Case) -> None:
    exact_results = []

    @settings(
        max_examples=EXAMPLES if case.args else 1,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.tuples(*(arg.strategy() for arg in case.args)))
    def compare(values: Sequence[Array]) -> None:
        check_native(case, values)
        if case.x64:
            check_float64(case, values)
        if case.exact and case.x64:
            exact_results.append(check_exact(case, values))

    compare()
    assert not case.exact or not case.x64 or any(exact_results)


@pytest.mark.parametrize("case", [case for case in CASES if not case.exact], ids=str)
def test_what_has_no_exact_result_is_refused(case: Case) -> None:
    values = [
        np.full(arg.shape, 0.3).astype("float32" if arg.dtype == "bfloat16" else arg.dtype)
        for arg in case.args
    ]
    with pytest.raises(NotExact):
        Evaluator(EXACT).prepare(program(case))(values)


def test_names_of_cases_are_unique() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_rule_is_exercised() -> None:
    """A primitive that this JAX does not have is exercised under the version that does."""
    reachable = set(RULES) & set(known().values())
    if jax.__version_info__ >= (0, 11):
        reachable -= _OF_OLDER_JAX
    assert not reachable - set(primitives(CASES))
