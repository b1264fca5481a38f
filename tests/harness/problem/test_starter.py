from __future__ import annotations

import ast
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.problem import source
from harness.problem.starter import generate
from tests.harness.problem.conftest import SOURCE, TOML, Vary, said

EXTENDS = 'extends = "double_sum"\n'
STARTER = '"""Start here."""\n\n\n' + SOURCE
RAW = tomllib.loads(TOML)


def test_a_starter_is_taken_over_while_it_fits(vary: Vary) -> None:
    toml = '[[arguments]]\nname = "rows"\nrange = [1, 2]\n'
    library = vary(EXTENDS + toml)
    (library.folder("double_sum") / "starter.py").write_text(STARTER)
    assert library.load("variant").starter == STARTER
    vary('extends = "variant"\nbatches = 3\n', name="last")
    assert library.load("last").starter == STARTER


def test_the_variants_own_starter_comes_first(vary: Vary) -> None:
    assert vary(EXTENDS, starter=STARTER).load("variant").starter == STARTER


@pytest.mark.parametrize(
    "toml",
    [
        'entry = "other"\n',
        'order = ["rows", "start"]\n',
        'result.dtype = "float16"\n',
        '[[arguments]]\nname = "rows"\nshape = ["N", "B"]\n',
    ],
)
def test_a_starter_that_does_not_fit_is_written_anew(vary: Vary, toml: str) -> None:
    reference = "def other(start, rows): ...\ndef double_sum(start, rows): ...\n"
    if "order" in toml:
        reference = "def double_sum(rows, start): ...\n"
    text = vary(EXTENDS + toml, reference=reference).load("variant").starter
    assert text.startswith('"""A doubled sum"""\n\nimport jax\n')


def test_without_a_starter_to_take_over_one_is_written(vary: Vary) -> None:
    library = vary(EXTENDS)
    (library.folder("double_sum") / "starter.py").unlink()
    assert library.load("variant").starter == generate(RAW)


def test_a_starter_taken_over_is_checked(vary: Vary) -> None:
    library = vary(EXTENDS)
    (library.folder("double_sum") / "starter.py").write_text("\ndef double_sum(start): ...\n")
    assert said(library) == [
        "double_sum/starter.py:2: expected `def double_sum(start, rows)`, "
        "found `def double_sum(start)`"
    ]
    (library.folder("double_sum") / "starter.py").write_bytes(b"\xff")
    assert said(library)[0].startswith("double_sum/starter.py:1: expected UTF-8 text")


def test_a_generated_starter_says_what_is_known() -> None:
    assert (
        generate(RAW)
        == '''\
"""A doubled sum"""

import jax


def double_sum(start: jax.Array, rows: jax.Array) -> jax.Array:
    """Add the rows, twice.

    Args:
        start: float32, shape ().
        rows: int32, shape (N, B, 2).

    Returns:
        float32, shape (B,).
    """
    raise NotImplementedError("TODO: write double_sum")
'''
    )


@pytest.mark.parametrize(("count", "lines"), [(2, 1), (6, 3), (9, 11)])
def test_a_long_signature_is_broken_as_a_formatter_would(count: int, lines: int) -> None:
    array = {"shape": [], "dtype": "bool"}
    arguments = [{"name": f"a{number}", **array} for number in range(count)]
    text = generate({**RAW, "arguments": arguments})
    (function,) = (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef))
    assert function.body[0].lineno - function.lineno == lines
    assert max(map(len, text.splitlines())) <= 100


def test_what_is_not_one_array_is_left_to_the_statement() -> None:
    raw = {**RAW, "arguments": [{"name": "tree"}], "result": [{}]}
    text = generate(raw)
    assert "def double_sum(tree) ->" in text
    assert text.count("see the statement.") == 2


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_words_make_a_starter(title: str, summary: str) -> None:
    raw: dict[str, Any] = {**RAW, "title": title, "summary": summary}
    found = source.parameters(source.parse(generate(raw)), "double_sum")
    assert found is not None
    assert found[1] == "start, rows"
