from __future__ import annotations

import json

import pytest

import harness.explaining as module
from harness.engine import Engine
from harness.errors import UsageError
from harness.explaining import explained
from harness.problem.model import Problem
from harness.report.page import Page, Symbols

HEAD = "import jax\ndef scan_training_step(w, lr, x_batches, y_batches):\n"
LOOP = HEAD + "    return jax.lax.scan(lambda w, r: (w - lr, None), w, (x_batches, y_batches))[0]\n"
PAGE = Page(80, False, Symbols())


class _Kept:
    """A judge that is running already, in the place of a new one."""

    def __init__(self, judge: Engine) -> None:
        self.judge = judge

    def __call__(self) -> _Kept:
        return self

    def __enter__(self) -> Engine:
        return self.judge

    def __exit__(self, *error: object) -> None:
        pass


@pytest.fixture(autouse=True)
def _judge(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "Engine", _Kept(engine))


def test_a_file_is_shown_as_its_program(training_step: Problem) -> None:
    text, code = explained(LOOP.encode(), "my.py", training_step, PAGE, as_json=False)
    assert code == 0
    assert "scan, 2 steps, line 3:" in text
    assert "Does not grow with N" in text
    data, code = explained(LOOP.encode(), "my.py", training_step, PAGE, as_json=True)
    assert json.loads(data)["loops"][0]["captured"] == ["lr"]
    assert code == 0


def test_a_file_without_a_program_says_why(training_step: Problem) -> None:
    source = (HEAD + "    return w.nothing\n").encode()
    text, code = explained(source, "my.py", training_step, PAGE, as_json=False)
    assert code == 1
    assert text.startswith("There is no program to show\n  AttributeError:")
    assert "line 3: return w.nothing" in text
    text, code = explained(b"x = 1\n", "my.py", training_step, PAGE, as_json=False)
    assert code == 1
    assert "defines no function" in text
    data, code = explained(b"x = 1\n", "my.py", training_step, PAGE, as_json=True)
    assert code == 1
    assert "defines no function" in json.loads(data)["error"]


def test_a_program_too_long_to_show_is_refused(
    training_step: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graders.jaxpr.normalize.MAX_TERMS", 5)
    with pytest.raises(UsageError, match=r"the program in my\.py takes more than"):
        explained(LOOP.encode(), "my.py", training_step, PAGE, as_json=False)
