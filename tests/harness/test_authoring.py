from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from harness.__main__ import main
from harness.problem.library import built_in

BASE = "scan_training_step"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JAXJUDGE_PROBLEMS", raising=False)
    return tmp_path


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_new_problem_is_written_with_its_samples(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "my_own"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Wrote problems/my_own and submissions/my_own.")
    names = ("problem.toml", "reference.py", "starter.py", "statement.md")
    assert [path for path in tree(here / "problems") if "." in path] == [
        f"my_own/{name}" for name in names
    ]
    assert sorted(os.listdir(here / "submissions" / "my_own")) == [
        "accepted",
        "wrong_answer",
        "wrong_structure",
    ]


def test_the_next_steps_are_commands_that_work(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["new", "my_step", "--extends", BASE, "--into", "my course/problems"]) == 0
    export, *steps = [
        shlex.split(line) for line in capsys.readouterr().out.split("\n") if line.startswith("  ")
    ]
    name, value = export[1].split("=")
    assert (export[0], value) == ("export", str(here / "my course" / "problems"))
    monkeypatch.setenv(name, value)
    assert [step[:2] for step in steps] == [["jaxjudge", c] for c in ("show", "submit", "grade")]
    assert main(steps[0][1:]) == 0
    assert "def my_step(" in capsys.readouterr().out
    for path in (steps[1][2], steps[2][2]):
        assert (here / path).exists()
    assert main(["new", "my_other", "--into", "my course/problems"]) == 0
    assert "export" not in capsys.readouterr().out
    assert main(["new", "my_third", "--extends", "my_step"]) == 0
    assert f"export {name}={here}/problems:$JAXJUDGE_PROBLEMS" in capsys.readouterr().out


def test_labels_without_a_sample_are_named(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["new", "my_own"]) == 0
    for path in (here / "submissions").rglob("*.py"):
        path.unlink()
    monkeypatch.setenv("JAXJUDGE_PROBLEMS", str(here / "problems"))
    assert main(["new", "another", "--extends", "my_own"]) == 0
    said = capsys.readouterr().out
    assert "No sample to begin with was found for wrong_answer and wrong_structure." in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new"], "Missing argument 'ID'"),
        (["new", "my-own"], "it must be a Python identifier"),
        (["new", "jax"], "jax is a name that the reference uses"),
        (["new", BASE], f"there is a problem {BASE} in {built_in()}"),
        (["new", "ok", "--extends", "scan_training"], "did you mean scan_"),
        (["new", "ok", "--into", "file"], "cannot write file/ok: not a directory"),
        (["new", "ok", "--into", "loop"], "cannot write loop"),
        (["new", "o" * 300], "file name too long"),
        (["new", "taken"], "problems/taken is in the way, and is left as it is"),
        (["new", "dangling"], "problems/dangling is in the way"),
        (["new", "sampled"], "submissions/sampled is in the way"),
    ],
)
def test_what_is_in_the_way_is_said_and_nothing_is_written(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    (here / "problems" / "taken").mkdir(parents=True)
    (here / "problems" / "dangling").symlink_to("nowhere")
    (here / "submissions").mkdir()
    (here / "submissions" / "sampled").write_text("mine")
    (here / "loop").symlink_to("loop")
    (here / "file").write_text("mine")
    before = tree(here)
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert tree(here) == before


def test_mistakes_of_the_base_are_the_authors(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["new", "my_own"]) == 0
    (here / "problems" / "my_own" / "problem.toml").write_text("entry = ")
    monkeypatch.setenv("JAXJUDGE_PROBLEMS", str(here / "problems"))
    assert main(["new", "another", "--extends", "my_own"]) == 3
    assert "problem.toml:1: not valid TOML" in capsys.readouterr().err
    assert not (here / "problems" / "another").exists()
