"""One equation as a step on the slots of a prepared program: fetch, call, settle, check, store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.jaxpr.loops import Spend, Step
from graders.jaxpr.model import Array, Equation
from graders.jaxpr.rules.rule import Call, IllTyped

Settle = Callable[[Array], Array] | None


@dataclass(frozen=True, slots=True)
class Plan:
    """How an equation is carried out.

    `sources` and `targets` are slots, `settle` is what each result must go through, and `cost` is
    spent each time. A result of another shape than declared raises `IllTyped`: it could grow beyond
    any account.
    """

    equation: Equation
    call: Call
    sources: list[int]
    targets: list[int]
    settle: list[Settle]
    spend: Spend
    cost: int

    def several(self) -> Step:
        """The step of a call that gives a sequence of results."""
        call, sources, spend, cost = self.call, self.sources, self.spend, self.cost
        shapes = [variable.type.shape for variable in self.equation.outputs]
        plan = list(zip(self.targets, self.settle, shapes, strict=True))

        def step(slots: list[Any]) -> None:
            spend(cost)
            results = call(*[slots[index] for index in sources])
            for (index, finish, shape), value in zip(plan, results, strict=True):
                settled = value if finish is None else finish(value)
                if settled.shape != shape:
                    raise IllTyped(self.equation)
                slots[index] = settled

        return step

    def single(self) -> Step:
        """The step of a call that gives its only result itself."""
        call, sources, spend, cost = self.call, self.sources, self.spend, self.cost
        (target,), (settle,) = self.targets, self.settle
        shape = self.equation.outputs[0].type.shape
        # A ufunc needs no check: it is as large as its operands, which its rule has compared.
        if settle is None and len(sources) == 2 and isinstance(call, np.ufunc):
            left, right = sources

            def binary(slots: list[Any]) -> None:
                spend(cost)
                slots[target] = call(slots[left], slots[right])

            return binary

        def step(slots: list[Any]) -> None:
            spend(cost)
            value = call(*[slots[index] for index in sources])
            if settle is not None:
                value = settle(value)
            if value.shape != shape:
                raise IllTyped(self.equation)
            slots[target] = value

        return step
