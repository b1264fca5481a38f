"""What known mistakes return, labelled ones and others: computed once, kept on disk."""

from __future__ import annotations

import ast
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

import numpy as np

from graders.bank import Bank
from graders.diagnosis import Mistake
from graders.imitation import imitations
from graders.inputs import growth_shapes
from graders.jaxpr.interpret import Broken, BudgetExceeded, Evaluator, TooLarge, Unsupported
from graders.jaxpr.many import results
from graders.jaxpr.model import Array
from graders.jaxpr.normalize import TooLong, normalize
from graders.rubric import Rubric
from graders.subject import Dimensions, Failure, Trace, told_apart
from graders.verdict import Verdict
from harness.bank import identity, job, run_trusted
from harness.cache import Cache
from harness.errors import UsageError
from harness.files import read_source
from harness.problem.model import Problem
from harness.sandbox.parent import WarmParent
from harness.sandbox.wire import Frame, FrameReader, pack_arrays, unpack_arrays
from harness.slips import slipped

_MORE_SHAPES = 2


def open_mistakes(
    problem: Problem,
    samples: Sequence[tuple[Verdict, Path]],
    bank: Bank,
    parent: WarmParent,
    cache: Cache,
) -> list[Mistake]:
    """What the labelled wrong answers of a problem return, from the cache or computed now."""
    paths = [path for verdict, path in samples if verdict is Verdict.WRONG_ANSWER]
    wrong = {path: source for path in paths if (source := _source(path)) is not None}
    content = hashlib.sha256(b"\0".join(wrong.values())).digest()

    def build() -> list[Mistake]:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(lambda path: _mistake(problem, path, bank, parent), wrong))
        return [mistake for mistake in found if mistake is not None]

    return cache.fetch(identity(problem, "mistakes", content), _unpack, build, _pack)


def open_imitations(
    problem: Problem, bank: Bank, parent: WarmParent, cache: Cache
) -> list[Mistake]:
    """What the reference would return with a thing or two changed: kept, or computed now.

    First what was changed in its text, which is easiest to understand.
    """
    shapes = _shapes(problem.rubric, bank)

    def build() -> list[Mistake]:
        written = slipped(problem, bank, shapes, parent)
        return [*written, *imitations(problem.rubric, bank, shapes)]

    return cache.fetch(identity(problem, "slips"), _unpack, build, _pack)


def _source(path: Path) -> bytes | None:
    """The text of a sample; None for one that cannot be read, which only its author can help."""
    try:
        return read_source(str(path))
    except UsageError:
        return None


def _mistake(problem: Problem, path: Path, bank: Bank, parent: WarmParent) -> Mistake | None:
    asked = job(problem.rubric, _shapes(problem.rubric, bank), None)
    traces = run_trusted(path, parent, asked, lambda subject: subject.traces())
    if isinstance(traces, Failure):
        return None
    try:
        found = _results(traces, bank)
    except (Broken, Unsupported, BudgetExceeded, TooLarge, TooLong):
        return None
    trees = {trace.dimensions: str(trace.result) for trace in traces}
    title, advice = described(path.read_bytes())
    return Mistake(path.stem, title, trees, found, advice)


def _shapes(rubric: Rubric, bank: Bank) -> tuple[Dimensions, ...]:
    """The shapes mistakes are told apart on: fewer than submissions are judged on."""
    chosen = growth_shapes(rubric)
    others = [shape for shape in bank.shapes if shape not in chosen and told_apart(shape)]
    return (*chosen, *others[:_MORE_SHAPES]) or bank.shapes


def _results(traces: Sequence[Trace], bank: Bank) -> Mapping[int, tuple[Array, ...]]:
    evaluator = Evaluator()
    found: dict[int, tuple[Array, ...]] = {}
    for trace in traces:
        numbers = bank.of_shape(trace.dimensions)
        given = [bank.batches[number].arguments for number in numbers]
        found.update(zip(numbers, results(normalize(trace.program), given, evaluator), strict=True))
    return found


def described(source: bytes) -> tuple[str, str]:
    """What a file's docstring says: its first line, and the rest as one paragraph."""
    text = ast.get_docstring(ast.parse(source)) or ""
    first, *rest = text.splitlines() or [""]
    return first.strip(), " ".join(" ".join(rest).split())


def _pack(mistakes: Sequence[Mistake]) -> bytes:
    return b"".join(_pack_mistake(mistake).pack() for mistake in mistakes)


def _unpack(data: bytes) -> list[Mistake]:
    return [_unpack_mistake(frame) for frame in FrameReader().feed(data)]


def _pack_mistake(mistake: Mistake) -> Frame:
    groups = _alike(mistake.results)
    stacked = [np.stack(column) for numbers in groups for column in _columns(mistake, numbers)]
    types, payload = pack_arrays(stacked)
    header = {
        "name": mistake.name,
        "title": mistake.title,
        "advice": mistake.advice,
        "trees": list(mistake.trees.items()),
        "groups": groups,
        "counts": [len(mistake.results[numbers[0]]) for numbers in groups],
        "types": types,
    }
    return Frame(header, payload)


def _alike(results: Mapping[int, tuple[Array, ...]]) -> list[list[int]]:
    """The numbers of batches, those together whose results are of the same types."""
    groups: dict[object, list[int]] = {}
    for number, values in results.items():
        groups.setdefault(tuple((v.dtype, v.shape) for v in values), []).append(number)
    return list(groups.values())


def _columns(mistake: Mistake, numbers: Sequence[int]) -> Iterator[tuple[Array, ...]]:
    return zip(*(mistake.results[number] for number in numbers), strict=True)


def _unpack_mistake(frame: Frame) -> Mistake:
    header = frame.header
    arrays = iter(unpack_arrays(header["types"], frame.payload))
    results: dict[int, tuple[Array, ...]] = {}
    for numbers, count in zip(header["groups"], header["counts"], strict=True):
        columns = [next(arrays) for _ in range(count)]
        rows = zip(*columns, strict=True) if columns else repeat((), len(numbers))
        results.update(zip(numbers, rows, strict=True))
    trees = {tuple((n, s) for n, s in shape): tree for shape, tree in header["trees"]}
    return Mistake(header["name"], header["title"], trees, results, header["advice"])
