"""Elementwise functions to compare on: arithmetic, transcendental, logic."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from tests.graders.jaxpr.rules.differential import Arg, Case

NAN, INF = math.nan, math.inf
ODD = (0.0, -0.0, NAN, INF, -INF, 0.5, -0.5, 1.5, 2.5, -2.5, 1.0)
WILD = Arg(special=ODD)
SMOOTH = Arg(special=(0.0, NAN, INF, -INF))


def whole(dtype: str, shape: tuple[int, ...] = (3, 4)) -> Arg:
    """Integers of the whole range, the limits among them."""
    limits = jnp.iinfo(dtype)
    low, high = int(limits.min), int(limits.max)
    return Arg(shape, dtype, low, high, (low, high, 0, 1, max(low, -1)))


def _binary() -> list[Case]:
    cases = []
    for name in ("add", "sub", "mul", "div", "rem", "max", "min"):
        function = getattr(lax, name)
        cases.append(Case(f"{name}-float32", function, (WILD, WILD), 1e-6))
        cases += [
            Case(f"{name}-{dtype}", function, (whole(dtype), whole(dtype)))
            for dtype in ("int32", "uint32", "int8", "uint8")
        ]
        cases += [
            Case(f"{name}-{dtype}", function, (Arg(dtype=dtype),) * 2, 1e-2, False, True, 1e-2)
            for dtype in ("bfloat16", "float16")
            if name != "rem"
        ]
    for name in ("and", "or", "xor"):
        function = getattr(lax, f"bitwise_{name}")
        cases += [Case(f"{name}-{t}", function, (whole(t), whole(t))) for t in ("int32", "uint8")]
        cases.append(Case(f"{name}-bool", function, (Arg(dtype="bool"),) * 2))
    shift = {"int32": 40, "uint8": 12, "int8": 12, "uint32": 40, "int16": 20}
    for name in ("shift_left", "shift_right_arithmetic", "shift_right_logical"):
        cases += [
            Case(f"{name}-{t}", getattr(lax, name), (whole(t), Arg(dtype=t, low=-2, high=high)))
            for t, high in shift.items()
        ]
    cases += [
        Case(f"mulhi-{t}", lax.mulhi, (whole(t), whole(t))) for t in ("int32", "uint32", "uint8")
    ]
    return cases


def _comparisons() -> list[Case]:
    cases = []
    for name in ("eq", "ne", "lt", "le", "gt", "ge"):
        function = getattr(lax, name)
        cases.append(Case(f"{name}-float32", function, (WILD, WILD)))
        cases.append(Case(f"{name}-int8", function, (whole("int8"), whole("int8"))))
        cases.append(Case(f"{name}-uint32", function, (whole("uint32"), whole("uint32"))))
    for name in ("eq_to", "le_to", "lt_to"):
        function = partial(_bind, getattr(lax, f"{name}_p"))
        cases.append(Case(f"{name}-float32", function, (WILD, WILD)))
        cases.append(Case(f"{name}-int32", function, (whole("int32"), whole("int32"))))
    return cases


def _bind(primitive: Any, *args: Any, **params: Any) -> Any:
    return primitive.bind(*args, **params)


def _unary() -> list[Case]:
    exactly = ("neg", "abs", "sign", "floor", "ceil", "is_finite", "square")
    cases = [Case(f"{name}-float32", getattr(lax, name), (WILD,), 1e-6) for name in exactly]
    for name in ("neg", "abs", "sign", "square"):
        cases += [Case(f"{name}-{t}", getattr(lax, name), (whole(t),)) for t in ("int32", "int8")]
    for name in ("bitwise_not", "population_count", "clz"):
        cases += [
            Case(f"{name}-{t}", getattr(lax, name), (whole(t),))
            for t in ("int32", "uint8", "int8", "uint32", "int16")
        ]
    cases.append(Case("not-bool", lax.bitwise_not, (Arg(dtype="bool"),)))
    for method in lax.RoundingMethod:
        cases.append(
            Case(f"round-{method.name}", partial(lax.round, rounding_method=method), (WILD,))
        )
    cases += [
        Case(
            f"integer_pow-{y}",
            partial(lax.integer_pow, y=y),
            (Arg(low=-8 if y > 0 else 0.5),),
            2e-6,
        )
        for y in (-3, -1, 0, 1, 2, 3, 7)
    ]
    return [*cases, Case("integer_pow-int", partial(lax.integer_pow, y=5), (whole("int32"),))]


_DOMAINS: dict[str, tuple[Arg, float]] = {
    "exp": (SMOOTH, 1e-6),
    "exp2": (SMOOTH, 2e-6),
    "expm1": (SMOOTH, 2e-6),
    "log": (WILD, 1e-6),
    "log1p": (WILD, 1e-6),
    "sqrt": (WILD, 1e-6),
    "rsqrt": (WILD, 1e-6),
    "cbrt": (SMOOTH, 1e-6),
    "sin": (SMOOTH, 1e-6),
    "cos": (SMOOTH, 1e-6),
    "tan": (Arg(low=-1.5, high=1.5), 1e-6),
    "sinh": (SMOOTH, 2e-6),
    "cosh": (SMOOTH, 2e-6),
    "tanh": (SMOOTH, 2e-6),
    "asin": (Arg(low=-1, high=1, special=(NAN, 2.0)), 2e-6),
    "acos": (Arg(low=-1, high=0.99, special=(NAN, 2.0)), 2e-6),
    "atan": (SMOOTH, 1e-6),
    "asinh": (SMOOTH, 2e-6),
    "acosh": (Arg(low=1.1, high=9, special=(NAN, 0.5)), 2e-6),
    "atanh": (Arg(low=-0.9, high=0.9, special=(1.0, -1.0, 2.0)), 2e-6),
    "logistic": (SMOOTH, 2e-6),
    "erf": (SMOOTH, 2e-6),
    "erfc": (Arg(low=-4, high=4, special=(NAN, INF, -INF)), 1e-5),
    "erf_inv": (Arg(low=-0.99, high=0.99, special=(1.0, -1.0, 2.0, NAN, 0.0)), 1e-5),
    "lgamma": (Arg(low=0.1, high=9, special=(0.0, -1.0, -2.5, NAN, INF, -INF)), 2e-5),
    "digamma": (Arg(low=0.5, high=9, special=(-1.0, -2.5, NAN, INF)), 2e-5),
}
# Beside a zero that is not at the origin a relative error says nothing.
_ATOL = {"lgamma": 1e-5, "digamma": 1e-5}


def _transcendental() -> list[Case]:
    return [
        Case(name, getattr(lax, name), (arg,), rtol, exact=False, atol=_ATOL.get(name, 1e-6))
        for name, (arg, rtol) in _DOMAINS.items()
    ]


def _newer() -> list[Case]:
    """Functions that are primitives of their own in some JAX versions, compositions in others."""
    return [
        Case("log2", jnp.log2, (WILD,), 2e-6, exact=False, atol=1e-6),
        Case("polynomial", _polynomial, (Arg(low=-2, high=2),), 1e-5, atol=1e-5),
        Case("one_minus_square", _one_minus_square, (Arg(low=-2, high=2),), 1e-5, atol=1e-5),
        Case(
            "tanh-grad",
            jax.vmap(jax.grad(jnp.tanh)),
            (Arg((5,)),),
            1e-5,
            exact=False,
            atol=1e-6,
        ),
        Case(
            "polyval", lambda x: jnp.polyval(jnp.array([1.0, -2.0, 0.5]), x), rtol=1e-5, atol=1e-4
        ),
    ]


def _polynomial(x: Any) -> Any:
    coefficients = (1.0, 5.0, -2.0, 0.5)
    if hasattr(lax, "polynomial"):
        return lax.polynomial(x, coefficients)
    return jnp.polyval(jnp.array(coefficients[::-1]), x)


def _one_minus_square(x: Any) -> Any:
    return lax.one_minus_square(x) if hasattr(lax, "one_minus_square") else (1 + x) * (1 - x)


def _choices() -> list[Case]:
    bounds = (Arg((), low=-2, high=2), WILD, Arg((), low=-2, high=2))
    yes = Arg(dtype="bool")
    return [
        Case("clamp-scalars", lax.clamp, bounds),
        Case("clamp-arrays", lax.clamp, (Arg(), Arg(), Arg())),
        Case("clamp-int", lax.clamp, (whole("int32", ()), whole("int32"), whole("int32", ()))),
        Case("select", lax.select_n, (yes, WILD, WILD)),
        Case("select-scalar", lax.select_n, (Arg((), "bool"), WILD, WILD)),
        Case("select-0d", lax.select_n, (Arg((), "bool"), Arg(()), Arg(()))),
        Case("select-int", lax.select_n, (Arg(dtype="int32", low=0, high=2), WILD, WILD, WILD)),
        Case("select-one", lax.select_n, (Arg(dtype="int32", low=0, high=0), WILD)),
        Case("relu-grad", jax.grad(lambda x: jax.nn.relu(x).sum()), (Arg(),)),
        Case("pow", lax.pow, (Arg(low=0.25), Arg(low=-2, high=2)), 1e-5, exact=False),
        Case("pow-int", lax.pow, (Arg(low=0.25), Arg(dtype="int32", low=-3, high=3)), 1e-5),
        Case("pow-bad", lax.pow, (WILD, Arg(special=(0.0, 2.0, 3.0, NAN))), 1e-5, exact=False),
        Case("atan2", lax.atan2, (SMOOTH, SMOOTH), 1e-6, exact=False, atol=1e-6),
        Case("stop_gradient", lax.stop_gradient, (WILD,)),
        Case("complex", lax.complex, (Arg(), Arg()), exact=False),
        *(
            Case(f"complex-{f.__name__}", f, (Arg(dtype="complex64"),), 1e-5, exact=False)
            for f in (lax.real, lax.imag, lax.conj, lax.abs, lax.neg, jnp.square)
        ),
    ]


CASES: list[Case] = [
    *_binary(),
    *_comparisons(),
    *_unary(),
    *_transcendental(),
    *_newer(),
    *_choices(),
]
