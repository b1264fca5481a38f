"""However values nest: every leaf is in its place, in each of the ways a form is written."""

from __future__ import annotations

import ast
import json
from typing import Any

import jax
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.form import Container, Form, Slot, Static, filled, plain, tree, written
from graders.jaxpr.model import ArrayType, Leaf, Node, leaves
from harness.sandbox.child.dialect import result_tree
from harness.sandbox.child.serve import _placed

SIZES = {"N": 7, "B": 9}
NESTED: Form = Container(
    "tuple",
    ("state", "1"),
    (Container("dict", ("b", "w"), (Slot(0), Slot(1))), Container("tuple", ("0",), (Slot(2),))),
)


def numbered(shape: Any, first: int = 0) -> tuple[Form, int]:
    """A form of lists, dicts, and names of dimensions, its slots numbered in order."""
    if shape is None:
        return Slot(first), first + 1
    if isinstance(shape, str):
        return Static(shape), first
    children = []
    for child in shape.values() if isinstance(shape, dict) else shape:
        form, first = numbered(child, first)
        children.append(form)
    kind = "dict" if isinstance(shape, dict) else "tuple"
    keys = tuple(shape) if isinstance(shape, dict) else tuple(map(str, range(len(shape))))
    return Container(kind, keys, tuple(children)), first


def forms(leaf: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Form, int]]:
    """Forms, each with how many arrays it has."""
    names = st.text("abcxyz", min_size=1, max_size=3)
    shapes = st.recursive(
        leaf,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3)
            | st.dictionaries(names, inner, min_size=1, max_size=3).map(
                lambda found: dict(sorted(found.items()))
            )
        ),
        max_leaves=6,
    )
    return shapes.map(numbered)


ARGUMENTS = forms(st.none() | st.sampled_from(sorted(SIZES)))
RESULTS = forms(st.none())


@given(ARGUMENTS)
def test_what_is_written_is_python_for_what_is_filled(found: tuple[Form, int]) -> None:
    form, count = found
    text = written(form, [str(number) for number in range(count)])
    for name, size in SIZES.items():
        text = text.replace(name, str(size))
    values = filled(form, range(count), SIZES)
    assert json.loads(json.dumps(ast.literal_eval(text))) == values


@given(ARGUMENTS)
def test_the_child_puts_arguments_where_the_judge_shows_them(found: tuple[Form, int]) -> None:
    form, count = found
    placed = _placed(json.loads(json.dumps(plain(form))), range(count), SIZES)
    assert json.loads(json.dumps(placed)) == filled(form, range(count), SIZES)


@given(RESULTS)
def test_leaves_stand_in_the_order_in_which_jax_flattens_them(found: tuple[Form, int]) -> None:
    form, count = found
    types = [ArrayType("float32", (number + 1,)) for number in range(count)]
    values = _placed(plain(form), [jax.ShapeDtypeStruct(t.shape, t.dtype) for t in types], {})
    assert tree(form, types) == result_tree(values)
    assert leaves(tree(form, types)) == tuple(types)
    assert [value.shape for value in jax.tree.leaves(values)] == [type.shape for type in types]


def test_a_nested_result_is_a_tree_without_the_names_of_a_tuple() -> None:
    types = [ArrayType("float32", (size,)) for size in (1, 2, 3)]
    b, w, last = map(Leaf, types)
    wanted = Node("tuple", (), (Node("dict", ("b", "w"), (b, w)), Node("tuple", (), (last,))))
    assert tree(NESTED, types) == wanted
    assert str(wanted) == "({'b': float32[1], 'w': float32[2]}, (float32[3],))"


def test_a_nested_argument_is_written_as_in_python() -> None:
    assert written(NESTED, ["1", "2", "3"]) == "({'b': 1, 'w': 2}, (3,))"
    assert written(Container("dict", ("n",), (Static("N"),)), []) == "{'n': N}"


def test_a_static_integer_is_no_result() -> None:
    with pytest.raises(TypeError, match="no result"):
        tree(Static("N"), [])
