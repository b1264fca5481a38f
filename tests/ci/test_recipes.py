"""The files that docs/ci.md tells its readers to save: valid, and run where they are scripts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ci import steps
from tests.ci.offline import ROOT, Offline

pytestmark = pytest.mark.long

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
SAMPLES = ROOT / "submissions" / "scan_training_step"
RIGHT = SAMPLES / "accepted" / "grad.py"
_SAVED = re.compile(r"^```\w+\n(?:#|//) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = dict(_SAVED.findall(PAGE))
WORKFLOWS = [name for name in FILES if name.startswith(".github/")]


def _check(folder: Path, name: str, schema: str) -> None:
    path = folder / Path(name).name
    path.write_text(FILES[name])
    command = Path(sys.executable).with_name("check-jsonschema")
    subprocess.run([command, "--builtin-schema", f"vendor.{schema}", path], check=True)


def test_every_recipe_is_found() -> None:
    assert len(FILES) == PAGE.count("\n```") // 2 - PAGE.count("```console")
    assert len(WORKFLOWS) == 3


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_is_one(name: str, tmp_path: Path) -> None:
    _check(tmp_path, name, "github-workflows")
    document = yaml.safe_load(FILES[name])
    assert not [text for text in steps.scripts(document) if "${{" in text]
    assert "pull_request_target" not in FILES[name]
    assert document["permissions"] in (
        {},
        {"checks": "write", "actions": "read", "contents": "read"},
    )


def test_the_gitlab_pipeline_is_one(tmp_path: Path) -> None:
    _check(tmp_path, ".gitlab-ci.yml", "gitlab-ci")


def test_recipes_name_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert set(re.findall(r"jaxjudge(?:\[\w+\])?==([\d.]+)", PAGE)) == {version}
    assert set(re.findall(r"(?:@|rev: |jaxjudge-)v?(\d+\.\d+\.\d+)", PAGE)) == {version}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A learner's checkout, with files that no judge may import."""
    for name in ("venv.py", "pip.py", "json.py"):
        (tmp_path / name).write_text("raise SystemExit('imported from the repository')\n")
    return tmp_path


def test_classroom_gets_its_result(here: Path, offline: Offline, cache_folder: Path) -> None:
    shutil.copy(RIGHT, here / "solution.py")
    offline.prepare(here / ".runner" / "judge")
    environ = offline.environ(
        cache_folder, RUNNER_TEMP=str(here / ".runner"), GITHUB_OUTPUT=str(here / "output")
    )
    (job,) = yaml.safe_load(FILES[".github/workflows/classroom.yml"])["jobs"].values()
    done = steps.run(job["steps"], {}, environ, here)
    assert [each.returncode for each in done] == [0, 0], done[-1].stdout + done[-1].stderr
    assert (here / "output").read_text().startswith("result=")


@pytest.fixture(scope="module")
def environ(
    offline: Offline, cache_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, str]:
    """That of a job with a Python of its own, in which no judge is installed yet."""
    python = tmp_path_factory.mktemp("job") / "python"
    offline.prepare(python)
    subprocess.run([sys.executable, "-I", "-m", "venv", python], check=True)
    found = offline.environ(cache_folder)
    return {**found, "PATH": f"{python / 'bin'}:{found['PATH']}"}


def test_problems_are_verified(here: Path, environ: Mapping[str, str]) -> None:
    shutil.copytree(ROOT / "template", here, dirs_exist_ok=True)
    (job,) = yaml.safe_load(FILES[".github/workflows/problems.yml"])["jobs"].values()
    done = steps.run(job["steps"], {"github.workspace": str(here)}, environ, here)
    assert [each.returncode for each in done] == [0, 0], done[-1].stdout + done[-1].stderr
    assert "<testsuite " in (here / "verified.xml").read_text()


def test_gitlab_shows_what_is_wrong(here: Path, environ: Mapping[str, str]) -> None:
    (here / "answers").mkdir()
    shutil.copy(SAMPLES / "wrong_answer" / "mean_loss.py", here / "answers")
    (job,) = yaml.safe_load(FILES[".gitlab-ci.yml"]).values()
    install, judge = (steps.run([{"run": line}], {}, environ, here)[0] for line in job["script"])
    assert (install.returncode, judge.returncode) == (0, 1), install.stderr + judge.stderr
    reports = [*job["artifacts"]["paths"], job["artifacts"]["reports"]["junit"]]
    assert all("mean_loss.py" in (here / name).read_text() for name in reports)


def _script(name: str, folder: Path, *arguments: str, **environ: str) -> Any:
    path = folder / Path(name).name
    path.write_text(FILES[name])
    bin_folder = str(Path(sys.executable).parent)
    done = subprocess.run(
        ["sh", path, *arguments],
        cwd=folder,
        env={**environ, "PATH": f"{bin_folder}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_prairielearn_reads_results(here: Path, cache_folder: Path) -> None:
    (here / "student").mkdir()
    (here / "results").mkdir()
    shutil.copy(RIGHT, here / "student" / "solution.py")
    info = json.loads(FILES["prairielearn/info.json"])
    command, script, problem = info["externalGradingOptions"]["entrypoint"]
    assert (command, Path(script).name) == ("sh", "grade.sh")
    cache = str(cache_folder)
    _script("prairielearn/grade.sh", here, problem, GRADE=str(here), JAXJUDGE_CACHE=cache)
    assert json.loads((here / "results" / "results.json").read_text())["score"] == 1


def test_exercism_reads_results(here: Path, cache_folder: Path) -> None:
    for folder in ("solution", "results"):
        (here / folder).mkdir()
    shutil.copy(RIGHT, here / "solution" / "scan_training_step.py")
    arguments = ("scan-training-step", "solution", "results")
    _script("bin/run.sh", here, *arguments, JAXJUDGE_CACHE=str(cache_folder))
    assert json.loads((here / "results" / "results.json").read_text())["status"] == "pass"


def test_a_shell_script_leaves_reports(here: Path, offline: Offline, cache_folder: Path) -> None:
    offline.prepare(here / ".judge")
    shutil.copy(RIGHT, here / "my.py")
    _script("judge.sh", here, "my.py", **offline.environ(cache_folder))
    assert sorted(path.name for path in (here / "reports").iterdir()) == [
        "junit.xml",
        "report.html",
        "results.jsonl",
    ]


def test_the_pre_commit_hook_judges_what_a_commit_changes(here: Path, cache_folder: Path) -> None:
    tool = Path(sys.executable).with_name("pre-commit")
    manifest = ROOT / ".pre-commit-hooks.yaml"
    subprocess.run([tool, "validate-manifest", manifest], check=True)
    (hook,) = yaml.safe_load(manifest.read_text())
    (repository,) = yaml.safe_load(FILES[".pre-commit-config.yaml"])["repos"]
    assert repository["hooks"][0].pop("id") == hook["id"]
    # What pre-commit would install from the release is installed already.
    local = {"repo": "local", "hooks": [{**hook, **repository["hooks"][0], "language": "system"}]}
    (here / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [local]}))
    (here / "answers").mkdir()
    shutil.copy(RIGHT, here / "answers" / "mine.py")
    subprocess.run(["git", "init", "--quiet"], cwd=here, check=True)
    subprocess.run(["git", "add", "--all"], cwd=here, check=True)
    environ = {
        "PATH": f"{tool.parent}:/usr/bin:/bin",
        "HOME": str(here),
        "JAXJUDGE_CACHE": str(cache_folder),
    }

    def commit() -> str:
        done = subprocess.run(
            [tool, "run"], cwd=here, env=environ, capture_output=True, text=True, check=False
        )
        return done.stdout

    assert "Passed" in commit()
    shutil.copy(SAMPLES / "wrong_answer" / "mean_loss.py", here / "answers" / "other.py")
    subprocess.run(["git", "add", "--all"], cwd=here, check=True)
    assert "wrong_answer" in commit()
