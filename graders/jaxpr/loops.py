"""Control flow over prepared programs: scan with its probe, while, cond."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

import numpy as np

from graders.jaxpr.arithmetic import Arithmetic
from graders.jaxpr.model import Array, Equation
from graders.jaxpr.rules.rule import Call

Step = Callable[[list[Any]], None]
Spend = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Frame:
    """A prepared program: a row of slots, the steps that fill them, the slots of its outputs."""

    template: list[Any]
    steps: list[Step]
    outputs: list[int]

    @property
    def width(self) -> int:
        """What running it costs beside its steps: the slots it touches."""
        return len(self.template) + len(self.outputs)

    def run(self, arguments: Sequence[Array]) -> list[Array]:
        """The outputs for arguments already in the arithmetic's storage."""
        slots = self.template.copy()
        slots[: len(arguments)] = arguments
        for step in self.steps:
            step(slots)
        return [slots[index] for index in self.outputs]


class LoopProbe(Protocol):
    """Watches one scan or while, and may put other values in the place of what it sees.

    The constants of a while are those of its condition and then those of its body; it has no xs.
    """

    def operands(
        self, consts: Sequence[Array], init: Sequence[Array], xs: Sequence[Array]
    ) -> tuple[Sequence[Array], Sequence[Array], Sequence[Array]]:
        """Called once before the first step."""
        ...

    def carry(self, step: int, carry: Sequence[Array]) -> Sequence[Array]:
        """Called with the carry after each step, counted from 1; with 0 before the first."""
        ...

    def outputs(self, outputs: Sequence[Array]) -> Sequence[Array]:
        """Called with the final carry followed by the stacked outputs."""
        ...


class _Unwatched:
    """The probe of a loop nobody watches."""

    def operands(
        self, consts: Sequence[Array], init: Sequence[Array], xs: Sequence[Array]
    ) -> tuple[Sequence[Array], Sequence[Array], Sequence[Array]]:
        return consts, init, xs

    def carry(self, step: int, carry: Sequence[Array]) -> Sequence[Array]:
        return carry

    def outputs(self, outputs: Sequence[Array]) -> Sequence[Array]:
        return outputs


UNWATCHED: LoopProbe = _Unwatched()


def scan(
    equation: Equation, body: Frame, arithmetic: Arithmetic, probe: LoopProbe, spend: Spend
) -> Call:
    """`lax.scan`: consts, carry and xs in; the final carry and the stacked ys out."""
    params = equation.params
    consts, carried, length = params["num_consts"], params["num_carry"], params["length"]
    order = range(length - 1, -1, -1) if params["reverse"] else range(length)
    types = [variable.type for variable in equation.outputs[carried:]]
    stacks = [(type.shape, arithmetic.storage(type.dtype)) for type in types]

    def call(*inputs: Array) -> Sequence[Array]:
        const, carry, xs = probe.operands(
            inputs[:consts], inputs[consts : consts + carried], inputs[consts + carried :]
        )
        carry = probe.carry(0, carry)
        ys = [np.empty(shape, dtype) for shape, dtype in stacks]
        for number, index in enumerate(order, 1):
            spend(body.width)
            results = body.run([*const, *carry, *[x[index] for x in xs]])
            carry = probe.carry(number, results[:carried])
            for stack, value in zip(ys, results[carried:], strict=True):
                stack[index, ...] = value
        return probe.outputs([*carry, *ys])

    return call


def while_loop(
    equation: Equation, condition: Frame, body: Frame, probe: LoopProbe, spend: Spend
) -> Call:
    """`lax.while_loop`: runs the body as long as the condition holds."""
    params = equation.params
    n_cond, n_body = params["cond_nconsts"], params["body_nconsts"]
    batched = bool(params["cond_jaxpr"].outputs[0].type.shape)
    width = condition.width + body.width

    def call(*inputs: Array) -> Sequence[Array]:
        consts, carry, _ = probe.operands(inputs[: n_cond + n_body], inputs[n_cond + n_body :], ())
        cond_consts, body_consts = consts[:n_cond], consts[n_cond:]
        carry = probe.carry(0, carry)
        numbers = count(1)
        while True:
            going = condition.run([*cond_consts, *carry])[0]
            if not (going.any() if batched else going):
                break
            spend(width)
            stepped = body.run([*body_consts, *carry])
            carry = _where_going(going, stepped, carry) if batched else stepped
            carry = probe.carry(next(numbers), carry)
        return probe.outputs(carry)

    return call


def _where_going(going: Array, new: Sequence[Array], old: Sequence[Array]) -> list[Array]:
    """A step of a batched loop: the batch elements whose condition is over stay as they are."""
    return [
        np.where(going.reshape(going.shape + (1,) * (np.ndim(n) - going.ndim)), n, o)
        for n, o in zip(new, old, strict=True)
    ]


def cond(branches: Sequence[Frame]) -> Call:
    """`lax.cond` and `lax.switch`: an index outside the branches is clamped."""

    def call(index: Array, *inputs: Array) -> Sequence[Array]:
        return branches[min(max(int(index), 0), len(branches) - 1)].run(inputs)

    return call
