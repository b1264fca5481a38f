"""Mistakes that nobody has labelled: what the reference would return with one thing changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graders.bank import Arrays, Bank
from graders.correctness import passes
from graders.diagnosis import Mistake
from graders.form import tree
from graders.jaxpr.interpret import Budget, Evaluator
from graders.jaxpr.many import FAILURES, finite, results
from graders.mutation.families import Family, families
from graders.rubric import Rubric
from graders.subject import Dimensions

_EQUATIONS = 100_000
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
_OPERAND = re.compile(r"operand ([12])")
_ORDINALS = {"1": "its first operand", "2": "its second operand"}


def imitations(rubric: Rubric, bank: Bank, shapes: Sequence[Dimensions]) -> Iterator[Mistake]:
    """The mutants of the reference as mistakes, on the batches of some shapes.

    Those that compute the same there, or have no finite results, are left out.
    """
    programs = [bank.program(shape) for shape in shapes]
    trees = {
        shape: str(tree(rubric.signature.result, [r.type(shape) for r in rubric.results]))
        for shape in shapes
    }
    for family in families(programs):
        if family.own and len(family.programs) == len(programs):
            found = _results(bank, shapes, family)
            if found and not all(passes(rubric, bank, n, values) for n, values in found.items()):
                yield Mistake(family.name, _title(rubric, family), trees, found)


def _results(bank: Bank, shapes: Sequence[Dimensions], family: Family) -> dict[int, Arrays]:
    found: dict[int, Arrays] = {}
    for place, shape in enumerate(shapes):
        numbers = bank.of_shape(shape)
        evaluator = Evaluator(budget=Budget(equations=_EQUATIONS))
        arguments = [bank.batches[number].arguments for number in numbers]
        try:
            values = list(results(family.programs[place], arguments, evaluator))
        except FAILURES:
            return {}
        if not all(map(finite, values)):
            return {}
        found.update(zip(numbers, values, strict=True))
    return found


def _title(rubric: Rubric, family: Family) -> str:
    """What was changed, as a sentence to whoever made that mistake."""
    detail = _LINE.sub("", family.description)
    if detail.startswith(_VAGUE):
        detail = family.name.split(" at ")[0]
    names = [argument.name for argument in rubric.arguments]
    detail = _plain(detail)
    detail = _INPUTS.sub(lambda m: f"{names[int(m[1]) - 1]} and {names[int(m[2]) - 1]}", detail)
    return f"It returns what a right program would with one thing changed: {detail}."


def _plain(detail: str) -> str:
    """What was changed, in words instead of JAX's names."""
    detail = _PRIMITIVE.sub(lambda match: _NOUNS[match[0]], detail)
    detail = _OPERAND.sub(lambda match: _ORDINALS[match[1]], detail)
    return _MEAN.sub("a mean in", detail)
