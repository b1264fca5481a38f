"""One engine for a session: when it starts, when it ends."""

from __future__ import annotations

import pytest

from harness.engine import Engine
from harness.problem.library import Library
from harness.testing.running import _Ending
from harness.testing.solutions import Judge
from tests.harness.small import WRONG, write_package
from tests.harness.testing.conftest import Lent, Run


def test_it_starts_once_when_it_is_needed(pytester: pytest.Pytester, run: Run, lent: Lent) -> None:
    write_package(pytester.path)
    run("--jaxjudge", "problems", "--collect-only").assert_outcomes()
    run("--jaxjudge", "problems", "-k", "package").assert_outcomes(passed=1, deselected=5)
    assert lent.events == []
    picked = ("--jaxjudge", "problems", "-k", "right or reference", "--jaxjudge-isolation=basic")
    run(*picked).assert_outcomes(passed=2, deselected=4)
    assert lent.events == ["require basic", "start", "end"]


def test_it_ends_when_the_session_is_interrupted(
    pytester: pytest.Pytester, run: Run, lent: Lent
) -> None:
    pytester.makepyfile("def test_stop(judge): raise KeyboardInterrupt")
    result = pytester.runpytest_inprocess("-pno:xdist", no_reraise_ctrlc=True)
    assert result.ret is pytest.ExitCode.INTERRUPTED
    assert lent.events == ["require none", "start", "end"]


def test_what_is_registered_can_be_hashed(engine: Engine, built_in: Library) -> None:
    assert len({_Ending(engine), Judge(engine, built_in, built_in.roots[0])}) == 2


def test_workers_judge_with_engines_of_their_own(pytester: pytest.Pytester) -> None:
    write_package(pytester.path, samples={"accepted/wrong.py": WRONG})
    chosen = ("--jaxjudge", "problems", "-k", "package or wrong", "-n2", "--color=yes")
    result = pytester.runpytest_subprocess(*chosen, "-Werror")
    result.assert_outcomes(passed=1, failed=1)
    text = result.stdout.str()
    assert "expected accepted, found wrong_answer: submissions/total/accepted/wrong.py" in text
    assert "\x1b[31m✗ wrong_answer  40/100  total" in text
    assert result.stderr.lines == []
