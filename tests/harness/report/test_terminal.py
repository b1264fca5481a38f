from __future__ import annotations

from dataclasses import replace

import pytest

from graders.verdict import CheckResult, Evidence, Finding, Judgement, Status, Verdict
from harness.report import numbers
from harness.report.document import Output, Report
from harness.report.terminal import render, summary

EXPECTED = """\
✗ wrong_answer  40/100  scan_training_step  my.py

✗ correctness  0/60  The final weight differs from the reference on 254 of 256
  batches.
  * The results are those of a gradient that is missing the factor x.
    line 12 in body:  w = w - lr * jnp.sum(2 * (w * xb - yb))
    The gradient lacks the factor x.
    → Differentiate (w * x - y)**2 with respect to w.
✓ structure  40/40  One lax.scan carries w over both arrays.

Smallest batch that shows it: N = 2, B = 3 (in float64)
  w          0
  lr         1
  x_batches  [[    0,     1, -12.5]
              [  0.1,     2,   nan]]
  expected   float64[] 2.0
  got        float64[] 0.0

The carry, step by step
  step   carry  expected  yours  gradient expected  gradient yours
  start  w      0         0
  1      w      2         0      -2                 0 ✗

Printed by your program to stdout
  │ hello

checked  256 batches of 2 shapes in float64; equal without tolerance, as
         rational numbers; compiled and run by XLA on cpu
box      confined: rlimits, landlock
time     0.42 s (trace 0.31 s)
with     jax 0.10.2
"""


def test_a_wrong_answer_reads_from_verdict_to_evidence(wrong_answer: Report) -> None:
    assert render(wrong_answer) == EXPECTED


def test_a_summary_is_one_line(wrong_answer: Report) -> None:
    odd = replace(wrong_answer, name="a\nb.py")
    assert summary(odd) == "wrong_answer  40/100  scan_training_step  a\\nb.py"


def test_ascii_needs_no_other_signs(wrong_answer: Report) -> None:
    assert render(wrong_answer, ascii=True).isascii()


def test_a_judge_error_does_not_blame_the_learner(wrong_answer: Report) -> None:
    check = CheckResult("correctness", Status.ERROR, 0, 60, "The reference timed out.")
    report = replace(wrong_answer, judgement=Judgement(Verdict.JUDGE_ERROR, (check,)))
    text = render(report)
    assert "not your program" in text
    assert "! correctness error  0/60  The reference timed out." in text


def test_failed_checks_come_before_passed_ones(wrong_answer: Report) -> None:
    checks = tuple(reversed(wrong_answer.judgement.checks))
    report = replace(wrong_answer, judgement=replace(wrong_answer.judgement, checks=checks))
    assert render(report) == EXPECTED


def test_a_finding_that_repeats_its_check_is_said_once(wrong_answer: Report) -> None:
    finding = Finding("no_scan", "There is no lax.scan.", "Write one.")
    check = CheckResult("structure", Status.FAILED, 0, 40, "There is no lax.scan.", (finding,))
    text = render(replace(wrong_answer, judgement=Judgement(Verdict.WRONG_STRUCTURE, (check,))))
    assert text.count("There is no lax.scan.") == 1
    assert "Write one." in text


def test_many_findings_are_counted(wrong_answer: Report) -> None:
    found = tuple(Finding("code", f"finding {index}") for index in range(20))
    check = CheckResult("structure", Status.FAILED, 0, 40, "Several things.", found)
    text = render(replace(wrong_answer, judgement=Judgement(Verdict.WRONG_STRUCTURE, (check,))))
    assert "finding 11" in text
    assert "finding 12" not in text
    assert "and 8 more, all in the JSON report" in text


def test_much_output_keeps_its_beginning_and_end(wrong_answer: Report) -> None:
    printed = "".join(f"line {index}\n" for index in range(1000))
    text = render(replace(wrong_answer, output=Output(printed, "oops", True)))
    assert "Printed by your program to stdout (cut short)" in text
    assert "│ ... 960 lines left out" in text
    assert "│ line 9\n" in text
    assert "│ line 999\n" in text
    assert "│ line 500\n" not in text
    assert "│ oops" in text


def test_repeated_output_is_counted(wrong_answer: Report) -> None:
    text = render(replace(wrong_answer, output=Output("tracing\n" * 10 + "\n\ndone\n")))
    assert "  │ tracing  (10 times)\n  │\n  │ done\n" in text


def test_blank_output_is_not_shown(wrong_answer: Report) -> None:
    assert "Printed" not in render(replace(wrong_answer, output=Output(" \n\n", "")))


def test_what_was_not_done_is_not_mentioned(wrong_answer: Report) -> None:
    judgement = replace(wrong_answer.judgement, evidence=Evidence())
    assert "checked" not in render(replace(wrong_answer, judgement=judgement))


def test_primitives_only_xla_evaluates_are_named(wrong_answer: Report) -> None:
    evidence = Evidence(batches=1, xla_primitives=("fft",), notes=("A note.",))
    judgement = replace(wrong_answer.judgement, evidence=evidence)
    text = render(replace(wrong_answer, judgement=judgement))
    assert "checked  1 batch; by XLA alone: fft" in text
    assert "note     A note." in text


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        (1.0, ["1"]),
        (0.10000000149011612, ["0.1"]),
        (True, ["True"]),
        ([], ["[]"]),
        ([1, 2.5], ["[1, 2.5]"]),
        ([[1.0], [-10.0]], ["[[  1]", " [-10]]"]),
        ([[[1], [2]], [[3], [4]]], ["[[[1]", "  [2]]", " [[3]", "  [4]]]"]),
        ({"w": [1.0], "b": 2.0}, ["w: [1]", "b: 2"]),
        ({}, ["{}"]),
        (list(range(14)), ["[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ... 2 more]"]),
    ],
)
def test_numbers_are_short_and_aligned(value: object, lines: list[str]) -> None:
    assert numbers.lines(value) == lines


def test_a_tall_matrix_is_cut() -> None:
    shown = numbers.lines([[row] for row in range(10)])
    assert shown[0] == "[[0]"
    assert shown[-2:] == [" [7]", " ... 2 more]"]
