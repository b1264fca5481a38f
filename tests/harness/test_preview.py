from __future__ import annotations

from harness.engine import Engine
from harness.preview import look
from harness.problem.library import Library
from harness.problem.model import Problem


def test_an_author_sees_numbers_and_a_batch_of_each_size(
    engine: Engine, training_step: Problem
) -> None:
    rubric = training_step.rubric
    sight = look(rubric, engine.bank(training_step))
    assert sight.batches >= rubric.batches
    assert [spread.name for spread in sight.arguments] == ["w", "lr", "x_batches", "y_batches"]
    for spread, argument in zip(sight.arguments, rubric.arguments, strict=True):
        assert argument.low <= spread.low <= spread.high <= argument.high
    assert [(spread.name, spread.kind) for spread in sight.results] == [("result", "float32[]")]
    small, middling, large = sight.examples
    assert small.dimensions == {"N": 1, "B": 1}
    assert large.dimensions == {"N": 12, "B": 8}
    assert len(large.trajectory) == 13
    assert middling.arguments["x_batches"] != middling.arguments["y_batches"]


def test_a_problem_without_dimensions_has_one_batch_to_show(
    engine: Engine, built_in: Library
) -> None:
    problem = built_in.load("fori_power")
    (example,) = look(problem.rubric, engine.bank(problem)).examples
    assert example.dimensions == {}
    assert example.trajectory == ()
