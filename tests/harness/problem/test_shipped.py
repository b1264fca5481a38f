from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from graders.rubric import Dimension, ScanRule
from harness.problem import extend, schema
from harness.problem.check_values import DTYPES
from harness.problem.constants import constants
from harness.problem.library import standard_library
from harness.problem.load import load_problem
from harness.problem.model import Problem

DOCS = Path(__file__).parents[3] / "docs" / "problem-format.md"


@pytest.fixture(scope="module")
def problem() -> Problem:
    return standard_library({}).load("scan_training_step")


def run(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(source, names)
    return names


def test_it_asks_for_the_training_loop(problem: Problem) -> None:
    assert problem.level == "hard"
    assert [a.name for a in problem.rubric.arguments] == ["w", "lr", "x_batches", "y_batches"]
    assert problem.rubric.structure.scan == ScanRule("N", ("w",), ("x_batches", "y_batches"))
    assert problem.rubric.structure.constant_size == ("N",)


def example(statement: str) -> tuple[dict[str, Any], list[float], float]:
    """Arguments, weights after each step and result of the statement's example."""
    code = re.findall(r"```python\n(w = .*?)```", statement, re.DOTALL)
    arguments: dict[str, Any] = {}
    exec(code[0], {}, arguments)
    steps = [
        float(text) for text in re.findall(r"^\| \d .*= ([\d.]+) \|$", statement, re.MULTILINE)
    ]
    (result,) = re.findall(r"The result is `([\d.]+)`", statement)
    return arguments, steps, float(result)


def test_the_worked_example_is_right(problem: Problem) -> None:
    arguments, weights, result = example(problem.statement)
    function = run(problem.reference.read_text())["scan_training_step"]
    arrays = {name: jnp.asarray(value, jnp.float32) for name, value in arguments.items()}
    assert len(weights) == len(arguments["x_batches"]) == 2
    for steps, weight in enumerate(weights, 1):
        rows = {name: arrays[name][:steps] for name in ("x_batches", "y_batches")}
        np.testing.assert_allclose(function(**{**arrays, **rows}), weight, rtol=1e-6)
    assert result == weights[-1]


def test_the_gradients_of_the_worked_example_are_right(problem: Problem) -> None:
    arguments, weights, _ = example(problem.statement)
    gradients = [float(text) for text in re.findall(r"\) = ([\d.]+) \|", problem.statement)]
    before = [arguments["w"], *weights[:-1]]
    rows = zip(before, arguments["x_batches"], arguments["y_batches"], strict=True)
    computed = [2 * np.dot(x, w * np.asarray(x) - y) for w, x, y in rows]
    np.testing.assert_allclose(computed, gradients, rtol=1e-12)


def test_the_statement_gives_the_rubrics_numbers(problem: Problem) -> None:
    text, rubric = problem.statement, problem.rubric
    for dimension in rubric.dimensions:
        assert re.search(
            rf"`{dimension.name}` (is )?between {dimension.min} and {dimension.max}", text
        )
    assert f"Correctness, {rubric.points.correctness:g} points" in text
    assert f"Structure, {rubric.points.structure:g} points" in text
    assert f"by at least {rubric.minimum_move:g}" in text
    lr = rubric.arguments[1]
    assert f"from 1/{1 / lr.low:g} to 1/{1 / lr.high:g}" in text
    for argument in rubric.arguments[2:]:
        assert f"`{argument.name}` | `(N, B)` | float32 | from {argument.low:g} to" in text


def test_no_number_of_the_rubric_is_written_twice(problem: Problem) -> None:
    text = (problem.folder / "statement.md").read_text("utf-8")
    task, rest = text.split("## Example")
    judged = rest.split("## How it is judged")[1]
    constants = re.findall(r"\{\{ ([\w.]+) \}\}", text)
    assert len(constants) == len(set(constants)) == 17
    assert (
        re.findall(r"[1-9]\d*", re.sub(r"\$\$?[^$]*\$\$?|float32|\{\{.*?\}\}", "", task + judged))
        == []
    )


def test_a_step_is_a_contraction_on_the_whole_domain(problem: Problem) -> None:
    _, lr, x, _ = problem.rubric.arguments
    largest = problem.rubric.dimensions[1].max * max(x.low**2, x.high**2)
    assert abs(1 - 2 * lr.high * largest) <= 1


@pytest.mark.parametrize("n", [1, 12])
@pytest.mark.parametrize("b", [1, 8])
def test_the_reference_is_one_scan_of_the_right_type(problem: Problem, n: int, b: int) -> None:
    function = run(problem.reference.read_text())["scan_training_step"]
    extents = (("N", n), ("B", b))
    types = [argument.type(extents) for argument in problem.rubric.arguments]
    traced = jax.jit(function).trace(*(jax.ShapeDtypeStruct(t.shape, t.dtype) for t in types))
    assert str(traced.jaxpr).count("scan[") == 1
    assert (traced.out_info.shape, str(traced.out_info.dtype)) == ((), "float32")


def test_the_starter_is_still_to_be_written(problem: Problem) -> None:
    with pytest.raises(NotImplementedError, match="TODO"):
        run(problem.starter)["scan_training_step"](0.0, 0.0, [], [])


def test_the_format_is_documented_key_by_key() -> None:
    text = DOCS.read_text("utf-8")
    for table in schema.Table.__subclasses__():
        for name, field in table.model_fields.items():
            key = field.alias or name
            assert f"`{key}`" in text or f"`[{key}]`" in text or f"`[[{key}]]`" in text, key
            if isinstance(field.default, (int, float)):
                default = str(field.default)
                if isinstance(field.default, bool):
                    default = f"`{default.lower()}`"
                assert re.search(rf"\| `{key}` \|.*\| {re.escape(default)} \|", text), key
    assert all(f"`{dtype}`" in text for dtype in DTYPES)
    assert all(f"| `{key}` |" in text for key in extend.KEYS)


def test_the_constants_are_documented(problem: Problem) -> None:
    raw = tomllib.loads((problem.folder / "problem.toml").read_text("utf-8"))
    text = DOCS.read_text("utf-8")
    for name in constants(raw):
        table, _, part = name.partition(".")
        known = f"{{{{ {table}." if table in ("points", "limits") else f".{part} }}}}`"
        assert f"`{{{{ {name} }}}}`" in text or (part and known in text), name


def test_the_documented_variant_loads(problem: Problem, tmp_path: Path) -> None:
    (toml,) = re.findall(r"```toml\n(extends = .*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    folder = tmp_path / "short_training_step"
    folder.mkdir()
    (folder / "problem.toml").write_text(toml)
    reference = problem.reference.read_text("utf-8").replace(problem.id, folder.name)
    (folder / "reference.py").write_text(reference)
    variant = load_problem(folder, {problem.id: problem.folder})
    assert variant.rubric.dimensions == (Dimension("N", 1, 4), Dimension("B", 1, 8))
    assert "`N` is between 1 and 4" in variant.statement
    assert "float32 | from 1/128 to 1/32 |" in variant.statement
