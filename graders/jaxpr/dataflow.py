"""What depends on what in a program, through scan, while and cond, by slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from graders.jaxpr.model import Atom, Equation, Literal, Program, Variable
from graders.jaxpr.normalize import MAX_EFFORT, TooLong, terms

Origins = frozenset[str]
NOTHING: Origins = frozenset()


@dataclass(slots=True)
class Flow:
    """Follows named origins through a program.

    `cut` is an equation whose outputs are taken to depend on nothing but `label`; what its operands
    depend on is collected in `at_cut`.
    """

    cut: Equation | None = None
    label: Origins = NOTHING
    at_cut: list[Origins] = field(default_factory=list)
    effort: int = MAX_EFFORT

    def outputs(self, program: Program, inputs: Sequence[Origins]) -> list[Origins]:
        """The origins of each output, given those of each input; raises `TooLong`."""
        self.effort -= terms(program)
        if self.effort < 0:
            raise TooLong("takes too long to follow: its loops nest too deep")
        env: dict[Variable, Origins] = dict(zip(program.inputs, inputs, strict=True))

        def read(atom: Atom) -> Origins:
            return NOTHING if isinstance(atom, Literal) else env.get(atom, NOTHING)

        for equation in program.equations:
            sources = [read(atom) for atom in equation.inputs]
            env.update(zip(equation.outputs, self.equation(equation, sources), strict=True))
        return [read(atom) for atom in program.outputs]

    def equation(self, equation: Equation, sources: list[Origins]) -> list[Origins]:
        """The origins of an equation's results, given those of its operands."""
        if equation is self.cut:
            known = self.at_cut or [NOTHING] * len(sources)
            self.at_cut = [a | b for a, b in zip(known, sources, strict=True)]
            return [self.label] * len(equation.outputs)
        if equation.primitive == "scan":
            return self._scan(equation, sources)
        if equation.primitive == "while":
            return self._while(equation, sources)
        if equation.primitive == "cond":
            return self._cond(equation, sources)
        if equation.primitive == "call":
            return self.outputs(equation.params["jaxpr"], sources)
        return [NOTHING.union(*sources)] * len(equation.outputs)

    def _scan(self, equation: Equation, sources: list[Origins]) -> list[Origins]:
        n_const, n_carry = equation.params["num_consts"], equation.params["num_carry"]
        const, xs = sources[:n_const], sources[n_const + n_carry :]
        carry = sources[n_const : n_const + n_carry]
        while True:
            results = self.outputs(equation.params["jaxpr"], const + carry + xs)
            grown = [a | b for a, b in zip(carry, results[:n_carry], strict=True)]
            if grown == carry:
                return carry + results[n_carry:]
            carry = grown

    def _while(self, equation: Equation, sources: list[Origins]) -> list[Origins]:
        params = equation.params
        n_cond, n_body = params["cond_nconsts"], params["body_nconsts"]
        cond_const, body_const = sources[:n_cond], sources[n_cond : n_cond + n_body]
        carry = sources[n_cond + n_body :]
        while True:
            asked = self.outputs(params["cond_jaxpr"], cond_const + carry)[0]
            results = self.outputs(params["body_jaxpr"], body_const + carry)
            grown = [a | b | asked for a, b in zip(carry, results, strict=True)]
            if grown == carry:
                return carry
            carry = grown

    def _cond(self, equation: Equation, sources: list[Origins]) -> list[Origins]:
        found = [sources[0]] * len(equation.outputs)
        for branch in equation.params["branches"]:
            results = self.outputs(branch, sources[1:])
            found = [a | b for a, b in zip(found, results, strict=True)]
        return found


def bypasses(
    program: Program, names: Sequence[str], cut: Equation
) -> tuple[Origins, list[Origins]]:
    """Which inputs reach the program's results past an equation, and which reach its operands.

    `names` are those of the program's inputs; several may be called the same.
    """
    flow = Flow(cut=cut)
    results = flow.outputs(program, [frozenset({name}) for name in names])
    return NOTHING.union(*results), flow.at_cut
