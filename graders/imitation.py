"""Mistakes that nobody has labelled: what the reference would return with one thing changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graders.bank import Arrays, Bank
from graders.correctness import passes
from graders.diagnosis import Mistake
from graders.form import tree
from graders.jaxpr.interpret import Budget, Evaluator
from graders.jaxpr.many import FAILURES, results
from graders.jaxpr.model import Program
from graders.mutation.families import Family, families
from graders.rubric import Rubric
from graders.subject import Dimensions

_EQUATIONS = 100_000
_HUGE = 1e8
_TAME_PART = 2
_INPUTS = re.compile(r"inputs (\d+) and (\d+)")
_LINE = re.compile(r" \(line \d+\)$")
_MEAN = re.compile(r"a mean of \d+ in")
_VAGUE = ("operand", "the operands", "position", "cases")
_NOUNS = {
    "add": "a sum",
    "sub": "a difference",
    "mul": "a product",
    "div": "a quotient",
    "dot_general": "a matrix product",
    "max": "a maximum",
    "min": "a minimum",
}
_PRIMITIVE = re.compile(rf"\b(?:{'|'.join(_NOUNS)})\b")
_INDEX = re.compile(r"\S+ index \d+ ([+-])1")
_HIGHER = {"+": "higher", "-": "lower"}
_OPERAND = re.compile(r"operand ([12])")
_ORDINALS = {"1": "its first operand", "2": "its second operand"}


@dataclass(frozen=True, slots=True)
class Variant:
    """Another reference: what was changed in it, and its programs in normal form, one a shape."""

    name: str
    changes: tuple[str, ...]
    programs: Sequence[Program]


def imitations(rubric: Rubric, bank: Bank, shapes: Sequence[Dimensions]) -> Iterator[Mistake]:
    """The mutants of the reference as mistakes, on the batches of some shapes.

    Those that compute the same there, or have no finite results, are left out.
    """
    programs = [bank.program(shape) for shape in shapes]
    for family in families(programs):
        if family.own and len(family.programs) == len(programs):
            mutants = [family.programs[place] for place in range(len(programs))]
            variant = Variant(family.name, (_words(rubric, family),), mutants)
            known = imitation(rubric, bank, shapes, variant)
            if known is not None:
                yield known


def imitation(
    rubric: Rubric, bank: Bank, shapes: Sequence[Dimensions], variant: Variant
) -> Mistake | None:
    """A variant of the reference as a mistake, on the batches of some shapes.

    None if it computes the same there, or has no finite results. Its results are of the types that
    the reference's are.
    """
    found = _results(bank, shapes, variant.programs)
    if not found or all(passes(rubric, bank, n, values) for n, values in found.items()):
        return None
    trees = {shape: declared(rubric, shape) for shape in shapes}
    return Mistake(variant.name, _title(variant.changes), trees, found)


def declared(rubric: Rubric, shape: Dimensions) -> str:
    """The type of a right result for a shape."""
    return str(tree(rubric.signature.result, [r.type(shape) for r in rubric.results]))


def _results(
    bank: Bank, shapes: Sequence[Dimensions], programs: Sequence[Program]
) -> dict[int, Arrays]:
    """What programs return, but on batches where it runs away; nothing if those are too many."""
    found: dict[int, Arrays] = {}
    tried = 0
    for shape, program in zip(shapes, programs, strict=True):
        numbers = bank.of_shape(shape)
        tried += len(numbers)
        evaluator = Evaluator(budget=Budget(equations=_EQUATIONS))
        arguments = [bank.batches[number].arguments for number in numbers]
        try:
            values = list(results(program, arguments, evaluator))
        except FAILURES:
            return {}
        found.update((n, v) for n, v in zip(numbers, values, strict=True) if _tame(v))
    return found if len(found) * _TAME_PART >= tried else {}


def _tame(values: Arrays) -> bool:
    with np.errstate(all="ignore"):
        return all(bool(np.all(np.abs(value) < _HUGE)) for value in values)


def _title(changes: Sequence[str]) -> str:
    """What was changed, as a sentence to whoever made that mistake."""
    many = "one thing" if len(changes) == 1 else "two things"
    listed = "; and ".join(changes)
    return f"It returns what a right program would with {many} changed: {listed}."


def _words(rubric: Rubric, family: Family) -> str:
    """What was changed in a mutant, in words."""
    detail = _LINE.sub("", family.description)
    if detail.startswith(_VAGUE):
        detail = family.name.split(" at ")[0]
    names = [argument.name for argument in rubric.arguments]
    detail = _plain(detail)
    return _INPUTS.sub(lambda m: f"{names[int(m[1]) - 1]} and {names[int(m[2]) - 1]}", detail)


def _plain(detail: str) -> str:
    """What was changed, in words instead of JAX's names."""
    detail = _PRIMITIVE.sub(lambda match: _NOUNS[match[0]], detail)
    detail = _OPERAND.sub(lambda match: _ORDINALS[match[1]], detail)
    detail = _INDEX.sub(lambda match: f"a position one {_HIGHER[match[1]]}", detail)
    return _MEAN.sub("a mean in", detail)
