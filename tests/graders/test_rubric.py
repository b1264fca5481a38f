from __future__ import annotations

from graders.jaxpr.model import ArrayType
from graders.rubric import Argument, Result, concrete

DIMENSIONS = (("N", 3), ("B", 2))


def test_named_extents_become_numbers() -> None:
    assert concrete(("B", 5, "N"), DIMENSIONS) == (2, 5, 3)
    assert concrete((), DIMENSIONS) == ()


def test_arguments_and_results_have_concrete_types() -> None:
    argument = Argument("x", ("N", "B"), "int32", 0, 9)
    assert argument.type(DIMENSIONS) == ArrayType("int32", (3, 2))
    assert Result(("B",), "float32").type(DIMENSIONS) == ArrayType("float32", (2,))
