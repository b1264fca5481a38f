from __future__ import annotations

import ast
import time
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.problem.source import defined_names, function_names, parameters, parse


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f(): ...", ("f",)),
        ("async def f(): ...", ("f",)),
        ("class f: ...", ("f",)),
        ("f = jax.jit(g)", ("f",)),
        ("f: object = g", ("f",)),
        ("f: object", ()),
        ("f = g = h", ("f", "g")),
        ("(f, [g, *h]), i.f, j[f] = k", ("f", "g", "h")),
        ("if x:\n  def f(): ...\nelif y:\n  f = 1\nelse:\n  g = 2", ("f", "g")),
        (
            "try:\n  f = 1\nexcept E as e:\n  g = 2\nelse:\n  h = 1\nfinally:\n  i = 1",
            tuple("fghi"),
        ),
        ("with open(p) as f:\n  g = 1", ("f", "g")),
        ("for f in x:\n  while y:\n    g = 1", ("f", "g")),
        ("match x:\n  case 1:\n    f = 1", ("f",)),
        ("(f := 1)", ("f",)),
        ("from x import f", ()),
        ("import f", ()),
        ("from x import g as f", ()),
        ("print(f)\nf.a = 1\nf[0] = 1\ndel f\nf == 1", ()),
        ("def g():\n  def f(): ...\n  f = 1\nclass A:\n  def f(): ...", ("g", "A")),
        ("[f for f in x]", ()),
        ("'''\ndef f(): ...\n'''", ()),
    ],
)
def test_names_defined_at_top_level(source: str, names: tuple[str, ...]) -> None:
    assert defined_names(source) == names


@pytest.mark.parametrize(
    "source",
    [
        "def f(x:\n",
        "  def f(x): return 1\n",
        "x = = 1\nasync  def f(x): ...\n",
        "f = (1\n",
        "f: int = (1\n",
        "def f(): ...\n" + "(" * 50_000,
        "def f(): ...\nx = " + "-" * 100_000 + "1",
        "def f(): ...\nx = " + "1+" * 50_000 + "1",
        "def f(): ...\nx = " + "[" * 5_000 + "]" * 5_000,
        "def f(): ...\n\0",
        "def f(): ...\n\ud800",
        "def f(): ...\n" + "# long\n" * 200_000,
    ],
)
def test_a_file_that_cannot_be_parsed_is_searched(source: str) -> None:
    assert "f" in defined_names(source)


def test_deep_blocks_are_walked() -> None:
    deep = "".join(f"{' ' * depth}if x:\n" for depth in range(90)) + " " * 90 + "f = 1\n"
    assert defined_names(deep) == ("f",)


@pytest.mark.parametrize(
    "unit", ["\n", " ", "\t", "a", "a ", "a:", "def ", "def\t\t", "=", "async "]
)
def test_searching_takes_linear_time(unit: str) -> None:
    start = time.perf_counter()
    defined_names("(\n" + unit * (2_000_000 // len(unit)))
    assert time.perf_counter() - start < 5


def test_the_last_definition_counts() -> None:
    tree = parse("def f(a): ...\n\ndef f(a, /, b, *c, d, **e): ...\n")
    assert parameters(tree, "f") == (3, "a, b, *c, d, **e")
    assert parameters(tree, "g") is None
    assert function_names(tree) == ["f", "f"]


def test_odd_escapes_warn_nobody() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(parse(r"x = '\d'"), ast.Module)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="def f(x):=\n\t\"'[]{}#\\é\x00", max_size=80) | st.text(max_size=80))
def test_no_text_breaks_it(source: str) -> None:
    assert all(isinstance(name, str) for name in defined_names(source))
