from __future__ import annotations

from dataclasses import replace

from harness.report.document import Report


def test_a_report_introduces_itself_in_one_short_line(wrong_answer: Report) -> None:
    assert repr(wrong_answer) == "<Report wrong_answer 40/100 scan_training_step 'my.py'>"
    assert "\n" not in repr(replace(wrong_answer, name="a\nb"))
