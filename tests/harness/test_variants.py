from __future__ import annotations

from harness.variants import groups, separated
from tests.graders.exercise import RUBRIC, reference, traces


def test_what_one_source_answers_for_all_is_not_taken_apart() -> None:
    assert separated(RUBRIC, traces(reference)) == []


def test_sources_are_traced_so_many_at_a_time() -> None:
    made = list(range(60))
    assert [len(group) for group in groups(made)] == [25, 25, 10]
    assert [each for group in groups(made) for each in group] == made
