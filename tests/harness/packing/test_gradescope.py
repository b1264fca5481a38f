"""The zip file, unpacked and run in a folder laid out as the platform lays it out."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from harness.__main__ import main
from harness.packing.gradescope import autograder
from harness.packing.wheel import wheel
from harness.problem.library import Library
from harness.problem.model import Problem
from tests.ci.offline import ROOT, Offline

pytestmark = pytest.mark.long

SAMPLES = ROOT / "submissions" / "scan_training_step"
RIGHT = (SAMPLES / "accepted" / "grad.py").read_text()
UNROLLED = (SAMPLES / "wrong_structure" / "python_for_zip.py").read_text()


@dataclass(frozen=True)
class Platform:
    """A container's folder, with the judge installed by `setup.sh`."""

    base: Path
    environ: Mapping[str, str]

    def grade(self, **files: str) -> tuple[int, Any]:
        for folder in (self.base / "submission", self.base / "results"):
            folder.mkdir(exist_ok=True)
            for path in folder.iterdir():
                path.unlink()
        for name, text in files.items():
            (self.base / "submission" / f"{name}.py").write_text(text)
        script = self.base / "run_autograder"
        done = subprocess.run([script], env=self.environ, capture_output=True, check=False)
        return done.returncode, json.loads((self.base / "results/results.json").read_text())


@pytest.fixture(scope="module")
def platform(offline: Offline, tmp_path_factory: pytest.TempPathFactory) -> Platform:
    base = tmp_path_factory.mktemp("autograder")
    packed = base / "autograder.zip"
    assert main(["gradescope-zip", "scan_training_step", "-o", str(packed), "--hints", "2"]) == 0
    source = base / "source"
    # zipfile forgets which files may be run; unzip, which the platform uses, does not.
    with zipfile.ZipFile(packed) as archive:
        for about in archive.infolist():
            Path(archive.extract(about, source)).chmod(about.external_attr >> 16)
    (source / "run_autograder").rename(base / "run_autograder")
    offline.prepare(base / "judge")
    environ = offline.environ(base / "unused", AUTOGRADER=str(base))
    done = subprocess.run(
        [source / "setup.sh"], env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "wrong_answer" in done.stdout
    assert list((base / "cache").iterdir())
    return Platform(base, environ)


def test_a_submission_is_graded_where_the_platform_puts_it(platform: Platform) -> None:
    code, results = platform.grade(solution=RIGHT, helper="x = 1\n")
    assert (code, results["score"]) == (0, 100)
    assert {test["status"] for test in results["tests"]} == {"passed"}


def test_a_wrong_one_is_told_what_is_wrong_and_no_more_than_asked(platform: Platform) -> None:
    code, results = platform.grade(solution=UNROLLED)
    assert code == 0
    assert 0 < results["score"] < 100
    (failed,) = (test for test in results["tests"] if test["status"] == "failed")
    assert "lax.scan" in failed["output"]
    assert "→" not in failed["output"]


def test_nothing_to_grade_is_a_result_too(platform: Platform) -> None:
    for files in ({}, {"one": RIGHT, "two": RIGHT}, {"empty": ""}):
        code, results = platform.grade(**files)
        assert (code, results["score"]) == (0, 0)
        assert results["tests"]


def test_the_zip_is_the_same_whenever_it_is_packed(
    built_in: Library, training_step: Problem
) -> None:
    first, second = (autograder(built_in, training_step, "basic", 3) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        pins = archive.read("constraints.txt").decode().splitlines()
        settings = archive.read("settings").decode().splitlines()
    assert f"jax=={version('jax')}" in pins
    assert "isolation=basic" in settings


def test_what_a_problem_needs_is_installed_with_it(built_in: Library) -> None:
    packed = autograder(built_in, built_in.load("optax_loss_curve"), "none", 0)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert "[optax]" in archive.read("settings").decode()
        assert f"optax=={version('optax')}" in archive.read("constraints.txt").decode()


def test_the_wheel_has_one_problem_and_those_it_extends(tmp_path: Path, built_in: Library) -> None:
    package = tmp_path / "problems" / "mine"
    package.mkdir(parents=True)
    (package / "problem.toml").write_text('extends = "scan_training_step"\n')
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "x.pyc").write_bytes(b"")
    library = Library((tmp_path / "problems", *built_in.roots))
    name, data = wheel(library, "mine")
    assert name == f"jaxjudge-{version('jaxjudge')}-py3-none-any.whl"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names))
        problems = {each.split("/")[3] for each in names if each.startswith("harness/library/prob")}
        assert problems == {"mine", "scan_training_step"}
        unwanted = ("__pycache__", "library/submissions")
        assert not [each for each in names if any(part in each for part in unwanted)]
        (record,) = (each for each in names if each.endswith("/RECORD"))
        recorded = [line.split(",")[0] for line in archive.read(record).decode().splitlines()]
        assert recorded == names


def test_a_problem_without_samples_is_packed_with_its_starter(
    tmp_path: Path, built_in: Library
) -> None:
    package = tmp_path / "problems" / "mine"
    package.mkdir(parents=True)
    (package / "problem.toml").write_text('extends = "scan_training_step"\ntitle = "Mine"\n')
    for name in ("reference.py", "statement.md"):
        text = (built_in.folder("scan_training_step") / name).read_text()
        (package / name).write_text(text)
    library = Library((tmp_path / "problems", *built_in.roots))
    problem = library.load("mine")
    with zipfile.ZipFile(io.BytesIO(autograder(library, problem, "basic", 3))) as archive:
        assert archive.read("warmup.py").decode() == problem.starter
