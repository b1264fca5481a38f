"""Is what the exercise names computed again for the gradient, step by step, instead of kept?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graders.barred import Found
from graders.jaxpr.model import Equation, Program
from graders.rubric import RematRule
from graders.subject import Dimensions
from graders.verdict import Finding

_HINT = "Put jax.checkpoint around the body that lax.scan is given."


def examine(rule: RematRule, normal: Mapping[Dimensions, Program]) -> Iterator[Found]:
    """What keeps the body of a scan from being rematerialised."""
    for program in normal.values():
        again = [equation for equation in program.walk() if equation.recomputed]
        inside = list(_again_in_scans(program))
        found = {equation.primitive for equation in inside}
        missing = [name for name in rule.primitives if name not in found]
        if not again:
            yield Finding("remat_absent", "nothing is computed again for the gradient", _HINT), None
        elif not inside:
            message = "the whole loop is computed again for the gradient, not each step of it"
            yield Finding("remat_outside", message, _HINT), again[0]
        elif missing:
            message = f"the steps compute again, but not {', '.join(missing)}"
            yield Finding("remat_of_little", message, _HINT), inside[0]
        else:
            continue
        return


def _again_in_scans(program: Program) -> Iterator[Equation]:
    """The equations in bodies of scans that are computed again oftener than the scan itself is."""
    for equation in program.walk():
        if equation.primitive == "scan":
            for nested in equation.programs():
                yield from (e for e in nested.walk() if e.recomputed > equation.recomputed)
