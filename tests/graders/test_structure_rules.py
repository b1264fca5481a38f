"""The rules a rubric may have beside that of a scan, and what is said where they are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax.numpy as jnp
import pytest
from jax import lax

from graders.jaxpr.normalize import normalize
from graders.looprule import absent
from graders.rubric import Dimension, RematRule, Rubric, ScanRule, Structure, WhileRule
from graders.structure import _call, _praise
from tests.graders.exercise import RUBRIC, built, traces
from tests.graders.varied import SEARCH, SUMS, search, sums

Function = Callable[..., Any]


def codes(function: Function, rubric: Rubric, wanted: Function) -> list[str]:
    return [finding.code for finding in built(function, rubric, wanted).findings]


def kept(x: Any) -> Any:
    """All sums so far are carried, although the steps put them out too."""

    def step(carry: Any, value: Any) -> Any:
        place, sums = carry
        total = sums[place - 1] + value
        return (place + 1, sums.at[place].set(total)), total

    return lax.scan(step, (0, jnp.zeros_like(x)), x)[1]


def test_a_carry_that_is_not_followed_must_not_grow() -> None:
    rule = ScanRule("N", (), ("x",), outputs=True, follow=False)
    loose = replace(SUMS, structure=Structure(rule, ("N",)))
    assert codes(sums, loose, sums) == []
    (finding,) = built(kept, loose, sums).findings
    assert finding.code == "carry_grows"
    assert finding.message == "the carry grows with N: it keeps a value for every step"
    other = replace(loose, dimensions=(*SUMS.dimensions, Dimension("K", 1, 4)))
    other = replace(other, structure=Structure(rule, ("K", "N")))
    assert codes(kept, other, sums) == ["carry_grows"]


def test_rules_beside_a_scan_are_judged_with_it() -> None:
    scan = SUMS.structure.scan
    rules = Structure(scan, ("N",), required=("mul",), forbidden=("add",), largest=1)
    asked = replace(SUMS, structure=rules)
    assert codes(sums, asked, sums) == [
        "forbidden_operation",
        "missing_operation",
        "large_intermediate",
    ]
    asked = replace(SUMS, structure=Structure(scan, loop=WhileRule(("x",))))
    assert codes(sums, asked, sums) == ["loop_absent"]
    asked = replace(SUMS, structure=Structure(scan, remat=RematRule(("add",))))
    assert codes(sums, asked, sums) == ["remat_absent"]


def test_growth_beside_a_while_loop_is_told_once() -> None:
    def writes_out(x: Any, most: Any) -> Any:
        total = search(x, most)
        for value in x:
            total = total + value - value
        return total

    assert codes(search, SEARCH, search) == []
    assert codes(writes_out, SEARCH, search)[0] == "grows"


@pytest.mark.parametrize(
    ("structure", "message"),
    [
        (Structure(), "built as asked"),
        (Structure(remat=RematRule(())), "built as asked"),
        (Structure(loop=WhileRule(())), "a while loop that does the work"),
        (Structure(ScanRule("N")), "one lax.scan"),
        (Structure(ScanRule("N", ("w",))), "one lax.scan, carrying w"),
        (Structure(ScanRule("N", (), ("x", "y"))), "one lax.scan over x and y"),
        (Structure(ScanRule("N", ("w", "v"), ("x",))), "one lax.scan over x, carrying w and v"),
    ],
)
def test_what_is_built_as_asked_is_said(structure: Structure, message: str) -> None:
    assert _praise(replace(RUBRIC, structure=structure)) == message


@pytest.mark.parametrize(
    ("rule", "call"),
    [
        (ScanRule("N"), "lax.scan(body, start, None, length=N)"),
        (ScanRule("N", ("w",), ("x",)), "lax.scan(body, w, x)"),
        (ScanRule("N", ("w", "v"), ("x", "y")), "lax.scan(body, (w, v), (x, y))"),
        (ScanRule("N", (), ("x",), True), "lax.scan(body, start, x, reverse=True)"),
        (ScanRule("N", ("w",), (), True), "lax.scan(body, w, None, length=N, reverse=True)"),
        (ScanRule("N", ("w",), ("x",), False), "lax.scan(body, w, x)"),
    ],
)
def test_the_call_that_is_asked_for_is_written_out(rule: ScanRule, call: str) -> None:
    assert _call(rule) == call


def test_a_missing_scan_is_hinted_at_by_its_call() -> None:
    (finding,) = built(lambda x: jnp.cumsum(x), SUMS, sums).findings
    assert finding.code == "scan_absent"
    assert finding.hint == "Write the loop as lax.scan(body, start, x), with N as the leading axis."


def test_a_missing_while_loop_is_pointed_at_where_there_is_a_scan() -> None:
    def fixed(x: Any, most: Any) -> Any:
        return lax.fori_loop(0, len(x), lambda i, c: jnp.where(x[i] == 0, c, i), most)

    def nothing(x: Any, most: Any) -> Any:
        return jnp.sum(x)

    traced = next(t.program for t in traces(fixed, SEARCH) if t.dimensions[0][1] > 1)
    program = normalize(traced)
    (place,) = [equation for equation in program.walk() if equation.primitive == "scan"]
    finding, equation = absent(traced, program)
    assert equation is place
    assert "which makes a scan" in finding.message
    traced = traces(nothing, SEARCH)[0].program
    finding, equation = absent(traced, normalize(traced))
    assert equation is None
    assert finding.message == "the program contains no while loop"
