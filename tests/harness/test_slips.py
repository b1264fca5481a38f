from __future__ import annotations

import pytest

import harness.slips as module
from graders.diagnosis import Mistake
from graders.jaxpr.normalize import TooLong
from graders.slips.slip import Slip
from harness import variants
from harness.engine import Engine
from harness.problem.model import Problem
from harness.slips import slipped

SOURCE = "def scan_training_step(w, lr, x_batches, y_batches):\n    return {}\n"


def made(
    engine: Engine, problem: Problem, slips: list[Slip], patch: pytest.MonkeyPatch
) -> list[Mistake]:
    patch.setattr(module, "slips", lambda source: slips)
    bank = engine.bank(problem)
    with engine._pool.lease() as parent:
        return slipped(problem, bank, bank.shapes, parent)


def returning(words: str, *more: str, result: str) -> Slip:
    return Slip((words, *more), SOURCE.format(result))


def test_slips_that_run_are_mistakes_and_others_are_left_out(
    engine: Engine, training_step: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    slips = [
        returning("unchanged", result="w"),
        returning("raises", result="w / None"),
        returning("no array", result="print"),
        returning("a pair", result="(w, w)"),
        returning("fixed", result="w + 1"),
        returning("unchanged", "fixed", result="w + 2"),
        returning("unchanged", "nothing that shows", result="w + 3"),
        Slip(("right",), training_step.reference.read_text()),
    ]
    found = made(engine, training_step, slips, monkeypatch)
    assert [known.title.split(": ")[1] for known in found] == [
        "unchanged.",
        "fixed.",
        "unchanged; and fixed.",
    ]
    bank = engine.bank(training_step)
    for number, (value,) in found[1].results.items():
        assert value == bank.batches[number].arguments[0] + 1


def test_slips_that_cannot_be_traced_together_are_left_out(
    engine: Engine, training_step: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    slips = [
        returning("unchanged", result="w"),
        returning("ends", result="exec('raise SystemExit')"),
    ]
    assert made(engine, training_step, slips, monkeypatch) == []

    def endless(program: object) -> object:
        raise TooLong("takes too long")

    monkeypatch.setattr(variants, "normalize", endless)
    assert made(engine, training_step, slips[:1], monkeypatch) == []


def test_the_slips_of_the_reference_are_found(engine: Engine, training_step: Problem) -> None:
    bank = engine.bank(training_step)
    with engine._pool.lease() as parent:
        found = slipped(training_step, bank, bank.shapes[:3], parent)
    said = [known.title for known in found]
    assert any("`jnp.mean` in the place of `jnp.sum`." in title for title in said)
    assert any("the factor `lr` is missing; and" in title for title in said)
