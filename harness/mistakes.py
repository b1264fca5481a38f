"""What known mistakes return, labelled ones and others: computed once, kept on disk."""

from __future__ import annotations

import ast
import hashlib
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from graders.bank import Bank
from graders.diagnosis import Mistake
from graders.imitation import imitations
from graders.inputs import growth_shapes
from graders.jaxpr.interpret import Broken, BudgetExceeded, Evaluator, TooLarge, Unsupported
from graders.jaxpr.model import Array
from graders.jaxpr.normalize import TooLong, normalize
from graders.rubric import Rubric
from graders.subject import Dimensions, Failure, Trace
from graders.verdict import Verdict
from harness.bank import identity, job, run_trusted
from harness.cache import Cache
from harness.problem.model import Problem
from harness.sandbox.parent import WarmParent
from harness.sandbox.wire import Frame, FrameReader, pack_arrays, unpack_arrays

_MORE_SHAPES = 2


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

    def build() -> list[Mistake]:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(lambda path: _mistake(problem, path, bank, parent), wrong))
        return [mistake for mistake in found if mistake is not None]

    return cache.fetch(identity(problem, "mistakes", content), _unpack, build, _pack)


def open_imitations(problem: Problem, bank: Bank, cache: Cache) -> list[Mistake]:
    """What the reference would return with one thing changed, from the cache or computed now."""
    shapes = _shapes(problem.rubric, bank)

    def build() -> list[Mistake]:
        return list(imitations(problem.rubric, bank, shapes))

    return cache.fetch(identity(problem, "imitations"), _unpack, build, _pack)


def _mistake(problem: Problem, path: Path, bank: Bank, parent: WarmParent) -> Mistake | None:
    asked = job(problem.rubric, _shapes(problem.rubric, bank), None)
    traces = run_trusted(path, parent, asked, lambda subject: subject.traces())
    if isinstance(traces, Failure):
        return None
    try:
        results = _results(traces, bank)
    except (Broken, Unsupported, BudgetExceeded, TooLarge, TooLong):
        return None
    trees = {trace.dimensions: str(trace.result) for trace in traces}
    title, advice = described(path.read_text("utf-8"))
    return Mistake(path.stem, title, trees, results, advice)


def _shapes(rubric: Rubric, bank: Bank) -> tuple[Dimensions, ...]:
    """The shapes mistakes are told apart on: fewer than submissions are judged on."""
    chosen = growth_shapes(rubric)
    others = [
        shape
        for shape in bank.shapes
        if shape not in chosen and len({1, *dict(shape).values()}) > len(shape)
    ]
    return (*chosen, *others[:_MORE_SHAPES]) or bank.shapes


def _results(traces: Sequence[Trace], bank: Bank) -> Mapping[int, tuple[Array, ...]]:
    evaluator = Evaluator()
    results: dict[int, tuple[Array, ...]] = {}
    for trace in traces:
        run = evaluator.prepare(normalize(trace.program))
        for number in bank.of_shape(trace.dimensions):
            results[number] = tuple(run(bank.batches[number].arguments))
    return results


def described(source: str) -> tuple[str, str]:
    """What a file's docstring says: its first line, and the rest as one paragraph."""
    text = ast.get_docstring(ast.parse(source)) or ""
    first, *rest = text.splitlines() or [""]
    return first.strip(), " ".join(" ".join(rest).split())


def _pack(mistakes: Sequence[Mistake]) -> bytes:
    return b"".join(_pack_mistake(mistake).pack() for mistake in mistakes)


def _unpack(data: bytes) -> list[Mistake]:
    return [_unpack_mistake(frame) for frame in FrameReader().feed(data)]


def _pack_mistake(mistake: Mistake) -> Frame:
    counts = [len(values) for values in mistake.results.values()]
    types, payload = pack_arrays([a for values in mistake.results.values() for a in values])
    header = {
        "name": mistake.name,
        "title": mistake.title,
        "advice": mistake.advice,
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
    return Mistake(header["name"], header["title"], trees, results, header["advice"])
