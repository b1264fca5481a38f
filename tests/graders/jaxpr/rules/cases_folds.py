"""Functions to compare on that reduce by computations of their own, and gradients of pooling."""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from tests.graders.jaxpr.rules.cases_elementwise import INF, NAN, whole
from tests.graders.jaxpr.rules.differential import Arg, Case

X, CUBE = Arg(low=-2, high=2), Arg((2, 3, 4), low=-2, high=2)
FEW = Arg((5, 6), low=-2, high=2, special=(1.0, 2.0))


def _lagging(total: Any, x: Any) -> Any:
    """A computation for which order counts."""
    return total * 0.5 + x


def _join(left: Any, right: Any) -> Any:
    """Composition of affine maps, which may be put together in any way but not in any order."""
    return left[0] * right[0], left[1] * right[0] + right[1]


def _sum_and_product(left: Any, right: Any) -> Any:
    return left[0] + right[0], left[1] * right[1]


def _first_largest(left: Any, right: Any) -> Any:
    keep = (left[0] > right[0]) | ((left[0] == right[0]) & (left[1] < right[1]))
    return jnp.where(keep, left[0], right[0]), jnp.where(keep, left[1], right[1])


def _like(x: Any, value: float) -> Any:
    return jnp.asarray(value, x.dtype)


def _position(x: Any) -> Any:
    numbers = lax.broadcasted_iota("int32", x.shape, 1)
    return lax.reduce((x, numbers), (-jnp.inf, np.int32(99)), _first_largest, (1,))


def _reduce(combine: Any, start: float, axes: tuple[int, ...], x: Any) -> Any:
    return lax.reduce(x, _like(x, start), combine, axes)


def _pair(x: Any, y: Any) -> Any:
    return lax.reduce((x, y), (_like(x, 1), _like(x, 0)), _join, (1,))


def _reductions() -> list[Case]:
    lagging = {
        f"reduce-{axes}": Case(f"reduce-{axes}", partial(_reduce, _lagging, 3, axes), (CUBE,), 1e-5)
        for axes in ((0,), (1,), (2,), (0, 2), (2, 1), ())
    }
    both = partial(_reduce, lambda a, b: a * b, True, (0,))
    return [
        *lagging.values(),
        Case("reduce-empty", partial(_reduce, _lagging, 3, (0,)), (Arg((0, 2)),)),
        Case("reduce-one", partial(_reduce, _lagging, 3, (1,)), (Arg((4, 1)),)),
        Case("reduce-nothing", partial(_reduce, _lagging, 3, (1,)), (Arg((0, 2)),)),
        Case("reduce-int", partial(_reduce, lambda a, b: a * 3 + b, 1, (1,)), (whole("int8"),)),
        Case("reduce-bool", both, (Arg(dtype="bool"),)),
        Case("reduce-pair", _pair, (X, X), 1e-5, atol=1e-5),
        Case("reduce-position", _position, (Arg(low=-2, high=2, special=(1.0,)),), exact=False),
        Case("reduce-called", partial(_reduce, jnp.fmax, -9, (0,)), (X,)),
        Case(
            "reduce-started",
            lambda x, start: lax.reduce(x, start, _lagging, (0, 1)),
            (X, Arg(())),
            1e-5,
            atol=1e-5,
        ),
        Case(
            "reduce-bfloat16",
            partial(_reduce, lambda a, b: a * 2 + b, 1, (1,)),
            (Arg(dtype="bfloat16"),),
            exact=False,
            narrow=True,
        ),
        Case(
            "reduce-irrational",
            partial(_reduce, lambda a, b: jnp.sin(a) + b, 1, (0,)),
            (X,),
            1e-5,
            exact=False,
            atol=1e-5,
        ),
    ]


_SLIDING: dict[str, dict[str, Any]] = {
    "valid": {"padding": "VALID"},
    "same": {"padding": "SAME"},
    "strided": {"padding": "VALID", "window_strides": (2, 1)},
    "padded": {"padding": ((1, 2), (0, 3))},
    "cropped": {"padding": ((-1, 0), (2, -1))},
    "dilated": {"padding": ((1, 0), (0, 1)), "base_dilation": (2, 1), "window_dilation": (1, 2)},
}


def _sum_of_squares(total: Any, x: Any) -> Any:
    """A computation for which order does not count: XLA takes any where there is padding."""
    return total + x * x


def _slide(options: dict[str, Any], x: Any) -> Any:
    given = {"window_strides": (1, 1), **options}
    combine = _lagging if given["padding"] == "VALID" else _sum_of_squares
    return lax.reduce_window(x, _like(x, 3), combine, (2, 3), **given)


def _slide_pair(x: Any) -> Any:
    starts = _like(x, 0), _like(x, 1)
    return lax.reduce_window((x, x * 2), starts, _sum_and_product, (2, 2), (1, 1), "SAME")


def _pool(kind: str, padding: Any, x: Any) -> Any:
    start, combine = {"max": (-jnp.inf, lax.max), "min": (jnp.inf, lax.min)}[kind]
    return lax.reduce_window(x, start, combine, (2, 3), (1, 2), padding)


def _pool_gradient(kind: str, padding: Any, x: Any) -> Any:
    def total(x: Any) -> Any:
        pooled = _pool(kind, padding, x)
        return jnp.sum(jnp.arange(pooled.size, dtype=x.dtype).reshape(pooled.shape) * pooled)

    return jax.grad(total)(x)


def _pool_derivative(kind: str, padding: Any, x: Any, t: Any) -> Any:
    distinct = jnp.round(x * 4) + jnp.arange(x.size, dtype=x.dtype).reshape(x.shape) / 64
    return jax.jvp(partial(_pool, kind, padding), (distinct,), (t,))[1]


def _sliding() -> list[Case]:
    cases = [
        Case(f"reduce_window-{name}", partial(_slide, options), (FEW,), 1e-5, atol=1e-5)
        for name, options in _SLIDING.items()
    ]
    cases.append(Case("reduce_window-pair", _slide_pair, (FEW,), 1e-5, atol=1e-5))
    return cases


def _pooling() -> list[Case]:
    cases = []
    wild = Arg((5, 6), special=(NAN, INF, -INF))
    for kind in ("max", "min"):
        for name, padding in (("VALID", "VALID"), ("SAME", "SAME"), ("odd", ((2, 0), (1, 3)))):
            gradient = partial(_pool_gradient, kind, padding)
            derivative = partial(_pool_derivative, kind, padding)
            exact = name == "VALID"
            cases += [
                Case(f"pool-{kind}-{name}-grad", gradient, (FEW,), 1e-5, exact),
                Case(f"pool-{kind}-{name}-jvp", derivative, (FEW, FEW), 1e-5, exact),
                Case(f"pool-{kind}-{name}-wild", gradient, (wild,), 1e-5, exact),
            ]
    return cases


CASES: list[Case] = [*_reductions(), *_sliding(), *_pooling()]
