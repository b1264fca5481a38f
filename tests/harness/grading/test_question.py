"""What a worker is asked arrives as it was put."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harness.grading.question import Question
from harness.grading.terms import Terms


@given(st.text(st.characters()), st.none() | st.binary())
def test_a_question_arrives_as_one_line(name: str, source: bytes | None) -> None:
    question = Question(name, source)
    assert Question.parse(question.text) == question
    assert question.text.isascii()
    assert "\n" not in question.text


def test_terms_arrive_as_they_were_written() -> None:
    terms = Terms("strict", "basic", "p", 1, shown=True, roots=("/a", "/b"), version="v")
    assert Terms.parse(terms.text) == terms
