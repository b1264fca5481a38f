from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from harness.problem.diagnostics import Place, key_lines
from harness.problem.tree import Node, grow, places, plain
from tests.harness.problem.conftest import TOML

FILE = Path("p/problem.toml")
values = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(values)
def test_what_is_grown_is_plain_again(value: object) -> None:
    assert plain(grow(value, FILE, {})) == value


def test_every_value_knows_its_place() -> None:
    found = dict(places(grow(tomllib.loads(TOML), FILE, key_lines(TOML))))
    assert found[()] == Place(FILE, None, ())
    assert found[("title",)] == Place(FILE, 2, ("title",))
    assert found[("dimensions", "N", "max")] == Place(FILE, 9, ("dimensions", "N", "max"))
    assert found[("arguments",)].line is None
    assert found[("arguments", 1, "shape", 2)].line == 20


def test_only_tables_and_lists_hold_anything() -> None:
    leaf = Node(3, Place(FILE))
    assert (leaf.table, leaf.items) == ({}, ())
    assert Node({"a": leaf}, leaf.place).table == {"a": leaf}
    assert Node([leaf], leaf.place).items == [leaf]
