"""Builds the bank of batches of a problem version once, and keeps it on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from graders import inputs
from graders.bank import Arrays, Bank, device_batches, draw
from graders.correctness import mistyped
from graders.grade import failure_message
from graders.inputs import GENERATOR, Batch, Infeasible
from graders.jaxpr.decode import decode
from graders.jaxpr.encode import encode
from graders.jaxpr.interpret import Broken, BudgetExceeded, TooLarge, Unsupported
from graders.jaxpr.model import Array
from graders.jaxpr.normalize import TooLong
from graders.jaxpr.wireform import VERSION
from graders.numeric import Mismatch
from graders.rubric import Rubric
from graders.subject import Dimensions, Failure, FailureKind
from harness.cache import Cache
from harness.errors import Diagnostic, MachineError, ProblemError
from harness.problem.model import Problem
from harness.sandbox.limits import ChildLimits
from harness.sandbox.parent import WarmParent
from harness.sandbox.subject import Job, SandboxedSubject
from harness.sandbox.wire import Frame, FrameReader, pack_arrays, unpack_arrays

_LAYOUT = 4
_DEVICE_BATCHES = 2


def identity(problem: Problem, kind: str, more: bytes = b"") -> str:
    """The name of what is kept for a problem: it changes with everything the content depends on."""
    versions = [f"{name} {version(name)}" for name in ("jax", "jaxlib", "numpy", "hypothesis")]
    parts = [kind, problem.id, problem.version, str((_LAYOUT, GENERATOR, VERSION)), *versions]
    digest = hashlib.sha256("\n".join(parts).encode() + more).hexdigest()
    return f"{problem.id}-{kind}-{digest[:24]}"


def open_bank(problem: Problem, parent: WarmParent, cache: Cache) -> Bank:
    """The bank of a problem, from the cache or built now.

    Raises `ProblemError` when the reference cannot be judged by, `MachineError` when the machine
    failed while it was built.
    """
    return cache.fetch(identity(problem, "bank"), _unpack, lambda: _build(problem, parent), _pack)


def job(rubric: Rubric, shapes: Sequence[Dimensions], bank: Bank | None) -> Job:
    """What a submission is asked; without a bank it is only traced."""
    runs: list[tuple[int, int, tuple[Array, ...]]] = []
    for position in device_batches(rubric, shapes) if bank else ():
        assert bank is not None
        numbers = bank.of_shape(shapes[position])[:_DEVICE_BATCHES]
        runs.extend((number, position, bank.batches[number].arguments) for number in numbers)
    types = [tuple(a.type(shape) for a in rubric.arguments) for shape in shapes]
    shaped = tuple(zip(shapes, types, strict=True))
    return Job(rubric.entry, rubric.signature, shaped, tuple(runs))


def _build(problem: Problem, parent: WarmParent) -> Bank:
    rubric = problem.rubric
    shapes = inputs.shapes(rubric)
    traces = _reference(problem, parent, job(rubric, shapes, None), lambda s: s.traces())
    wrong = mistyped(rubric, traces)
    if wrong is not None:
        raise _mistyped(problem, wrong[1])
    try:
        bank = draw(rubric, traces)
    except Infeasible as error:
        raise ProblemError([_infeasible(problem, error)]) from error
    except (Broken, Unsupported, BudgetExceeded, TooLarge, TooLong) as error:
        text = f"the reference cannot be evaluated: {str(error) or 'it takes too many steps'}"
        raise ProblemError([Diagnostic(problem.reference, None, "", text)]) from error
    runs = _reference(problem, parent, job(rubric, shapes, bank), lambda s: s.device_runs())
    return replace(bank, device={run.batch: run.values for run in runs})


def _reference(
    problem: Problem,
    parent: WarmParent,
    asked: Job,
    question: Callable[[SandboxedSubject], Sequence[Any] | Failure],
) -> Sequence[Any]:
    outcome = run_trusted(problem.reference, parent, asked, question)
    if isinstance(outcome, Failure):
        line = outcome.where.line if outcome.where else None
        text = f"the reference does not run: {failure_message(outcome)}"
        raise ProblemError([Diagnostic(problem.reference, line, "", text)])
    return outcome


def run_trusted(
    path: Path,
    parent: WarmParent,
    asked: Job,
    question: Callable[[SandboxedSubject], Sequence[Any] | Failure],
) -> Sequence[Any] | Failure:
    """Put one question to a file of a problem package; raises `MachineError` when it cannot."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise _cannot_run(path.name, error) from error
    return run_source(source, path.name, parent, asked, question)


def run_source(
    source: bytes,
    name: str,
    parent: WarmParent,
    asked: Job,
    question: Callable[[SandboxedSubject], Sequence[Any] | Failure],
) -> Sequence[Any] | Failure:
    """Put one question to a trusted text; raises `MachineError` when it cannot."""
    try:
        subject = SandboxedSubject(parent, ChildLimits(wall_seconds=60, cpu_seconds=60))
        try:
            subject.submit(source, name, asked)
            outcome = question(subject)
        finally:
            subject.close()
    except OSError as error:
        raise _cannot_run(name, error) from error
    if isinstance(outcome, Failure) and outcome.kind is FailureKind.MACHINE:
        raise _cannot_run(name, outcome.message)
    return outcome


def _cannot_run(name: str, why: object) -> MachineError:
    return MachineError(f"cannot run {name}: {why}")


def _mistyped(problem: Problem, mismatch: Mismatch) -> ProblemError:
    text = f"the reference does not return what [result] says: {mismatch.message}"
    return ProblemError([Diagnostic(problem.reference, None, "", text)])


def _infeasible(problem: Problem, error: Infeasible) -> Diagnostic:
    sizes = ", ".join(f"{name}={size}" for name, size in error.dimensions)
    text = (
        f"with {sizes} only {error.found} of {error.wanted} batches could be drawn on which the "
        f"reference is finite and moves by at least {problem.rubric.minimum_move:g}; "
        "narrow the ranges of the arguments, or lower minimum_move"
    )
    return Diagnostic(problem.folder / "problem.toml", None, "arguments", text)


def _pack(bank: Bank) -> bytes:
    arrays: list[Array] = []
    for batch in bank.batches:
        arrays.extend(batch.arguments)
    for values in (*bank.expected, *bank.device.values()):
        arrays.extend(values)
    types, payload = pack_arrays(arrays)
    header = {
        "shapes": bank.shapes,
        "arguments": len(bank.batches[0].arguments),
        "results": len(bank.expected[0]),
        "batches": [bank.shapes.index(batch.dimensions) for batch in bank.batches],
        "exact": list(bank.exact.items()),
        "device": list(bank.device),
        "types": types,
    }
    frames = [Frame(header, payload), *(Frame({}, encode(p)) for p in bank.programs)]
    return b"".join(frame.pack() for frame in frames)


def _unpack(data: bytes) -> Bank:
    head, *programs = FrameReader().feed(data)
    header = head.header
    arrays = unpack_arrays(header["types"], head.payload)
    numbers = header["batches"]
    split = len(numbers) * header["arguments"]
    shapes = tuple(tuple((n, s) for n, s in shape) for shape in header["shapes"])
    arguments = _rows(arrays[:split], header["arguments"])
    batches = tuple(map(Batch, (shapes[number] for number in numbers), arguments))
    results = _rows(arrays[split:], header["results"])
    expected = tuple(results[: len(numbers)])
    device = dict(zip(header["device"], results[len(numbers) :], strict=True))
    exact = {number: tuple(values) for number, values in header["exact"]}
    decoded = tuple(decode(frame.payload) for frame in programs)
    return Bank(shapes, decoded, batches, expected, exact, device)


def _rows(arrays: Sequence[Array], width: int) -> list[Arrays]:
    """Arrays that belong together, `width` of them each time."""
    return [tuple(arrays[first : first + width]) for first in range(0, len(arrays), width)]
