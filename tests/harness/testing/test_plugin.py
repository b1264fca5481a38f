"""The plugin as every project's pytest loads it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.harness.small import write_package
from tests.harness.testing.conftest import Lent, Run

UNRELATED = """
import sys

def test_nothing_is_imported():
    assert "harness.testing.plugin" in sys.modules
    ours = {name for name in sys.modules if name.split(".")[0] in ("harness", "graders")}
    assert ours == {"harness", "harness.testing", "harness.testing.plugin"}
    assert {"click", "jax", "numpy", "pydantic", "hypothesis"}.isdisjoint(sys.modules)
"""


def test_an_unrelated_project_does_not_notice(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(UNRELATED)
    # A plugin that these tests have, and that imports much.
    others = "-pno:schemathesis"
    options = [others, "-Werror", "--strict-config", "-q"]
    command = [sys.executable, "-Werror", "-m", "pytest", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
    assert "jaxjudge" not in done.stdout
    assert done.stderr == ""


def test_nothing_is_collected_unless_asked_for(
    pytester: pytest.Pytester, run: Run, lent: Lent
) -> None:
    write_package(pytester.path)
    assert run("problems").ret is pytest.ExitCode.NO_TESTS_COLLECTED
    assert lent.events == []


def test_the_options_and_the_fixture_are_explained(run: Run) -> None:
    run("--help").stdout.fnmatch_lines(["*jaxjudge:", "*--jaxjudge *Collect every problem.toml*"])
    run("--fixtures", "-q").stdout.fnmatch_lines(["judge ?session scope?*", '*"solution.py"*'])
    wrong = run("--jaxjudge-isolation", "some")
    wrong.stderr.fnmatch_lines(["*invalid choice: 'some'*strict*basic*none*"])
