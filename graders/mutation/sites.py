"""Where a program can be changed: itself, and every program nested in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graders.jaxpr.model import Equation, Program


@dataclass(frozen=True, slots=True)
class Site:
    """A program or nested program, and how the whole is written with another in its stead.

    `place` says where it stands, such as `body`; it is empty for the whole.
    """

    place: str
    program: Program
    put: Callable[[Program], Program]

    def at(self, number: int) -> str:
        """How one speaks of an equation of this program, counted from 0."""
        return f"{self.place} equation {number + 1}".strip()

    def replaced(self, number: int, equations: Sequence[Equation]) -> Program:
        """The whole, with other equations in the place of one of this program's."""
        own = self.program.equations
        changed = (*own[:number], *equations, *own[number + 1 :])
        return self.put(replace(self.program, equations=changed))


def sites(program: Program) -> Iterator[Site]:
    """The program and all nested ones, a nested one after the one that holds it."""
    return _within(Site("", program, lambda other: other))


def _within(site: Site) -> Iterator[Site]:
    yield site
    equations = site.program.equations
    holders = [n for n, equation in enumerate(equations) if any(equation.programs())]
    for number in holders:
        prefix = f"{site.place} " if site.place else ""
        if len(holders) > 1:
            prefix = f"{site.at(number)} "
        for key, index, nested in _nested(equations[number].params):
            yield from _within(
                Site(prefix + _label(key, index), nested, _putter(site, number, key, index))
            )


def _nested(params: Mapping[str, Any]) -> Iterator[tuple[str, int | None, Program]]:
    for key, value in params.items():
        if isinstance(value, Program):
            yield key, None, value
        elif isinstance(value, tuple):
            found = ((n, item) for n, item in enumerate(value) if isinstance(item, Program))
            yield from ((key, number, item) for number, item in found)


def _label(key: str, index: int | None) -> str:
    plain = {"jaxpr": "body", "body_jaxpr": "body", "cond_jaxpr": "condition", "branches": "branch"}
    word = plain.get(key, key)
    return word if index is None else f"{word} {index + 1}"


def _putter(site: Site, number: int, key: str, index: int | None) -> Callable[[Program], Program]:
    equation = site.program.equations[number]

    def put(other: Program) -> Program:
        value: Any = other
        if index is not None:
            whole = equation.params[key]
            value = (*whole[:index], other, *whole[index + 1 :])
        return site.replaced(number, [replace(equation, params={**equation.params, key: value})])

    return put
