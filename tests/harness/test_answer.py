from __future__ import annotations

from pathlib import Path

import pytest

from harness.answer import answers, chosen
from harness.errors import UsageError
from harness.problem.library import Library

STEP = "def scan_training_step(w, lr, x_batches, y_batches):\n    return w\n"
SUM = "def cumulative_sum(x):\n    return x\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text)


def test_a_file_is_taken_as_it_is(here: Path, built_in: Library) -> None:
    assert chosen("no.py", built_in, None) == "no.py"


def test_the_one_answer_in_a_folder_is_taken(here: Path, built_in: Library) -> None:
    _write(here, conftest="x = 1\n", total=SUM)
    assert chosen(".", built_in, None) == "./total.py"
    _write(here, step=STEP, broken="def scan_training_step(", empty="")
    assert chosen(".", built_in, "scan_cumsum") == "./total.py"


def test_the_only_file_is_taken_whatever_it_defines(here: Path, built_in: Library) -> None:
    _write(here, helper="x = 1\n")
    assert chosen(".", built_in, "scan_cumsum") == "./helper.py"


@pytest.mark.parametrize(
    ("texts", "problem", "said"),
    [
        ({"a": STEP, "b": STEP}, None, "several files in . answer a problem: ./a.py, ./b.py"),
        ({"a": SUM, "b": "x = 1"}, "scan_adam", "no file in . answers the problem scan_adam"),
        ({"a": "x = 1", "b": "y = 1"}, None, "answers a problem: there are ./a.py, ./b.py"),
        ({f"f{n}": "x = 1" for n in range(7)}, None, "./f4.py and 2 more"),
        ({}, None, "there is no Python file in ."),
    ],
)
def test_a_folder_without_one_answer_is_refused(
    here: Path, built_in: Library, texts: dict[str, str], problem: str | None, said: str
) -> None:
    _write(here, **texts)
    with pytest.raises(UsageError) as refused:
        chosen(".", built_in, problem)
    assert said in str(refused.value)


def test_answers_are_told_from_other_files(here: Path, built_in: Library) -> None:
    _write(here, a=STEP, b=SUM, c="x = 1\n", d="")
    paths = ["a.py", "b.py", "c.py", "d.py", "missing.py"]
    assert answers(paths, built_in, None) == ["a.py", "b.py"]
    assert answers(paths, built_in, "scan_cumsum") == ["b.py"]
