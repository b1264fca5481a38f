from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from graders.subject import FailureKind
from harness.sandbox.child.load import Refusal, find, load

pytestmark = pytest.mark.usefixtures("put_back")


def _load(folder: Path, source: str) -> types.ModuleType:
    path = folder / "my.py"
    path.write_text(source)
    return load(str(path))


def test_a_file_is_a_module_of_its_own_each_time(tmp_path: Path) -> None:
    first = _load(tmp_path, "import sys\nlist = []\nname = __name__\nme = sys.modules[__name__]")
    again = load(str(tmp_path / "my.py"))
    assert first.list is not again.list
    assert first.name != again.name
    assert first.me is first
    assert first.__file__ == str(tmp_path / "my.py")


def test_the_guard_of_a_script_is_not_entered(tmp_path: Path) -> None:
    module = _load(tmp_path, "if __name__ == '__main__':\n    raise SystemExit\nvalue = 1\n")
    assert module.value == 1


def test_the_judges_future_imports_are_not_the_submissions(tmp_path: Path) -> None:
    module = _load(tmp_path, "def f(x: 1 + 1): pass\n")
    assert module.f.__annotations__ == {"x": 2}


def test_dataclasses_and_classes_find_their_module(tmp_path: Path) -> None:
    source = (
        "from __future__ import annotations\nimport dataclasses\n"
        "@dataclasses.dataclass\nclass State:\n    w: float = 0.0\n"
    )
    assert _load(tmp_path, source).State().w == 0.0


def test_what_a_file_raises_comes_through(tmp_path: Path) -> None:
    before = set(sys.modules)
    with pytest.raises(ZeroDivisionError):
        _load(tmp_path, "1 / 0")
    with pytest.raises(SyntaxError):
        _load(tmp_path, "def")
    with pytest.raises(SystemExit):
        _load(tmp_path, "raise SystemExit(2)")
    assert all(name.startswith("submission_") for name in set(sys.modules) - before)


CALLABLE = [
    "def step(w, x): return w",
    "def step(w, x, *, more=1): return w",
    "def step(*args): return args",
    "step = lambda a, b: a",
    "import functools\ndef g(n, w, x): return w\nstep = functools.partial(g, 1)",
    "import jax\n@jax.jit\ndef step(w, x): return w",
    "class C:\n    def __call__(self, w, x): return w\nstep = C()",
    "import numpy as np\nstep = np.add",
    "class C:\n    __signature__ = 3\n    def __call__(self, w, x): return w\nstep = C()",
    "step = min",
]


@pytest.mark.parametrize("source", CALLABLE, ids=range(len(CALLABLE)))
def test_whatever_can_be_called_is_found(tmp_path: Path, source: str) -> None:
    assert callable(find(_load(tmp_path, source), "step", ["w", "x"]))


@pytest.mark.parametrize(
    ("source", "kind", "said"),
    [
        ("", FailureKind.MISSING_FUNCTION, "the file defines no function step"),
        ("value = 1", FailureKind.MISSING_FUNCTION, "the file defines no function step"),
        ("def stepp(w, x): pass", FailureKind.MISSING_FUNCTION, "did you mean to call stepp that?"),
        ("step = None", FailureKind.MISSING_FUNCTION, "defines no function step"),
        ("step = 3", FailureKind.MISSING_FUNCTION, "step is not a function but a int"),
        (
            "def step(w): pass",
            FailureKind.SIGNATURE,
            "expected step(w, x), found step(w): too many",
        ),
        ("def step(w, x, y): pass", FailureKind.SIGNATURE, "missing a required argument: 'y'"),
        ("def step(*, w, x): pass", FailureKind.SIGNATURE, "too many positional"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    tmp_path: Path, source: str, kind: FailureKind, said: str
) -> None:
    with pytest.raises(Refusal) as raised:
        find(_load(tmp_path, source), "step", ["w", "x"])
    assert raised.value.kind is kind
    assert said in raised.value.message
