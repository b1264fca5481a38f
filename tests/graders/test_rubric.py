from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.form import Container, Slot
from graders.jaxpr.model import ArrayType
from graders.rubric import (
    EXTENT,
    Argument,
    Extent,
    Result,
    Signature,
    Structure,
    concrete,
    extent_names,
    size_of,
)
from tests.graders.exercise import RUBRIC

DIMENSIONS = (("N", 3), ("B", 2))
SIZES = dict(DIMENSIONS)


def test_named_extents_become_numbers() -> None:
    assert concrete(("B", 5, "N", "N+1"), DIMENSIONS) == (2, 5, 3, 4)
    assert concrete((), DIMENSIONS) == ()


def test_arguments_and_results_have_concrete_types() -> None:
    argument = Argument("x", ("N", "B"), "int32", 0, 9)
    assert argument.type(DIMENSIONS) == ArrayType("int32", (3, 2))
    assert Result(("B",), "float32").type(DIMENSIONS) == ArrayType("float32", (2,))


TERMS = st.lists(
    st.lists(st.sampled_from(["N", "B"]) | st.integers(1, 99), min_size=1, max_size=3),
    min_size=1,
    max_size=3,
)


@given(TERMS)
def test_extents_are_sums_of_products(terms: list[list[int | str]]) -> None:
    extent = "+".join("*".join(map(str, factors)) for factors in terms)
    assert EXTENT.fullmatch(extent)
    assert size_of(extent, SIZES) == eval(extent, {}, SIZES)
    names = [factor for factors in terms for factor in factors if isinstance(factor, str)]
    assert list(extent_names(extent)) == names


@pytest.mark.parametrize(
    "text", ["", "0", "0*N", "N+", "+N", "N++B", "N-1", "N/2", "2N", "N B", "(N)", "9" * 10, "٣"]
)
def test_what_is_no_extent(text: str) -> None:
    assert not EXTENT.fullmatch(text)


@pytest.mark.parametrize("extent", [4, "4"])
def test_a_number_is_an_extent_of_no_dimension(extent: Extent) -> None:
    assert size_of(extent, SIZES) == 4
    assert list(extent_names(extent)) == []


def test_columns_are_the_arrays_of_an_argument() -> None:
    names = ("x", "params.b", "params.w", "params2", "y")
    arguments = tuple(Argument(name, (), "float32") for name in names)
    rubric = replace(RUBRIC, arguments=arguments)
    assert rubric.columns("params") == [1, 2]
    assert rubric.columns("y", "params") == [1, 2, 4]
    assert rubric.columns() == rubric.columns("z") == []


def test_a_flat_signature_is_of_arrays() -> None:
    assert Signature.flat(("x", "y")).forms == (Slot(0), Slot(1))
    assert Signature.flat(("x",)).result == Slot(0)
    pair = Container("tuple", ("", ""), (Slot(0), Slot(1)))
    assert Signature.flat(("x",), 2).result == pair


def test_both_kinds_of_growth_are_judged() -> None:
    assert Structure(constant_size=("N",), logarithmic_size=("B",)).sized == ("N", "B")
