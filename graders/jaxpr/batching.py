"""One program for many batches: every value gets a leading axis, as `jax.vmap` would give it.

Evaluating this once costs little more than evaluating the program for one batch. Primitives that
are not known here make it `NotBatchable`, and the batches are evaluated one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graders.jaxpr.model import ArrayType, Atom, Equation, Program, Variable

_ELEMENTWISE = frozenset(
    """abs acos acosh add add_any and asin asinh atan atan2 atanh cbrt ceil clamp
    convert_element_type copy cos cosh div eq erf erf_inv erfc exp exp2 expm1 floor ge gt
    integer_pow is_finite le lgamma log log1p log2 logistic lt max min mul ne neg nextafter not or
    pow reduce_precision rem round rsqrt select_n sign sin sinh sqrt square stop_gradient sub tan
    tanh xor""".split()
)
_REDUCTIONS = frozenset(
    """argmax argmin reduce_and reduce_max reduce_min reduce_or reduce_prod reduce_sum
    reduce_xor""".split()
)
_ALONG_ONE_AXIS = frozenset("cumlogsumexp cummax cummin cumprod cumsum split stack unstack".split())


class NotBatchable(Exception):
    """The program has a primitive that cannot be given a leading axis."""


def batch(program: Program, size: int) -> Program:
    """The program for `size` batches at once: inputs and outputs have a leading axis.

    The program must be in normal form. Raises `NotBatchable`, also for a program that is not well
    formed.
    """
    try:
        return _batched(program, size, [True] * len(program.inputs))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise NotBatchable("a parameter that is not what it should be") from error


def _batched(program: Program, size: int, flags: Sequence[bool]) -> Program:
    scope = _Scope(size)
    inputs = []
    for variable, flag in zip(program.inputs, flags, strict=True):
        fresh = Variable(scope.grown(variable.type) if flag else variable.type)
        inputs.append(fresh)
        scope.bind(variable, fresh, flag)
    constants = []
    for variable, value in program.constants:
        constants.append((Variable(variable.type), value))
        scope.bind(variable, constants[-1][0], False)
    for equation in program.equations:
        scope.equation(equation)
    outputs = tuple(scope.lifted(atom) for atom in program.outputs)
    return Program(tuple(inputs), tuple(constants), tuple(scope.equations), outputs)


@dataclass(slots=True)
class _Scope:
    size: int
    names: dict[Variable, tuple[Variable, bool]] = field(default_factory=dict)
    equations: list[Equation] = field(default_factory=list)

    def grown(self, type: ArrayType) -> ArrayType:
        return replace(type, shape=(self.size, *type.shape))

    def bind(self, variable: Variable, fresh: Variable, flag: bool) -> None:
        self.names[variable] = (fresh, flag)

    def read(self, atom: Atom) -> tuple[Atom, bool]:
        return self.names[atom] if isinstance(atom, Variable) else (atom, False)

    def emit(
        self, primitive: str, inputs: Sequence[Atom], type: ArrayType, params: Mapping[str, Any]
    ) -> Variable:
        result = Variable(type)
        self.equations.append(Equation(primitive, tuple(inputs), (result,), params))
        return result

    def lifted(self, atom: Atom) -> Atom:
        """The atom with a leading axis, whether it depends on the batch or not."""
        value, flag = self.read(atom)
        return value if flag else self.spread(value, atom.type.shape, False)

    def spread(self, value: Atom, shape: tuple[int, ...], flag: bool) -> Atom:
        """A value of fewer axes broadcast to a shape, behind the leading axis."""
        own = value.type.shape[1:] if flag else value.type.shape
        target = (self.size, *shape)
        if flag and own == shape:
            return value
        last = tuple(range(1 + len(shape) - len(own), 1 + len(shape)))
        params = {"shape": target, "broadcast_dimensions": (0, *last) if flag else last}
        return self.emit("broadcast_in_dim", [value], replace(value.type, shape=target), params)

    def equation(self, equation: Equation) -> None:
        read = [self.read(atom) for atom in equation.inputs]
        if not any(flag for _, flag in read):
            outputs = tuple(Variable(variable.type) for variable in equation.outputs)
            inputs = tuple(value for value, _ in read)
            self.equations.append(replace(equation, inputs=inputs, outputs=outputs))
            for variable, fresh in zip(equation.outputs, outputs, strict=True):
                self.bind(variable, fresh, False)
            return
        rule = _RULES.get(equation.primitive)
        if rule is None:
            raise NotBatchable(equation.primitive)
        for variable, fresh in zip(equation.outputs, rule(self, equation), strict=True):
            self.bind(variable, fresh, True)

    def same(self, equation: Equation, inputs: Sequence[Atom], **params: object) -> list[Variable]:
        """The equation with other operands and parameters, its results grown."""
        outputs = tuple(Variable(self.grown(variable.type)) for variable in equation.outputs)
        changed = {**equation.params, **params}
        self.equations.append(
            replace(equation, inputs=tuple(inputs), outputs=outputs, params=changed)
        )
        return list(outputs)


def _elementwise(scope: _Scope, equation: Equation) -> list[Variable]:
    shape = equation.outputs[0].type.shape
    inputs = []
    for atom in equation.inputs:
        value, flag = scope.read(atom)
        plain = not flag and not value.type.shape and equation.primitive not in _NEEDS_FULL
        inputs.append(value if plain else scope.spread(value, shape, flag))
    return scope.same(equation, inputs)


_NEEDS_FULL = frozenset({"select_n"})


def _reduction(scope: _Scope, equation: Equation) -> list[Variable]:
    axes = tuple(axis + 1 for axis in equation.params["axes"])
    return scope.same(equation, [scope.lifted(equation.inputs[0])], axes=axes)


def _along_one_axis(scope: _Scope, equation: Equation) -> list[Variable]:
    inputs = [scope.lifted(atom) for atom in equation.inputs]
    return scope.same(equation, inputs, axis=equation.params["axis"] + 1)


def _pad(scope: _Scope, equation: Equation) -> list[Variable]:
    filling, varies = scope.read(equation.inputs[1])
    if varies:
        raise NotBatchable("pad")
    config = ((0, 0, 0), *equation.params["padding_config"])
    inputs = [scope.lifted(equation.inputs[0]), filling]
    return scope.same(equation, inputs, padding_config=config)


def _broadcast(scope: _Scope, equation: Equation) -> list[Variable]:
    dimensions = (0, *(d + 1 for d in equation.params["broadcast_dimensions"]))
    shape = (scope.size, *equation.params["shape"])
    inputs = [scope.lifted(equation.inputs[0])]
    return scope.same(equation, inputs, shape=shape, broadcast_dimensions=dimensions)


def _reshape(scope: _Scope, equation: Equation) -> list[Variable]:
    if equation.params.get("dimensions") is not None:
        raise NotBatchable("reshape")
    sizes = (scope.size, *equation.params["new_sizes"])
    return scope.same(equation, [scope.lifted(equation.inputs[0])], new_sizes=sizes)


def _squeeze(scope: _Scope, equation: Equation) -> list[Variable]:
    rank = len(equation.inputs[0].type.shape)
    dimensions = tuple(d % rank + 1 for d in equation.params["dimensions"])
    return scope.same(equation, [scope.lifted(equation.inputs[0])], dimensions=dimensions)


def _transpose(scope: _Scope, equation: Equation) -> list[Variable]:
    permutation = (0, *(d + 1 for d in equation.params["permutation"]))
    return scope.same(equation, [scope.lifted(equation.inputs[0])], permutation=permutation)


def _reverse(scope: _Scope, equation: Equation) -> list[Variable]:
    dimensions = tuple(d + 1 for d in equation.params["dimensions"])
    return scope.same(equation, [scope.lifted(equation.inputs[0])], dimensions=dimensions)


def _slice(scope: _Scope, equation: Equation) -> list[Variable]:
    params = equation.params
    strides = params["strides"]
    return scope.same(
        equation,
        [scope.lifted(equation.inputs[0])],
        start_indices=(0, *params["start_indices"]),
        limit_indices=(scope.size, *params["limit_indices"]),
        strides=None if strides is None else (1, *strides),
    )


def _concatenate(scope: _Scope, equation: Equation) -> list[Variable]:
    inputs = [scope.lifted(atom) for atom in equation.inputs]
    return scope.same(equation, inputs, dimension=equation.params["dimension"] + 1)


def _dot(scope: _Scope, equation: Equation) -> list[Variable]:
    (left, right), (left_batch, right_batch) = equation.params["dimension_numbers"]
    grown = [tuple(d + 1 for d in side) for side in (left, right, left_batch, right_batch)]
    numbers = ((grown[0], grown[1]), ((0, *grown[2]), (0, *grown[3])))
    inputs = [scope.lifted(atom) for atom in equation.inputs]
    return scope.same(equation, inputs, dimension_numbers=numbers)


def _reduce(scope: _Scope, equation: Equation) -> list[Variable]:
    """Operands come first, then what each starts from: one value for all batches."""
    count = len(equation.outputs)
    starts = [scope.read(atom) for atom in equation.inputs[count:]]
    if any(varies for _, varies in starts):
        raise NotBatchable("reduce")
    operands = [scope.lifted(atom) for atom in equation.inputs[:count]]
    dimensions = tuple(axis + 1 for axis in equation.params["dimensions"])
    inputs = [*operands, *(value for value, _ in starts)]
    return scope.same(equation, inputs, dimensions=dimensions)


def _scan(scope: _Scope, equation: Equation) -> list[Variable]:
    """Operands of a scan keep their place; rows come first, so the leading axis goes second."""
    params = equation.params
    n_const, n_carry = params["num_consts"], params["num_carry"]
    inputs: list[Atom] = []
    flags = []
    for position, atom in enumerate(equation.inputs):
        value, flag = scope.read(atom)
        if n_const <= position < n_const + n_carry:
            value, flag = scope.lifted(atom), True
        elif position >= n_const + n_carry and flag:
            value = _swapped(scope, value)
        inputs.append(value)
        flags.append(flag)
    body = _batched(params["jaxpr"], scope.size, flags)
    outputs = [Variable(variable.type) for variable in body.outputs[:n_carry]]
    for variable in equation.outputs[n_carry:]:
        length, *rest = variable.type.shape
        outputs.append(Variable(replace(variable.type, shape=(length, scope.size, *rest))))
    changed = {**params, "jaxpr": body}
    scope.equations.append(
        replace(equation, inputs=tuple(inputs), outputs=tuple(outputs), params=changed)
    )
    return outputs[:n_carry] + [_swapped(scope, stack) for stack in outputs[n_carry:]]


def _swapped(scope: _Scope, value: Atom) -> Variable:
    first, second, *rest = value.type.shape
    permutation = (1, 0, *range(2, 2 + len(rest)))
    type = replace(value.type, shape=(second, first, *rest))
    return scope.emit("transpose", [value], type, {"permutation": permutation})


_RULES: Mapping[str, Callable[[_Scope, Equation], list[Variable]]] = {
    **dict.fromkeys(_ELEMENTWISE, _elementwise),
    **dict.fromkeys(_REDUCTIONS, _reduction),
    **dict.fromkeys(_ALONG_ONE_AXIS, _along_one_axis),
    "broadcast_in_dim": _broadcast,
    "reshape": _reshape,
    "squeeze": _squeeze,
    "transpose": _transpose,
    "rev": _reverse,
    "slice": _slice,
    "concatenate": _concatenate,
    "pad": _pad,
    "dot_general": _dot,
    "scan": _scan,
    "reduce": _reduce,
}
