"""The action's own steps, run on a repository of learners' files as a runner would."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.ci import steps
from tests.ci.offline import ROOT, Offline

pytestmark = pytest.mark.long

SAMPLES = ROOT / "submissions" / "scan_training_step"
RIGHT = SAMPLES / "accepted" / "grad.py"
WRONG = SAMPLES / "wrong_structure" / "python_for_zip.py"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
BEFORE = "github.event.pull_request.base.sha || github.event.before"


@dataclass(frozen=True)
class Runner:
    """A checked out repository and the folders of a job."""

    repository: Path
    temporary: Path
    environ: Mapping[str, str]

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
        command = ["git", *identity, *arguments]
        done = subprocess.run(
            command, cwd=self.repository, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, **files: Path) -> str:
        for name, path in files.items():
            shutil.copy(path, self.repository / f"{name}.py")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "work")
        return self.git("rev-parse", "HEAD")

    def judge(self, before: str = "", **inputs: str) -> tuple[int, str]:
        """Run the steps behind the installation; the exit code, and what was printed."""
        given = {name: each["default"] for name, each in ACTION["inputs"].items()} | inputs
        values = {f"inputs.{name}": value for name, value in given.items()} | {BEFORE: before}
        rest = [step for step in ACTION["runs"]["steps"] if step.get("name") != "Install the judge"]
        done = steps.run(rest, values, self.environ, self.repository)
        return done[-1].returncode, "".join(each.stdout + each.stderr for each in done)

    def results(self) -> dict[str, str]:
        text = (self.temporary / "jaxjudge-reports" / "results.jsonl").read_text()
        documents = map(json.loads, text.splitlines())
        return {each["submission"]["name"]: each.get("verdict", "") for each in documents}


@pytest.fixture(scope="module")
def installed(offline: Offline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A runner's temporary folder with the judge as the action installs it."""
    temporary = tmp_path_factory.mktemp("runner")
    offline.prepare(temporary / "jaxjudge")
    (folder := temporary / "repository").mkdir()
    (folder / "venv.py").write_text("raise SystemExit('imported from the repository')\n")
    shutil.copy(folder / "venv.py", folder / "pip.py")
    python = temporary / "bin"
    python.mkdir()
    (python / "python").symlink_to(sys.executable)
    environ = offline.environ(temporary, RUNNER_TEMP=str(temporary), GITHUB_ACTION_PATH=str(ROOT))
    environ = {**environ, "PATH": f"{python}:{environ['PATH']}"}
    install = [s for s in ACTION["runs"]["steps"] if s.get("name") == "Install the judge"]
    (done,) = steps.run(install, {}, environ, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return temporary / "jaxjudge"


@pytest.fixture
def runner(installed: Path, offline: Offline, tmp_path: Path, cache_folder: Path) -> Runner:
    repository, temporary = tmp_path / "repository", tmp_path / "temporary"
    repository.mkdir()
    temporary.mkdir()
    (temporary / "jaxjudge").symlink_to(installed)
    environ = offline.environ(
        cache_folder,
        RUNNER_TEMP=str(temporary),
        GITHUB_WORKSPACE=str(repository),
        GITHUB_OUTPUT=str(tmp_path / "output"),
        GITHUB_STEP_SUMMARY=str(tmp_path / "summary"),
    )
    runner = Runner(repository, temporary, environ)
    runner.git("init", "--quiet")
    return runner


def _output(runner: Runner) -> dict[str, str]:
    lines = Path(runner.environ["GITHUB_OUTPUT"]).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_what_a_push_changed_is_judged(runner: Runner) -> None:
    runner.commit(helper=Path(__file__), old=RIGHT)
    before = runner.git("rev-parse", "HEAD")
    runner.commit(helper=ROOT / "tests/ci/steps.py", mine=WRONG)
    code, said = runner.judge(before)
    assert code == 1
    assert runner.results() == {"mine.py": "wrong_structure"}
    assert re.search(r"^::error file=mine.py,line=\d+", said, re.MULTILINE)
    assert "mine.py" in Path(runner.environ["GITHUB_STEP_SUMMARY"]).read_text()
    folder = Path(_output(runner)["reports"])
    assert _output(runner)["accepted"] == "false"
    assert ElementTree.parse(folder / "junit.xml").getroot().get("failures") == "1"
    assert json.loads((folder / "results.sarif").read_text())["version"] == "2.1.0"
    assert "mine.py" in (folder / "report.html").read_text()


def test_a_push_without_an_answer_is_fine(runner: Runner) -> None:
    before = runner.commit(old=WRONG)
    runner.git("rm", "--quiet", "old.py")
    runner.commit(helper=Path(__file__))
    code, said = runner.judge(before)
    assert code == 0
    assert "There is nothing to grade." in said
    assert _output(runner)["accepted"] == "true"


@pytest.mark.parametrize("before", ["", "0" * 40, "1" * 40])
def test_everything_is_judged_where_no_change_can_be_told(runner: Runner, before: str) -> None:
    runner.commit(mine=RIGHT, helper=Path(__file__))
    code, said = runner.judge(before)
    assert code == 0
    assert "::notice::What was changed cannot be told" in said
    assert runner.results() == {"mine.py": "accepted"}


def test_files_can_be_named(runner: Runner) -> None:
    shutil.copy(RIGHT, runner.repository / "-my $(touch gone) 'file'.py")
    (runner.repository / "folder").mkdir()
    code, said = runner.judge(files="-my $(touch gone) 'file'.py\nnowhere", problem="scan_adam")
    assert code == 2
    assert "there is no file or folder nowhere" in said
    shutil.copy(WRONG, runner.repository / "folder/a.py")
    code, _ = runner.judge(
        files="-my $(touch gone) 'file'.py\nfolder\n", problem="scan_training_step", hints="0"
    )
    assert code == 1
    assert sorted(runner.results().values()) == ["accepted", "wrong_structure"]
    assert not (runner.repository / "gone").exists()


def test_the_action_is_what_the_runner_expects() -> None:
    command = ["check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"]
    subprocess.run([Path(sys.executable).with_name(command[0]), *command[1:]], cwd=ROOT, check=True)


def test_nothing_from_outside_is_part_of_a_script() -> None:
    found = steps.scripts(ACTION)
    assert len(found) == 3
    assert not [text for text in found if "${{" in text]
    for step in ACTION["runs"]["steps"]:
        assert "uses" not in step or re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"]), step
        assert not re.search("secrets|token", json.dumps(step))


def test_no_input_is_forgotten() -> None:
    used: Any = json.dumps(ACTION["runs"])
    assert all(f"inputs.{name}" in used for name in ACTION["inputs"])
