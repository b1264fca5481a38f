from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import harness.mistakes as module
from graders.bank import Bank
from graders.diagnosis import Mistake
from graders.verdict import Verdict
from harness.bank import open_bank
from harness.cache import Cache
from harness.errors import MachineError
from harness.mistakes import described, open_mistakes
from harness.problem.model import Problem
from harness.sandbox.parent import WarmParent

HEAD = "def scan_training_step(w, lr, x_batches, y_batches):\n    "
Samples = list[tuple[Verdict, Path]]


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    started = WarmParent.start()
    yield started
    started.close()


@pytest.fixture(scope="module")
def bank(training_step: Problem, parent: WarmParent, cache_folder: Path) -> Bank:
    return open_bank(training_step, parent, Cache(cache_folder))


@pytest.fixture
def samples(tmp_path: Path) -> Samples:
    """Two mistakes, one that raises, one that cannot be evaluated, and a right answer."""
    sources = {
        "unchanged": '"""The weight comes back unchanged.\n\nMore."""\n' + HEAD + "return w\n",
        "pair": '"""A pair is returned."""\n' + HEAD + "return w, {'lr': lr + 1}\n",
        "raises": '"""Raises."""\n' + HEAD + "return 1 / 0\n",
        "calls": '"""Calls back."""\nimport jax\n'
        + HEAD
        + "return jax.pure_callback(lambda v: v, w, w)\n",
    }
    found: Samples = []
    for name, source in sources.items():
        path = tmp_path / f"{name}.py"
        path.write_text(source)
        found.append((Verdict.WRONG_ANSWER, path))
    return [*found, (Verdict.ACCEPTED, tmp_path / "not read.py")]


def _content(mistakes: Sequence[Mistake]) -> list[object]:
    return [
        (
            mistake.name,
            mistake.title,
            dict(mistake.trees),
            {n: [(a.dtype, a.shape, a.tobytes()) for a in v] for n, v in mistake.results.items()},
        )
        for mistake in mistakes
    ]


def test_mistakes_are_what_the_wrong_answers_return(
    training_step: Problem, samples: Samples, bank: Bank, parent: WarmParent, tmp_path: Path
) -> None:
    found = open_mistakes(training_step, samples, bank, parent, Cache(tmp_path / "kept"))
    assert [(m.name, m.title) for m in found] == [
        ("unchanged", "The weight comes back unchanged."),
        ("pair", "A pair is returned."),
    ]
    for number, values in found[0].results.items():
        assert values == (bank.batches[number].arguments[0],)
    assert all(len(values) == 2 for values in found[1].results.values())
    assert all("lr" in tree for tree in found[1].trees.values())


def test_kept_mistakes_are_those_that_were_computed(
    training_step: Problem,
    samples: Samples,
    bank: Bank,
    parent: WarmParent,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = Cache(tmp_path / "kept")
    first = _content(open_mistakes(training_step, samples, bank, parent, cache))
    (path,) = cache.folder.glob("*.bin")
    for damage in (path.read_bytes(), path.read_bytes()[:100], b""):
        path.write_bytes(damage)
        assert _content(open_mistakes(training_step, samples, bank, parent, cache)) == first
    cache.put(path.stem, b"\0\0\0\2\0\0\0\0{}")
    assert _content(open_mistakes(training_step, samples, bank, parent, cache)) == first
    monkeypatch.setattr(module, "run_trusted", None)  # it is not needed any more
    assert _content(open_mistakes(training_step, samples, bank, parent, cache)) == first


def test_other_samples_are_computed_anew(
    training_step: Problem, samples: Samples, bank: Bank, parent: WarmParent, tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "kept")
    open_mistakes(training_step, samples, bank, parent, cache)
    path = samples[0][1]
    path.write_text(path.read_text().replace("unchanged", "as it was"))
    found = open_mistakes(training_step, samples[:1], bank, parent, cache)
    assert [mistake.title for mistake in found] == ["The weight comes back as it was."]


def test_nothing_is_kept_of_a_machine_that_failed(
    training_step: Problem, samples: Samples, bank: Bank, tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "kept")
    broken = WarmParent.start()
    broken.close()
    with pytest.raises(MachineError):
        open_mistakes(training_step, samples, bank, broken, cache)
    assert not list(cache.folder.glob("*.bin"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [('"""One. """', "One."), ('"""One.\nTwo."""', "One."), ("x = 1", ""), ('""" """', "")],
)
def test_the_title_is_the_docstrings_first_line(source: str, expected: str) -> None:
    assert described(source)[0] == expected
