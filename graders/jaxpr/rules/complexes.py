"""Complex numbers: taking them apart and putting them together."""

from __future__ import annotations

import numpy as np

from graders.jaxpr.arithmetic import Arithmetic
from graders.jaxpr.model import Array, Equation
from graders.jaxpr.rules.rule import Call, Rule, elementwise, plain


def _prepare_complex(equation: Equation, arithmetic: Arithmetic) -> Call:
    elementwise(equation)
    shape = equation.outputs[0].type.shape
    dtype = arithmetic.storage(equation.outputs[0].type.dtype)

    def call(real: Array, imaginary: Array) -> Array:
        out = np.empty(shape, dtype)
        out.real, out.imag = real, imaginary
        return out

    return call


def _prepare_conj(equation: Equation, arithmetic: Arithmetic) -> Call:
    dtype = arithmetic.storage(equation.outputs[0].type.dtype)
    return lambda x: np.conjugate(x).astype(dtype)


RULES: dict[str, Rule] = {
    "complex": Rule(_prepare_complex),
    "conj": Rule(_prepare_conj),
    "imag": plain(np.imag),
    "real": plain(np.real),
}
