"""Problems as tests: what is collected, and what is said when one fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.problem.library import built_in
from tests.conftest import PROBLEM
from tests.harness.small import HEAD, RIGHT, TOML, UNROLLED, WRONG, write_package
from tests.harness.testing.conftest import Lent, Run

ROOT = "problems/total/problem.toml"
POINTS = (
    "package",
    "reference",
    "starter",
    "accepted/right.py",
    "wrong_answer/minus.py",
    "wrong_structure/unrolled.py",
)


@pytest.fixture
def folder(pytester: pytest.Pytester) -> Path:
    write_package(pytester.path)
    return pytester.path


def add(folder: Path, name: str, text: str) -> None:
    path = folder / "submissions" / "total" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def test_every_file_is_a_test_with_a_name_to_read(folder: Path, run: Run) -> None:
    lines = run("--jaxjudge", "--collect-only", "-q").outlines
    assert [line for line in lines if "::" in line] == [f"{ROOT}::{name}" for name in POINTS]


def test_a_sound_package_passes(folder: Path, run: Run) -> None:
    run("--jaxjudge", "problems").assert_outcomes(passed=6)


def test_tests_are_chosen_by_name_as_any(folder: Path, run: Run) -> None:
    run("--jaxjudge", f"{ROOT}::wrong_answer/minus.py").assert_outcomes(passed=1)
    run("--jaxjudge", ".", "-k", "wrong and not minus").assert_outcomes(passed=1, deselected=5)


def test_one_that_failed_is_run_again(folder: Path, run: Run) -> None:
    add(folder, "accepted/b.py", WRONG)
    only = ("--jaxjudge", "problems", "-k", "accepted")
    run(*only).assert_outcomes(passed=1, failed=1, deselected=5)
    run(*only, "--lf").assert_outcomes(failed=1)


def test_another_verdict_is_shown_with_the_report(folder: Path, run: Run) -> None:
    add(folder, "accepted/b.py", WRONG)
    path = "submissions/total/accepted/b.py"
    result = run("--jaxjudge", f"{ROOT}::accepted/b.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*___ total: accepted/b.py ___*",
            f"expected accepted, found wrong_answer: {path}",
            "",
            f"✗ wrong_answer *  total  {path}",
            "*The rows are subtracted.",
            f"FAILED {ROOT}::accepted/b.py - Failed: expected *",
        ]
    )
    for unwanted in ("Traceback", "runtest", "harness", "\x1b"):
        assert unwanted not in result.stdout.str()


def test_colours_are_used_where_pytest_uses_them(folder: Path, run: Run) -> None:
    add(folder, "accepted/b.py", WRONG)
    chosen = ("--jaxjudge", f"{ROOT}::accepted/b.py", "--color=yes")
    assert "\x1b[31m✗ wrong_answer" in run(*chosen).stdout.str()
    run(*chosen, "--junitxml=results.xml")
    results = (folder / "results.xml").read_text("utf-8")
    assert "\n✗ wrong_answer" in results
    assert "[31m" not in results
    assert 'name="accepted/b.py"' in results


def test_a_reference_and_a_starter_are_held_to_what_they_are_for(
    pytester: pytest.Pytester, run: Run
) -> None:
    write_package(pytester.path, reference=UNROLLED, starter=RIGHT)
    result = run("--jaxjudge", "problems", "-k", "reference or starter")
    result.assert_outcomes(failed=2, deselected=4)
    place = "problems/total/{}.py"
    reference = f"expected accepted, found wrong_structure: {place.format('reference')}"
    starter = f"expected any verdict but accepted, found accepted: {place.format('starter')}"
    result.stdout.fnmatch_lines([reference, starter])


def test_mistakes_of_a_package_are_listed_once(
    pytester: pytest.Pytester, run: Run, lent: Lent
) -> None:
    write_package(pytester.path, TOML.replace("level =", "levle ="))
    result = run("--jaxjudge", "problems")
    result.assert_outcomes(failed=1, errors=5)
    text = result.stdout.str()
    assert text.count(f"{ROOT}:3: levle: unknown key") == 1
    assert text.count(f"2 mistakes in the problem package, listed with {ROOT}::package\n") == 5
    assert lent.events == []


def test_a_reference_that_raises_says_where(pytester: pytest.Pytester, run: Run) -> None:
    write_package(pytester.path, reference=f"{HEAD}    return start.nothing\n")
    result = run("--jaxjudge", "problems", "-k", "reference or minus")
    result.assert_outcomes(errors=2, deselected=4)
    result.stdout.fnmatch_lines(["*reference.py:6: the reference does not run:*"])
    result.stdout.fnmatch_lines([f"1 mistake *, listed with {ROOT}::reference"])


def test_a_sample_under_no_verdict_is_a_mistake(folder: Path, run: Run) -> None:
    add(folder, "wrong_anwser/c.py", WRONG)
    result = run("--jaxjudge", "problems", "-k", "package or anwser")
    result.assert_outcomes(failed=1, errors=1, deselected=5)
    result.stdout.fnmatch_lines(["*wrong_anwser/c.py: expected a folder named after a verdict*"])


def test_a_sample_that_is_no_submission_is_an_error(folder: Path, run: Run) -> None:
    add(folder, "accepted/empty.py", "")
    result = run("--jaxjudge", "problems", "-k", "empty")
    result.assert_outcomes(errors=1, deselected=6)
    result.stdout.fnmatch_lines(["*/accepted/empty.py is empty; *"])


def test_a_failing_machine_is_not_the_samples_fault(folder: Path, run: Run, lent: Lent) -> None:
    lent.failing = True
    result = run("--jaxjudge", "problems", "-k", "right or minus")
    result.assert_outcomes(errors=2, deselected=4)
    said = "This machine failed, not what was to be judged: cannot run *right.py: no memory left"
    result.stdout.fnmatch_lines([said])


def test_too_little_isolation_is_said_once(folder: Path, run: Run, lent: Lent) -> None:
    lent.weak = True
    result = run("--jaxjudge", "problems", "--jaxjudge-isolation=strict")
    result.assert_outcomes(passed=1, errors=1)
    assert lent.events == ["require strict", "start", "end"]
    assert result.stdout.str().count("this machine offers only 'none'") == 1
    result.stdout.fnmatch_lines(["!!* nothing can be judged on this machine !!*"])
    assert result.ret is pytest.ExitCode.INTERRUPTED


def test_a_problem_may_extend_a_built_in_one_and_hide_another(
    pytester: pytest.Pytester, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, others = pytester.path / "mine", pytester.path / "others"
    write_package(others, "entry = ")
    monkeypatch.setenv("JAXJUDGE_PROBLEMS", str(others / "problems"))
    write_package(mine)
    reference = (built_in() / PROBLEM / "reference.py").read_text()
    write_package(mine, f'extends = "{PROBLEM}"\n', reference, samples={}, id="variant")
    for name in ("starter.py", "statement.md"):
        (mine / "problems" / "variant" / name).unlink()
    result = run("--jaxjudge", "mine", "-k", "package or (variant and starter)")
    result.assert_outcomes(passed=3, deselected=6)


def test_a_built_in_problem_is_one_as_any(run: Run) -> None:
    chosen = ("accepted/grad.py", "wrong_answer/lr_squared.py", "package")
    toml = built_in() / PROBLEM / "problem.toml"
    run("--jaxjudge", *(f"{toml}::{name}" for name in chosen)).assert_outcomes(passed=3)
