from __future__ import annotations

import pytest

from graders.jaxpr.model import ArrayType, Leaf, Node, Tree, leaves
from tests.graders.programs import SCALAR, Builder, applied, number, vector

LEAF = Leaf(SCALAR)


@pytest.mark.parametrize(
    ("shape", "size", "text"),
    [((), 1, "float32[]"), ((3, 4), 12, "float32[3,4]"), ((5, 0), 0, "float32[5,0]")],
)
def test_an_array_type_has_a_size_and_a_text(shape: tuple[int, ...], size: int, text: str) -> None:
    type = ArrayType("float32", shape)
    assert (type.size, str(type)) == (size, text)


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (LEAF, "float32[]"),
        (Node("none", (), ()), "None"),
        (Node("tuple", (), (LEAF,)), "(float32[],)"),
        (Node("tuple", (), (LEAF, LEAF)), "(float32[], float32[])"),
        (Node("list", (), (LEAF, Node("tuple", (), ()))), "[float32[], ()]"),
        (Node("dict", ("a", "b"), (LEAF, LEAF)), "{'a': float32[], 'b': float32[]}"),
        (Node("Params", (), (LEAF,)), "Params(float32[])"),
    ],
)
def test_a_tree_is_written_as_python_writes_it(tree: Tree, text: str) -> None:
    assert str(tree) == text


def test_leaves_come_in_order() -> None:
    tree = Node("dict", ("a", "b"), (Leaf(vector(2)), Node("list", (), (LEAF, LEAF))))
    assert leaves(tree) == (vector(2), SCALAR, SCALAR)


def test_equations_know_the_programs_within_them() -> None:
    inner, other = (applied("neg", [SCALAR], SCALAR) for _ in range(2))
    builder = Builder(SCALAR)
    builder.many(
        "odd", [SCALAR], number(1.0), a=inner, b=(1, (other,)), c={"d": inner, "e": "text"}
    )
    program = builder.gives(*builder.inputs)
    assert list(program.equations[0].programs()) == [inner, other, inner]
    assert [equation.primitive for equation in program.walk()] == ["odd", "neg", "neg", "neg"]
