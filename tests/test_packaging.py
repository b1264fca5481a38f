"""The wheel holds everything, is the same whenever it is built, and works in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
SAMPLE = "submissions/scan_training_step/accepted/grad.py"


def _run(*command: str | Path, cwd: Path, code: int = 0) -> str:
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def _build(source: Path, target: str, into: Path) -> Path:
    _run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", into, cwd=source)
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment that has the wheel, and beside it only what it depends on."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", python, "install"]
    _run(*pip, "--quiet", "--no-deps", "--no-index", "--no-cache-dir", wheel, cwd=home)
    (packages,) = home.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def _names(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def _tracked(folder: str, pattern: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob(pattern)}


def test_the_wheel_holds_the_code_its_types_the_problems_the_samples_and_the_schema(
    wheel: Path,
) -> None:
    names = _names(wheel)
    code = _tracked("graders", "*.py") | _tracked("harness", "*.py")
    assert code <= names
    library = _tracked("problems", "*.*") | _tracked("submissions", "*.py")
    library |= _tracked("template", "*.*")
    assert {f"harness/library/{name}" for name in library if "__pycache__" not in name} <= names
    assert "harness/report/schema/report.schema.json" in names
    assert {"harness/py.typed", "graders/py.typed"} <= names
    templates = _tracked("harness/report/html/templates", "*.*")
    assert templates
    assert templates <= names
    assert _tracked("harness/web/static", "*.*") <= names
    assert not [name for name in names if name.startswith("harness/web/editor/")]
    assert not [name for name in names if name.startswith("tests/") or "__pycache__" in name]


def test_two_builds_are_the_same_to_the_byte(wheel: Path, tmp_path: Path) -> None:
    again = _build(ROOT, "wheel", tmp_path)
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_the_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    source = _build(ROOT, "sdist", tmp_path / "sdist")
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    (folder,) = (tmp_path / "source").iterdir()
    assert _names(_build(folder, "wheel", tmp_path / "wheel")) == _names(wheel)


def test_the_installed_command_judges_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    assert "JAXJUDGE_PROBLEMS" not in os.environ
    where = "import harness, graders; print(harness.__file__, graders.__file__)"
    for file in _run(installed / "python", "-I", "-c", where, cwd=tmp_path).split():
        assert Path(file).is_relative_to(installed.parent)
    assert "scan_training_step" in _run(installed / "jaxjudge", "problems", cwd=tmp_path)
    report = _run(installed / "jaxjudge", "submit", ROOT / SAMPLE, cwd=tmp_path)
    assert "accepted" in report
    assert list(tmp_path.iterdir()) == []


def test_the_installed_command_recognises_a_mistake(installed: Path, tmp_path: Path) -> None:
    sample = ROOT / "submissions/scan_training_step/wrong_answer/lr_squared.py"
    report = _run(installed / "jaxjudge", "submit", sample, cwd=tmp_path, code=1)
    assert "applied twice" in " ".join(report.split())
