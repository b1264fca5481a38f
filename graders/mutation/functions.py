"""Changes to functions of one value: left out, or replaced by a sibling; casts and choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graders.jaxpr.arithmetic import is_float
from graders.jaxpr.model import ArrayType, Atom, Equation, Variable
from graders.mutation.change import (
    Change,
    alike,
    before,
    copied,
    renamed,
    rewired,
    same,
    swapped,
    with_params,
)

_SIBLINGS = {
    "abs": ("neg",),
    "acos": ("asin",),
    "asin": ("acos",),
    "cbrt": ("sqrt",),
    "ceil": ("floor",),
    "cos": ("sin",),
    "cosh": ("sinh",),
    "erf": ("erfc",),
    "erfc": ("erf",),
    "exp": ("expm1", "exp2"),
    "exp2": ("exp",),
    "expm1": ("exp",),
    "floor": ("ceil",),
    "log": ("log1p", "log2"),
    "log1p": ("log",),
    "log2": ("log",),
    "logistic": ("tanh",),
    "neg": ("abs",),
    "round": ("floor",),
    "rsqrt": ("sqrt",),
    "sign": ("abs",),
    "sin": ("cos",),
    "sinh": ("cosh",),
    "sqrt": ("rsqrt", "cbrt"),
    "square": ("abs",),
    "tan": ("tanh",),
    "tanh": ("tan", "logistic"),
}
_REMOVED = frozenset(_SIBLINGS) | frozenset(
    """acosh asinh atan atanh conj cumlogsumexp cummax cummin cumprod cumsum digamma erf_inv lgamma
    not reduce_precision rev transpose""".split()
)


def other_function(equation: Equation) -> Iterator[Change]:
    """A function for its sibling, such as a cosine for a sine."""
    for sibling in _SIBLINGS.get(equation.primitive, ()):
        if alike(equation.inputs[0], equation.outputs[0]):
            yield renamed(equation, sibling)


def removed_function(equation: Equation) -> Iterator[Change]:
    """A function left out: its operand for its result."""
    if equation.primitive in _REMOVED and alike(equation.inputs[0], equation.outputs[0]):
        label = f"{equation.primitive} removed"
        words = f"{equation.primitive} left out"
        yield Change(label, words, (copied(equation, equation.inputs[0]),))


def other_cast(equation: Equation) -> Iterator[Change]:
    """A cast that loses more: through a narrower type, or rounded another way first."""
    if equation.primitive != "convert_element_type":
        return
    (source,), (target,) = equation.inputs, equation.outputs
    whole = source.type.dtype.startswith(("int", "uint"))
    if is_float(source.type.dtype) and is_float(target.type.dtype):
        yield _through(equation, source, "int32")
        yield _through(equation, source, "bfloat16")
    elif whole and target.type.dtype != "bool":
        yield _through(equation, source, "bool")
    elif is_float(source.type.dtype) and target.type.dtype.startswith(("int", "uint")):
        for rounding in ("floor", "ceil"):
            first = before(equation, rounding, source)
            words = f"{rounding} before the cast"
            changed = (first, rewired(equation, first.outputs[0]))
            yield Change(f"cast after {rounding}", words, changed)


def _through(equation: Equation, source: Atom, dtype: str) -> Change:
    between = Variable(ArrayType(dtype, source.type.shape))
    first = replace(with_params(equation, new_dtype=dtype), outputs=(between,))
    changed = (first, rewired(equation, between))
    return Change(f"cast through {dtype}", f"a cast to {dtype} first", changed)


def other_choice(equation: Equation) -> Iterator[Change]:
    """Neighbouring cases of a choice in each other's place, or one of them always."""
    if equation.primitive != "select_n":
        return
    cases = equation.inputs[1:]
    different = [n for n, case in enumerate(cases[1:], 1) if not same(cases[n - 1], case)]
    for number in different:
        label = f"cases {number} and {number + 1} swapped"
        changed = rewired(equation, *swapped(equation.inputs, number, number + 1))
        yield Change(label, f"{label} in a choice", (changed,))
    for number, case in enumerate(cases if different else ()):
        label = f"always case {number + 1}"
        yield Change(label, f"{label} of a choice", (copied(equation, case),))


def unclamped(equation: Equation) -> Iterator[Change]:
    """A clamp without its lower or without its upper bound."""
    if equation.primitive == "clamp":
        low, value, high = equation.inputs
        for primitive, bound, words in (("min", high, "lower"), ("max", low, "upper")):
            changed = replace(equation, primitive=primitive, inputs=(value, bound), params={})
            yield Change(f"clamp->{primitive}", f"no {words} bound", (changed,))
