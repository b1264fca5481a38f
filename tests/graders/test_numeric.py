from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.jaxpr.model import ArrayType, Leaf, Node, Tree, leaves
from graders.numeric import Mismatch, close, compare_type, scale, text
from tests.graders.programs import SCALAR, WHOLE, vector


@pytest.mark.parametrize(
    ("found", "code", "message"),
    [
        (Node("none", (), ()), "structure", "expected one array float32[2], got nothing"),
        (
            Node("tuple", (), (Leaf(SCALAR), Leaf(SCALAR))),
            "structure",
            "expected one array float32[2], got a tuple of 2: (float32[], float32[])",
        ),
        (
            Leaf(SCALAR),
            "shape",
            "expected shape (2,), got () (a scalar): float32[2] against float32[]",
        ),
        (Leaf(vector(2, "int32")), "dtype", "expected dtype float32, got int32"),
    ],
)
def test_structure_comes_before_shape_and_dtype(found: Tree, code: str, message: str) -> None:
    mismatch = compare_type(Leaf(vector(2)), found)
    assert mismatch is not None
    assert (mismatch.code, mismatch.message) == (code, message)


PAIR = Node("tuple", (), (Leaf(SCALAR), Leaf(vector(2))))
STATE = Node("dict", ("b", "w"), PAIR.children)
NESTED = Node("tuple", (), (STATE, Leaf(SCALAR)))
SHORT = Node("dict", ("b", "w"), (Leaf(SCALAR), Leaf(vector(1))))
COUNTED = Node("tuple", (), (Leaf(vector(2, "int32")), Leaf(SCALAR)))


@pytest.mark.parametrize(
    ("expected", "found", "message"),
    [
        (
            PAIR,
            Leaf(SCALAR),
            "expected a tuple of 2: (float32[], float32[2]), got one array float32[]",
        ),
        (
            PAIR,
            Node("list", (), PAIR.children),
            "expected a tuple of 2: (float32[], float32[2]), got a list of 2: [float32[], "
            "float32[2]]",
        ),
        (
            STATE,
            Node("dict", ("b", "v"), PAIR.children),
            "expected a dict of 2: {'b': float32[], 'w': float32[2]}, got a dict of 2: "
            "{'b': float32[], 'v': float32[2]}",
        ),
        (
            STATE,
            Node("Params", (), PAIR.children),
            "expected a dict of 2: {'b': float32[], 'w': float32[2]}, got a Params of 2: "
            "Params(float32[], float32[2])",
        ),
        (
            NESTED,
            Node("tuple", (), (Leaf(SCALAR), STATE)),
            "expected a tuple of 2: ({'b': float32[], 'w': float32[2]}, float32[]), got a tuple "
            "of 2: (float32[], {'b': float32[], 'w': float32[2]})",
        ),
    ],
)
def test_containers_are_told_apart_however_deep(expected: Tree, found: Tree, message: str) -> None:
    assert compare_type(expected, found, ["w", "b", "n"][: len(leaves(expected))]) == Mismatch(
        "structure", message
    )


@pytest.mark.parametrize(
    ("found", "code", "message"),
    [
        (
            Node("tuple", (), (SHORT, Leaf(SCALAR))),
            "shape",
            "expected shape (2,) for state.w, got (1,): float32[2] against float32[1]",
        ),
        (
            Node("tuple", (), (STATE, Leaf(WHOLE))),
            "dtype",
            "expected dtype float32 for loss, got int32",
        ),
    ],
)
def test_a_leaf_that_differs_is_named(found: Tree, code: str, message: str) -> None:
    names = ("state.b", "state.w", "loss")
    assert compare_type(NESTED, found, names) == Mismatch(code, message)
    assert compare_type(NESTED, NESTED, names) is None


def test_the_first_of_several_leaves_that_differ_is_told() -> None:
    found = compare_type(Node("tuple", (), (Leaf(SCALAR), Leaf(WHOLE))), COUNTED, ("", "n"))
    assert found is not None
    assert found.message == "expected shape () (a scalar), got (2,): float32[] against int32[2]"


def test_weak_types_are_accepted() -> None:
    assert compare_type(Leaf(SCALAR), Leaf(ArrayType("float32", (), True))) is None


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (np.zeros(0), np.zeros(0)),
        (np.zeros(2), np.zeros(())),
        (np.zeros(2), np.zeros((2, 1))),
        (np.zeros(2), np.zeros(2, complex)),
        (np.zeros(2, complex), np.zeros(2, complex)),
        (np.float64(np.nan), np.float64(np.nan)),
        (np.float64(1), np.float64(np.nan)),
        (np.float64(np.inf), np.float64(np.inf)),
        (np.float64(1), np.float64(-np.inf)),
        (np.ones(2), np.ones(2, int)),
        (np.ones(2), np.ones(2, bool)),
        (np.ones(2, int), np.ones(2)),
        (np.ones(2, int), np.ones(2, bool)),
        (np.ones(2), np.ones(2, object)),
        (np.ones(2), np.array(["1.0", "1.0"])),
        (np.array([1, 2]), np.array([1, 3])),
    ],
)
def test_what_is_never_close(expected: Any, found: Any) -> None:
    assert not close(np.asarray(expected), np.asarray(found), 1e9 if found.dtype == float else 0)


@given(st.floats(-1e6, 1e6), st.floats(0, 1), st.floats(0, 10))
def test_close_is_within_the_tolerance(value: float, tolerance: float, gap: float) -> None:
    expected, found = np.asarray(value), np.asarray(value + gap)
    assert close(expected, found, tolerance) == (abs(float(found - expected)) <= tolerance)
    assert close(expected, found, tolerance) == close(found, expected, tolerance)


@pytest.mark.parametrize("dtype", ["float32", "float64", "int32", "uint8", "bool"])
def test_a_value_is_close_to_itself(dtype: str) -> None:
    value = np.array([0, 1], dtype)
    assert close(value, value, 0)


def test_integers_of_another_width_are_the_same_numbers() -> None:
    assert close(np.array([1, 2], np.int64), np.array([1, 2], np.int32), 0)


@pytest.mark.parametrize(
    ("expected", "start", "answer"),
    [
        ([1, -4], None, 4),
        ([1, -4], np.array([1, -3]), 1),
        ([1, -4], np.array(7), 4),
        ([], None, 0),
    ],
)
def test_scale_is_how_far_a_result_moved(expected: Any, start: Any, answer: float) -> None:
    assert scale(np.array(expected, float), start) == answer


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (np.float32(0.1), "0.1"),
        (np.array(1 / 3), "0.3333333"),
        (np.array(3), "3"),
        (np.array(True), "True"),
        (np.array([1.5, 2]), "[1.5, 2. ]"),
        ([1, 2], "[1, 2]"),
    ],
)
def test_numbers_are_written_for_people(value: Any, written: str) -> None:
    assert text(value) == written


def test_long_arrays_are_cut() -> None:
    assert len(text(np.arange(1000.0))) < 100
