"""What is counted, and how it is shown."""

from __future__ import annotations

from typing import Any

import pytest

from harness.grading.tally import Tally
from harness.report import jsondoc, table
from harness.report.document import Ungraded


def document(name: str, verdict: str, score: float, seconds: float = 0.5) -> dict[str, Any]:
    failed = {"name": "correctness", "status": "failed", "message": "wrong on 3 of 260 batches"}
    return {
        "submission": {"name": name},
        "verdict": verdict,
        "score": score,
        "max_score": 100,
        "checks": [] if verdict == "accepted" else [failed],
        "timings": {"total": seconds},
    }


def _tally(*documents: dict[str, Any]) -> Tally:
    tally = Tally()
    for each in documents:
        tally.add(each)
    return tally


GOOD = document("ann.py", "accepted", 100, 0.25)
BAD = document("bob.py", "wrong_answer", 40, 1.5)
EMPTY = jsondoc.ungraded(Ungraded("cy.py", "file", "cy.py is empty"))
BROKEN = jsondoc.ungraded(Ungraded("di.py", "judge", "no memory"))
LOUD = document("##[error]x.py", "accepted", 100, 9)
OURS = document("eve.py", "judge_error", 0)


@pytest.mark.parametrize(
    ("documents", "code"),
    [
        ([GOOD, GOOD], 0),
        ([GOOD, BAD], 1),
        ([GOOD, EMPTY], 1),
        ([GOOD, EMPTY, BROKEN], 3),
        ([OURS, BAD], 3),
    ],
)
def test_the_exit_code_is_the_worst(documents: list[dict[str, Any]], code: int) -> None:
    assert _tally(*documents).exit_code == code


def test_scores_are_those_of_files_that_were_judged() -> None:
    assert _tally(GOOD, BAD, BAD, GOOD, EMPTY, OURS).scores() == {
        "mean": 70,
        "median": 70,
        "lowest": 40,
        "highest": 100,
    }
    assert _tally(EMPTY).scores() == {}


def test_what_is_kept_does_not_grow() -> None:
    tally = _tally(*(document(f"{n}.py", "accepted", n % 101, n) for n in range(1000)))
    assert [seconds for seconds, _ in tally.slowest] == [999, 998, 997]
    assert len(tally.percents) == 101


def test_a_file_is_one_line() -> None:
    def line(of: dict[str, Any], width: int | None = None) -> str:
        return table.line(of, colour=False, width=width, ascii=True)

    assert line(GOOD) == "+ accepted              100/100 ann.py\n"
    assert line(BAD) == "x wrong_answer          40/100  bob.py: wrong on 3 of 260 batches\n"
    assert line(EMPTY) == "x not graded            -       cy.py: cy.py is empty\n"
    assert line(document("\x1b[2J\n.py", "accepted", 1)).count("\n") == 1
    assert "\x1b" not in line(document("\x1b[2J\n.py", "accepted", 1))
    long = line(document("n" * 200, "accepted", 100), 80)
    assert len(long) == 81
    assert long.endswith("..\n")


def test_colour_is_only_added() -> None:
    plain = table.line(BAD, colour=False, width=80, ascii=False)
    coloured = table.line(BAD, colour=True, width=80, ascii=False)
    assert coloured.replace("\x1b[31m", "").replace("\x1b[0m", "") == plain


def test_the_table() -> None:
    assert table.table(_tally(GOOD, GOOD, BAD, EMPTY), 4, width=80, ascii=True) == (
        "\n"
        "Graded 4 files\n"
        "  accepted                   2  ##############################\n"
        "  wrong_answer               1  ###############\n"
        "  not graded                 1  ###############\n"
        "\n"
        "Scores   mean 80%, median 100%, lowest 40%, highest 100%\n"
        "Slowest    1.50 s  bob.py\n"
        "           0.25 s  ann.py\n"
        "           0.25 s  ann.py\n"
    )
    long = _tally(document("n" * 200, "accepted", 100, 12345.6))
    assert max(map(len, table.table(long, 1, width=80, ascii=False).splitlines())) <= 80


def test_the_summary_says_what_was_judged_before() -> None:
    tally = _tally(GOOD, BAD)
    tally.kept = 2
    assert table.summary(tally, 40).startswith("Graded 2 of 40 files (2 from the cache): ")
    assert "\nGraded 2 files (2 from the cache)\n" in table.table(tally, 2, width=80, ascii=True)


def test_the_summary_says_what_was_left() -> None:
    assert table.summary(_tally(GOOD, BAD), 40) == (
        "Graded 2 of 40 files: 1 accepted, 1 wrong_answer"
    )
    assert table.summary(Tally(), 1) == "Graded 0 of 1 file"


def test_nothing_in_a_line_or_the_table_is_a_command_to_a_runner() -> None:
    line = table.line(LOUD, colour=False, width=None, ascii=False)
    assert line.endswith(" #[error]x.py\n")
    assert "##" not in table.table(_tally(LOUD), 1, width=80, ascii=False)
