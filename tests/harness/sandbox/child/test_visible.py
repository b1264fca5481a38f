"""What a submission may read: Python and JAX, never the judge nor its problems."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

import graders
import harness
from harness.problem.library import standard_library
from harness.sandbox.child import visible

_PATHS = visible.paths()


def _shows(path: Path, paths: tuple[Path, ...] = _PATHS) -> bool:
    return any(path.resolve().is_relative_to(shown.resolve()) for shown in paths)


@pytest.mark.parametrize("name", ["jax", "jaxlib", "numpy", "json", "ctypes", "encodings"])
def test_what_submissions_import_is_there(name: str) -> None:
    module = __import__(name)
    assert module.__file__ is not None
    assert _shows(Path(module.__file__))


def test_the_judge_its_problems_and_its_tests_are_not() -> None:
    library = standard_library({})
    hidden = [Path(harness.__path__[0]), Path(graders.__path__[0]), Path(__file__)]
    hidden += [Path(pytest.__file__), Path.home(), Path.cwd()]
    hidden += [library.load(id).reference for id in library.ids()]
    hidden += [path for id in library.ids() for _, path in library.samples(id)]
    assert [path for path in hidden if _shows(path)] == []


def test_every_path_exists_and_none_is_a_root_of_the_system() -> None:
    for path in _PATHS:
        assert path.exists(), path
        assert path not in (Path("/"), Path("/usr"), Path("/usr/lib"), Path.home()), path


def test_a_judge_installed_beside_the_standard_library_stays_hidden(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("json", "site-packages/harness/library", "site-packages/jax", "dist-packages"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "abc.py").touch()
    monkeypatch.setattr(sysconfig, "get_path", lambda name, **more: str(tmp_path))
    monkeypatch.setattr(visible, "PACKAGES", ())
    paths = visible.paths()
    assert set(paths) == {tmp_path / "json", tmp_path / "abc.py", visible.PROCESSOR}
    assert not _shows(tmp_path / "site-packages" / "harness" / "library", paths)
