from __future__ import annotations

from harness.report.document import Ungraded
from harness.report.formats import outcome
from harness.report.results import Results


def test_each_outcome_has_its_words_and_its_sign(mixed: Results) -> None:
    found = [(outcome.sign(e), outcome.name(e), outcome.points(e)) for e in mixed.entries]
    assert found == [
        ("✓", "accepted", "100/100"),
        ("✗", "wrong answer", "0/100"),
        ("✗", "runtime error", "0/100"),
        ("!", "judge error", "0/100"),
        ("✗", "not graded", ""),
        ("!", "not graded", ""),
    ]


def test_the_first_thing_that_is_wrong_is_told(mixed: Results) -> None:
    good, wrong, *_ = mixed.entries
    assert outcome.wrong(good) == ""
    assert outcome.wrong(wrong) == "wrong on 254 of 256 batches"
    assert outcome.wrong(Ungraded("my.py", "file", "my.py is empty")) == "my.py is empty"


def test_a_run_is_summed_up(mixed: Results, nothing: Results) -> None:
    assert outcome.total(mixed.entries) == "1 of 6 accepted"
    assert outcome.total(nothing.entries) == "Nothing graded"
