"""Packages written for the purpose, verified by a running judge."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.engine import Engine
from harness.errors import MachineError
from harness.problem.library import Library
from harness.verification import Outcome, Point, Verification
from harness.verifying.verify import Verifier, machine_failure
from tests.harness.small import HEAD, RIGHT, TOML, UNROLLED, WRONG
from tests.harness.verifying.conftest import Write


@pytest.fixture
def verified(engine: Engine) -> Callable[[Library], Verification]:
    return lambda library: Verifier(library, engine, 2).verify("total")


def found(verification: Verification, group: str, name: str) -> Point:
    (point,) = (p for p in verification.points if (p.group, p.name) == (group, name))
    return point


Verify = Callable[[Library], Verification]


def test_a_sound_package_is_good(write: Write, verified: Verify) -> None:
    said: list[str] = []
    verification = verified(write())
    assert verification.good, [p for p in verification.points if p.outcome != "passed"]
    assert len(verification.version) == 64
    assert found(verification, "samples", "wrong_answer/minus.py").message.endswith("named")
    assert found(verification, "package", "starter is not an answer").outcome is Outcome.PASSED
    assert found(verification, "domain", "batches").outcome is Outcome.PASSED
    assert said == []


def test_a_package_that_does_not_load_says_why(write: Write, verified: Verify) -> None:
    verification = verified(write(TOML.replace("level =", "levle =")))
    (point,) = verification.points
    assert (point.outcome, point.name) == (Outcome.FAILED, "loads")
    assert point.message == "2 mistakes in the problem package"
    assert any("levle" in line for line in point.details)
    assert (verification.good, verification.version) == (False, "")


def test_a_reference_that_raises_says_where(write: Write, verified: Verify) -> None:
    verification = verified(write(reference=f"{HEAD}    return start.nothing\n"))
    point = found(verification, "package", "reference")
    assert point.outcome is Outcome.FAILED
    assert any("reference.py:6" in line for line in point.details)


def test_a_reference_not_built_as_asked_and_an_answering_starter_fail(
    write: Write, verified: Verify
) -> None:
    verification = verified(write(reference=UNROLLED, starter=RIGHT))
    point = found(verification, "package", "reference is accepted")
    assert (point.outcome, point.message) == (Outcome.FAILED, "wrong_structure")
    assert any("grows with N" in line for line in point.details)
    starter = found(verification, "package", "starter is not an answer")
    assert (starter.outcome, starter.message) == (Outcome.FAILED, "accepted")


def test_samples_are_held_to_their_folders(write: Write, verified: Verify) -> None:
    twin = WRONG.replace("The rows are", "All rows are")
    verification = verified(
        write(
            **{
                "accepted/wrong.py": WRONG,
                "wrong_answer/twin.py": twin,
                "wrong_answer/mute.py": RIGHT.replace("+ x", "+ 2 * x"),
                "runtime_error/empty.py": "",
            }
        )
    )
    wrong = found(verification, "samples", "accepted/wrong.py")
    assert (wrong.outcome, wrong.message) == (
        Outcome.FAILED,
        "expected accepted, found wrong_answer",
    )
    assert wrong.details
    for name, said in (("twin", "what another sample returns"), ("mute", "no docstring")):
        point = found(verification, "samples", f"wrong_answer/{name}.py")
        assert point.outcome is Outcome.WARNING
        assert said in point.message
    assert "empty" in found(verification, "samples", "runtime_error/empty.py").message
    assert not verification.good


def test_a_blind_domain_fails(write: Write, verified: Verify) -> None:
    reference = f"{HEAD}    return jax.lax.scan(lambda c, x: (c + x, None), start, rows)[0]\n"
    verification = verified(write(reference=reference))
    assert found(verification, "domain", "order_unseen").outcome is Outcome.FAILED


def test_missing_samples_are_a_warning(tmp_path: Path, write: Write, verified: Verify) -> None:
    library = write()
    (tmp_path / "submissions/total/wrong_structure/unrolled.py").unlink()
    point = found(verified(library), "samples", "wrong_structure")
    assert point.outcome is Outcome.WARNING


def test_a_failing_machine_is_an_error() -> None:
    verification = machine_failure("total", MachineError("no memory"))
    assert verification.outcome is Outcome.ERROR
    assert verification.points[0].message == "no memory"
