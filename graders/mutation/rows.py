"""Changes to what a scan scans: other rows, fewer steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graders.jaxpr.model import Atom, Equation, Variable
from graders.mutation.change import Change, before, numeric, put, rewired, scalar, with_params

_SHIFTS = {"next": 1, "previous": -1}


def other_rows(equation: Equation) -> Iterator[Change]:
    """Rows from the other end, or those of the next or the previous step.

    The last row, or the first, is then used twice. Each scanned operand is changed alone, and moved
    together with the others.
    """
    if equation.primitive != "scan" or equation.params["length"] < 2:
        return
    first = equation.params["num_consts"] + equation.params["num_carry"]
    places = range(first, len(equation.inputs))
    for number, place in enumerate(places, 1):
        flip = before(equation, "rev", equation.inputs[place], dimensions=(0,))
        changed = rewired(equation, *put(equation.inputs, place, flip.outputs[0]))
        yield Change(f"xs {number} reversed", "rows from the other end", (flip, changed))
    for which in _SHIFTS:
        for number, place in enumerate(places, 1):
            yield _shifted(equation, [place], which, f"xs {number}")
        if len(places) > 1:
            yield _shifted(equation, places, which, "all xs")


def _shifted(equation: Equation, places: Sequence[int], which: str, what: str) -> Change:
    made: list[Equation] = []
    inputs = equation.inputs
    for place in places:
        made.extend(_neighbours(equation, inputs[place], _SHIFTS[which]))
        inputs = put(inputs, place, made[-1].outputs[0])
    words = f"rows of the {which} step"
    return Change(f"{what} {which} row", words, (*made, rewired(equation, *inputs)))


def _neighbours(equation: Equation, rows: Atom, step: int) -> Sequence[Equation]:
    """Each row replaced by the one after it, or before it; the one at the end stays."""
    length = equation.params["length"]
    moved = _some(equation, rows, max(step, 0), length + min(step, 0))
    edge = _some(equation, rows, length - 1, length) if step > 0 else _some(equation, rows, 0, 1)
    parts = (moved, edge) if step > 0 else (edge, moved)
    joined = before(equation, "concatenate", rows, dimension=0)
    return (moved, edge, rewired(joined, *(part.outputs[0] for part in parts)))


def _some(equation: Equation, rows: Atom, start: int, limit: int) -> Equation:
    """Rows from `start` up to `limit`."""
    others = rows.type.shape[1:]
    result = Variable(replace(rows.type, shape=(limit - start, *others)))
    params = {
        "start_indices": (start, *(0 for _ in others)),
        "limit_indices": (limit, *others),
        "strides": None,
    }
    return Equation("slice", (rows,), (result,), params, equation.location)


def fewer_steps(equation: Equation) -> Iterator[Change]:
    """A scan without its last or its first step; what the step would have put out is zero."""
    if equation.primitive != "scan" or not equation.params["length"]:
        return
    stacks = equation.outputs[equation.params["num_carry"] :]
    if not all(numeric(variable.type.dtype) for variable in stacks):
        return
    for which in ("last", "first") if equation.params["length"] > 1 else ("last",):
        # A reversed scan takes the row at index 0 last.
        at_start = (which == "first") != equation.params["reverse"]
        words = f"the {which} step is not taken"
        yield Change(f"scan without its {which} step", words, tuple(_shortened(equation, at_start)))


def _shortened(equation: Equation, at_start: bool) -> Iterator[Equation]:
    params, length = equation.params, equation.params["length"]
    first, carried = params["num_consts"] + params["num_carry"], params["num_carry"]
    inputs = list(equation.inputs[:first])
    for rows in equation.inputs[first:]:
        kept = _some(equation, rows, int(at_start), length - 1 + int(at_start))
        inputs.append(kept.outputs[0])
        yield kept
    stacks = [_shorter(variable) for variable in equation.outputs[carried:]]
    yield replace(
        with_params(equation, length=length - 1),
        inputs=tuple(inputs),
        outputs=(*equation.outputs[:carried], *stacks),
    )
    edge = (int(at_start), int(not at_start), 0)
    for short, whole in zip(stacks, equation.outputs[carried:], strict=True):
        config = (edge, *((0, 0, 0) for _ in whole.type.shape[1:]))
        operands = (short, scalar(0, whole.type.dtype))
        yield Equation("pad", operands, (whole,), {"padding_config": config}, equation.location)


def _shorter(stack: Variable) -> Variable:
    length, *others = stack.type.shape
    return Variable(replace(stack.type, shape=(length - 1, *others)))
