"""How a program grows with a dimension, and how large what it computes is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jax import lax

from graders.growth import growth, largest
from graders.inputs import growth_shapes
from graders.jaxpr.model import Program
from graders.rubric import Argument, Dimension, Extent, Result, Rubric, Signature, Structure
from graders.subject import Dimensions
from graders.verdict import Finding
from tests.graders.exercise import built
from tests.graders.programs import SCALAR, Builder, called, scan_params, vector

Function = Callable[..., Any]

PREFIX = Rubric(
    entry="prefix",
    dimensions=(Dimension("N", 1, 64),),
    arguments=(Argument("x", ("N",), "float32", -4, 4),),
    results=(Result(("N",), "float32"),),
    signature=Signature.flat(("x",)),
    structure=Structure(logarithmic_size=("N",), largest="2*N"),
    batches=20,
)


def prefix(x: Any) -> Any:
    return lax.associative_scan(jnp.add, x)


def doubling(x: Any) -> Any:
    """Each round adds what stands twice as far away as the one before."""
    distance = 1
    while distance < len(x):
        x = x + jnp.concatenate([jnp.zeros(distance), x[:-distance]])
        distance *= 2
    return x


def one_by_one(x: Any) -> Any:
    total, found = jnp.float32(0), []
    for value in x:
        total = total + value
        found.append(total)
    return jnp.stack(found)


def scanned(x: Any) -> Any:
    return lax.scan(lambda c, v: (c + v, c + v), jnp.float32(0), x)[1]


def triangle(x: Any) -> Any:
    return jnp.tril(jnp.ones((len(x), len(x)))) @ x


@pytest.mark.parametrize("function", [prefix, doubling])
def test_rounds_over_halves_are_accepted(function: Function) -> None:
    found = built(function, PREFIX, prefix)
    assert not found.findings
    assert found.message == "built as asked"


@pytest.mark.parametrize(
    ("function", "codes"),
    [
        (one_by_one, ["grows_too_fast"]),
        (scanned, ["grows_not"]),
        (triangle, ["grows_not", "large_intermediate"]),
    ],
)
def test_other_ways_are_found(function: Function, codes: list[str]) -> None:
    findings = built(function, PREFIX, prefix).findings
    assert [finding.code for finding in findings] == codes
    assert all(finding.hint for finding in findings)
    assert "for N=8" in findings[0].message
    assert "for N=64" in findings[0].message


def of_length(count: int) -> Program:
    """A program of so many operations, all on its input."""
    builder = Builder(SCALAR)
    value = builder.inputs[0]
    for _ in range(count):
        value = builder.one("neg", SCALAR, value)
    return builder.gives(value)


def grown(rubric: Rubric, *lengths: int) -> list[Finding]:
    """What is found when the programs for the growth shapes have these lengths."""
    programs = dict(zip(growth_shapes(rubric), map(of_length, lengths), strict=True))
    return [finding for finding, _ in growth(rubric, programs)]


def sized(smallest: int, largest: int, **structure: tuple[str, ...]) -> Rubric:
    dimensions = (Dimension("N", smallest, largest),)
    return replace(PREFIX, dimensions=dimensions, structure=Structure(**structure))  # type: ignore[arg-type]


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_program_of_constant_size_has_a_few_operations_to_spare(before: int, after: int) -> None:
    codes = [finding.code for finding in grown(sized(1, 9, constant_size=("N",)), before, after)]
    assert codes == (["grows"] if after > before + 4 else [])


@given(st.integers(0, 40), st.integers(0, 120))
def test_a_program_of_logarithmic_size_grows_so_much_and_no_more(before: int, after: int) -> None:
    codes = [f.code for f in grown(sized(1, 64, logarithmic_size=("N",)), before, after)]
    if after > 3 * before + 4:
        assert codes == ["grows_too_fast"]
    else:
        assert codes == (["grows_not"] if after <= before else [])


@pytest.mark.parametrize(
    ("smallest", "largest"), [(1, 1), (1, 3), (4, 8), (9, 9)], ids=["one", "three", "twice", "same"]
)
def test_extents_too_near_each_other_need_not_show_growth(smallest: int, largest: int) -> None:
    assert grown(sized(smallest, largest, logarithmic_size=("N",)), 5, 5) == []


def test_each_dimension_is_judged_by_its_own_pair() -> None:
    rubric = replace(
        PREFIX,
        dimensions=(Dimension("N", 1, 9), Dimension("K", 1, 64)),
        structure=Structure(constant_size=("N",), logarithmic_size=("K",)),
    )
    messages = [finding.message for finding in grown(rubric, 5, 20, 5, 5)]
    assert messages == [
        "the program grows with N: 5 operations for N=3, 20 for N=9",
        "the program does not grow with K at all (5 operations for K=8, 5 for K=64): the elements "
        "are not combined in rounds",
    ]


def test_operations_in_loops_count() -> None:
    builder = Builder(SCALAR)
    loop = builder.one("scan", SCALAR, *builder.inputs, **scan_params(of_length(20), 0, 1, 3))
    rubric = sized(1, 9, constant_size=("N",))
    programs = dict(zip(growth_shapes(rubric), [of_length(1), builder.gives(loop)], strict=True))
    ((finding, equation),) = growth(rubric, programs)
    assert "1 operations for N=3, 21 for N=9" in finding.message
    assert equation is None


def large(limit: Extent, program: Program, **sizes: int) -> list[tuple[str, str]]:
    found = largest(PREFIX, limit, {tuple(sizes.items()): program})
    return [
        (finding.message, equation.primitive if equation else "") for finding, equation in found
    ]


def outer(size: int) -> Program:
    builder = Builder(vector(size))
    (x,) = builder.inputs
    table = builder.one("outer", replace(SCALAR, shape=(size, size)), x, x)
    total = builder.one("reduce_sum", SCALAR, table)
    return builder.gives(builder.one("add", vector(size), x, total))


@pytest.mark.parametrize(
    ("limit", "most"), [("N", "N = 3"), ("2*N+2", "2*N+2 = 8"), (8, "8"), ("8", "8")]
)
def test_what_is_larger_than_anything_may_be_is_named(limit: Extent, most: str) -> None:
    message = (
        "outer makes an array of 9 elements (float32[3,3]) for N=3, where "
        f"{most} is the most any intermediate may have"
    )
    assert large(limit, outer(3), N=3) == [(message, "outer")]
    assert large("3*N", outer(3), N=3) == large(9, outer(3), N=3) == []


def test_without_dimensions_there_are_no_sizes_to_tell() -> None:
    ((message, _),) = large(4, outer(3))
    assert message.startswith("outer makes an array of 9 elements (float32[3,3]), where 4 is")


def test_the_largest_of_all_shapes_and_operations_is_told() -> None:
    programs: dict[Dimensions, Program] = {(("N", n),): outer(n) for n in (2, 4, 3)}
    ((finding, _),) = largest(PREFIX, "N", programs)
    assert "16 elements (float32[4,4]) for N=4" in finding.message


def test_the_largest_of_several_results_is_told() -> None:
    builder = Builder(SCALAR)
    builder.many("split", [SCALAR, vector(7), vector(3)], *builder.inputs)
    builder.many("nothing", [], *builder.inputs)
    ((message, primitive),) = large(2, builder.gives(), N=1)
    assert (primitive, "array of 7 elements (float32[7])" in message) == ("split", True)


def test_what_is_computed_within_loops_counts() -> None:
    body = outer(3)
    builder = Builder(vector(3))
    loop = builder.one("scan", vector(3), *builder.inputs, **scan_params(body, 0, 1, 5))
    ((_, primitive),) = large("N", builder.gives(loop), N=3)
    assert primitive == "outer"
    ((_, primitive),) = large("N", called(body), N=3)
    assert primitive == "outer"


TABLE = Rubric(
    entry="product",
    dimensions=(Dimension("D", 2, 6),),
    arguments=(
        Argument("table", ("D", "D"), "float32", -2, 2),
        Argument("v", ("D",), "float32", -2, 2),
    ),
    results=(Result(("D",), "float32"),),
    signature=Signature.flat(("table", "v")),
    structure=Structure(constant_size=("D",), largest="D"),
    batches=20,
)


def product(table: Any, v: Any) -> Any:
    return table.T @ v


def rearranged(table: Any, v: Any) -> Any:
    return v @ table.reshape(-1)[::-1].reshape(table.shape)[::-1, ::-1]


def differentiated(table: Any, v: Any) -> Any:
    return jax.grad(lambda v: v @ (table @ v) - v @ (table @ lax.stop_gradient(v)))(v)


def symmetric(table: Any, v: Any) -> Any:
    return (table + table.T) @ v - table @ v


def turned_later(table: Any, v: Any) -> Any:
    """What is computed is not an argument, however it is rearranged."""
    return (2 * table).T @ v / 2


@pytest.mark.parametrize("function", [product, rearranged, differentiated])
def test_an_argument_that_is_only_rearranged_is_no_intermediate(function: Function) -> None:
    assert not built(function, TABLE, product).findings


@pytest.mark.parametrize(
    ("function", "primitive"), [(symmetric, "add makes"), (turned_later, "mul makes")]
)
def test_an_argument_that_is_computed_with_is_one(function: Function, primitive: str) -> None:
    (finding,) = built(function, TABLE, product).findings
    assert finding.code == "large_intermediate"
    assert finding.message.startswith(f"{primitive} an array of 36 elements (float32[6,6]) for D=6")


def test_a_rearranged_number_is_an_intermediate() -> None:
    builder = Builder(vector(2))
    constant = builder.constant([[1.0, 2, 3], [4, 5, 6]])
    turned = builder.one("transpose", replace(SCALAR, shape=(3, 2)), constant)
    ((_, primitive),) = large(2, builder.gives(turned), N=2)
    assert primitive == "transpose"
