"""Builds the bank of batches of a problem version once, and keeps it on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from graders.bank import Bank, device_batches, draw, problem_shapes
from graders.diagnosis import Mistake
from graders.inputs import GENERATOR, Batch, Infeasible
from graders.jaxpr.decode import decode
from graders.jaxpr.encode import encode
from graders.jaxpr.interpret import Budget, BudgetExceeded, Evaluator, TooLarge, Unsupported
from graders.jaxpr.model import Array
from graders.jaxpr.normalize import TooLong, normalize
from graders.jaxpr.wireform import VERSION, Malformed
from graders.numeric import Mismatch, compare_type
from graders.rubric import Rubric
from graders.subject import Dimensions, Failure, Trace
from graders.verdict import Verdict
from harness.cache import Cache
from harness.errors import Diagnostic, MachineError, ProblemError
from harness.problem.model import Problem
from harness.sandbox.limits import ChildLimits
from harness.sandbox.parent import WarmParent
from harness.sandbox.subject import Job, SandboxedSubject
from harness.sandbox.wire import Frame, FrameReader, pack_arrays, unpack_arrays

_LAYOUT = 1
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
    key = identity(problem, "bank")
    kept = cache.get(key)
    if kept is not None:
        try:
            return _unpack(kept)
        except (Malformed, KeyError, TypeError, ValueError, IndexError):
            pass
    bank = _build(problem, parent)
    cache.put(key, _pack(bank))
    return bank


def job(rubric: Rubric, shapes: Sequence[Dimensions], bank: Bank | None) -> Job:
    """What a submission is asked; without a bank it is only traced."""
    runs: list[tuple[int, int, tuple[Array, ...]]] = []
    for position in device_batches(rubric, shapes) if bank else ():
        assert bank is not None
        numbers = bank.of_shape(shapes[position])[:_DEVICE_BATCHES]
        runs.extend((number, position, bank.batches[number].arguments) for number in numbers)
    types = [tuple(a.type(shape) for a in rubric.arguments) for shape in shapes]
    names = tuple(argument.name for argument in rubric.arguments)
    return Job(rubric.entry, names, tuple(zip(shapes, types, strict=True)), tuple(runs))


def _build(problem: Problem, parent: WarmParent) -> Bank:
    rubric = problem.rubric
    shapes = problem_shapes(rubric)
    traces = _reference(problem, parent, job(rubric, shapes, None), lambda s: s.traces())
    for trace in traces:
        mismatch = compare_type(rubric.result.type(trace.dimensions), trace.result)
        if mismatch is not None:
            raise _mistyped(problem, mismatch)
    try:
        bank = draw(rubric, traces)
    except Infeasible as error:
        raise ProblemError([_infeasible(problem, error)]) from error
    except (Unsupported, BudgetExceeded, TooLarge, TooLong) as error:
        text = f"the reference cannot be evaluated: {error or 'it takes too many steps'}"
        raise ProblemError([Diagnostic(problem.reference, None, "", text)]) from error
    runs = _reference(problem, parent, job(rubric, shapes, bank), lambda s: s.device_runs())
    return replace(bank, device={run.batch: run.values[0] for run in runs})


def _reference(
    problem: Problem,
    parent: WarmParent,
    asked: Job,
    question: Callable[[SandboxedSubject], Sequence[Any] | Failure],
) -> Sequence[Any]:
    outcome = run_trusted(problem.reference, parent, asked, question)
    if isinstance(outcome, Failure):
        line = outcome.where.line if outcome.where else None
        text = f"the reference does not run: {outcome.error} {outcome.message}".strip()
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
        subject = SandboxedSubject(parent, ChildLimits(wall_seconds=60, cpu_seconds=60))
    except OSError as error:
        raise MachineError(f"cannot start a process for {path.name}: {error}") from error
    try:
        subject.submit(path.read_bytes(), path.name, asked)
        return question(subject)
    finally:
        subject.close()


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
    arrays.extend(bank.expected)
    arrays.extend(bank.device.values())
    types, payload = pack_arrays(arrays)
    header = {
        "shapes": bank.shapes,
        "arguments": len(bank.batches[0].arguments),
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
    width, count = header["arguments"], len(header["batches"])
    shapes = tuple(tuple((n, s) for n, s in shape) for shape in header["shapes"])
    batches = tuple(
        Batch(shapes[shape], tuple(arrays[number * width : (number + 1) * width]))
        for number, shape in enumerate(header["batches"])
    )
    expected = tuple(arrays[count * width : count * (width + 1)])
    device = dict(zip(header["device"], arrays[count * (width + 1) :], strict=True))
    exact = {number: tuple(values) for number, values in header["exact"]}
    decoded = tuple(decode(frame.payload) for frame in programs)
    return Bank(shapes, decoded, batches, expected, exact, device)


def open_mistakes(
    problem: Problem,
    samples: Sequence[tuple[Verdict, Path]],
    bank: Bank,
    parent: WarmParent,
    cache: Cache,
) -> list[Mistake]:
    """What the labelled wrong answers of a problem return, from the cache or computed now."""
    wrong = [path for verdict, path in samples if verdict is Verdict.WRONG_ANSWER]
    content = hashlib.sha256(b"\0".join(path.read_bytes() for path in wrong)).digest()
    key = identity(problem, "mistakes", content)
    kept = cache.get(key)
    if kept is not None:
        try:
            return [_unpack_mistake(frame) for frame in FrameReader().feed(kept)]
        except (Malformed, KeyError, TypeError, ValueError, IndexError):
            pass
    found = [_mistake(problem, path, bank, parent) for path in wrong]
    mistakes = [mistake for mistake in found if mistake is not None]
    cache.put(key, b"".join(_pack_mistake(mistake).pack() for mistake in mistakes))
    return mistakes


def _mistake(problem: Problem, path: Path, bank: Bank, parent: WarmParent) -> Mistake | None:
    traces = run_trusted(path, parent, job(problem.rubric, bank.shapes, None), lambda s: s.traces())
    if isinstance(traces, Failure):
        return None
    try:
        results = _results(traces, bank)
    except (Unsupported, BudgetExceeded, TooLarge, TooLong):
        return None
    trees = {trace.dimensions: str(trace.result) for trace in traces}
    return Mistake(path.stem, title(path.read_text("utf-8")), trees, results)


def _results(traces: Sequence[Trace], bank: Bank) -> Mapping[int, tuple[Array, ...]]:
    evaluator = Evaluator(budget=Budget())
    results: dict[int, tuple[Array, ...]] = {}
    for trace in traces:
        run = evaluator.prepare(normalize(trace.program))
        for number in bank.of_shape(trace.dimensions):
            results[number] = tuple(run(bank.batches[number].arguments))
    return results


def title(source: str) -> str:
    """The first line of a file's docstring."""
    import ast

    text = ast.get_docstring(ast.parse(source)) or ""
    return text.splitlines()[0].strip() if text else ""


def _pack_mistake(mistake: Mistake) -> Frame:
    counts = [len(values) for values in mistake.results.values()]
    types, payload = pack_arrays([a for values in mistake.results.values() for a in values])
    header = {
        "name": mistake.name,
        "title": mistake.title,
        "trees": list(mistake.trees.items()),
        "numbers": list(mistake.results),
        "counts": counts,
        "types": types,
    }
    return Frame(header, payload)


def _unpack_mistake(frame: Frame) -> Mistake:
    header = frame.header
    arrays = iter(unpack_arrays(header["types"], frame.payload))
    results = {
        number: tuple(next(arrays) for _ in range(count))
        for number, count in zip(header["numbers"], header["counts"], strict=True)
    }
    trees = {tuple((n, s) for n, s in shape): tree for shape, tree in header["trees"]}
    return Mistake(header["name"], header["title"], trees, results)
