from __future__ import annotations

from dataclasses import replace

from graders.verdict import Evidence
from harness.report import conditions
from harness.report.document import Isolation, Report


def test_the_conditions_are_told_in_a_few_words_each(wrong_answer: Report) -> None:
    assert conditions.facts(wrong_answer) == {
        "checked": "256 batches of 2 shapes in float64; equal without tolerance, as rational "
        "numbers; compiled and run by XLA on cpu",
        "box": "confined: rlimits, landlock",
        "time": "0.42 s (trace 0.31 s)",
        "with": "jax 0.10.2",
    }


def test_what_is_not_known_is_left_out(wrong_answer: Report) -> None:
    bare = replace(
        wrong_answer,
        judgement=replace(wrong_answer.judgement, evidence=Evidence()),
        isolation=Isolation("strict", ("landlock",)),
        timings={"judge": 0.5},
        versions={},
    )
    assert conditions.facts(bare) == {"box": "strict", "time": "judge 0.50 s"}
