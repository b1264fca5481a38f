from __future__ import annotations

from harness.report import printed
from harness.report.document import Output


def test_repeated_lines_are_told_once() -> None:
    assert printed.lines("a\na\n\n\nb\n") == ["a  (2 times)", "", "b"]
    assert printed.lines(" \n\n") == []


def test_of_many_lines_the_first_and_the_last_are_shown() -> None:
    lines = [str(n) for n in range(100)]
    shown = printed.shortened(lines)
    assert list(shown[:11]) == [*lines[:10], "... 60 lines left out"]
    assert list(shown[11:]) == lines[-30:]
    assert printed.shortened(lines[:40]) == lines[:40]


def test_that_there_was_more_is_said() -> None:
    assert printed.title("stderr", Output()) == "Printed by your program to stderr"
    assert printed.title("stdout", Output(truncated=True)).endswith("(cut short)")
