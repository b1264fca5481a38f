"""The fixture `judge` in a learner's tests."""

from __future__ import annotations

import pytest

from tests.harness.small import RIGHT, UNROLLED, WRONG, write_package
from tests.harness.testing.conftest import Lent, Run

ACCEPTED = "def test_solution(judge): assert judge('solution.py').accepted"


@pytest.fixture(autouse=True)
def _problems(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    write_package(pytester.path / "course")
    monkeypatch.setenv("JAXJUDGE_PROBLEMS", str(pytester.path / "course" / "problems"))


def write(pytester: pytest.Pytester, solution: str, tests: str = ACCEPTED) -> None:
    (pytester.path / "solution.py").write_text(solution)
    pytester.makepyfile(test_it=tests)


def test_a_right_solution_passes(pytester: pytest.Pytester, run: Run, lent: Lent) -> None:
    write(pytester, RIGHT, f"{ACCEPTED}\ndef test_again(judge): assert judge('solution.py')")
    run("test_it.py").assert_outcomes(passed=2)
    assert lent.events == ["require none", "start", "end"]


def test_a_failed_assertion_shows_the_report(pytester: pytest.Pytester, run: Run) -> None:
    write(pytester, WRONG)
    result = run("test_it.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E * where False = <Report wrong_answer * total 'solution.py'>.accepted",
            "E * = judge('solution.py')",
            "---* jaxjudge ---*",
            "✗ wrong_answer *  total  solution.py",
            "*The rows are subtracted.",
        ]
    )
    assert result.stdout.str().count("Smallest batch that shows it") == 1


def test_a_test_shows_the_reports_it_has_seen_and_no_others(
    pytester: pytest.Pytester, run: Run
) -> None:
    tests = """
        import pytest

        @pytest.fixture(scope="module")
        def report(judge): return judge("solution.py", problem="total")

        def test_a(report): assert report.accepted
        def test_b(report): assert report.judgement.verdict == "accepted"
        def test_c(judge): assert False
        def test_d(report): assert report.judgement.verdict == "wrong_structure"
    """
    write(pytester, UNROLLED, tests)
    result = run("test_it.py")
    result.assert_outcomes(failed=3, passed=1)
    assert result.stdout.str().count("--- jaxjudge ---") == 2


@pytest.mark.parametrize(
    ("solution", "verdict"),
    [
        ("import os\nos._exit(0)\n" + RIGHT, "runtime_error"),
        ("raise SystemExit\n" + RIGHT, "runtime_error"),
        ("def total(start, rows)\n", "invalid_submission"),
    ],
)
def test_whatever_a_solution_does_is_a_verdict(
    pytester: pytest.Pytester, run: Run, solution: str, verdict: str
) -> None:
    said = f"def test(judge): assert judge('solution.py').judgement.verdict == '{verdict}'"
    write(pytester, solution, said)
    run("test_it.py").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("'solutoin.py'", "there is no file solutoin.py; did you mean solution.py?"),
        ("'.'", ". is a folder; give the file that defines your function"),
        ("'solution.py', problem='totl'", "there is no problem 'totl'; did you mean total?"),
        ("'other.py'", "the file defines other, which no problem asks for: did you mean *"),
        ("'two.py'", "the file answers scan_training_step, total: say which with problem="),
        ("'none.py'", "the file defines no function *: name one with problem="),
    ],
)
def test_what_cannot_be_judged_fails_in_one_line(
    pytester: pytest.Pytester, run: Run, asked: str, said: str
) -> None:
    write(pytester, RIGHT, f"def test_solution(judge): judge({asked})")
    (pytester.path / "other.py").write_text("def totals(): ...")
    (pytester.path / "two.py").write_text("def total(): ...\ndef scan_training_step(): ...")
    (pytester.path / "none.py").write_text("x = 1")
    result = run("test_it.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*___ test_solution ___*", said.replace("other,", "totals,")])
    assert "Traceback" not in result.stdout.str()
    assert "harness" not in result.stdout.str()


def test_a_path_begins_at_the_current_folder_or_at_the_root(
    pytester: pytest.Pytester, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytester.makeini("[pytest]")
    write(pytester, RIGHT)
    week = pytester.mkdir("week")
    (pytester.path / "test_it.py").rename(week / "test_it.py")
    monkeypatch.chdir(week)
    run("test_it.py").assert_outcomes(passed=1)
    (week / "solution.py").write_text(WRONG)
    run("test_it.py").assert_outcomes(failed=1)


def test_too_little_isolation_is_the_machines_fault(
    pytester: pytest.Pytester, run: Run, lent: Lent
) -> None:
    write(pytester, RIGHT, f"{ACCEPTED}\ndef test_another(): pass")
    lent.weak = True
    result = run("test_it.py", "--jaxjudge-isolation=strict")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["This machine failed, *: isolation 'strict' is required, *"])
