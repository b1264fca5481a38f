"""Functions to compare on that contract, convolve or slide windows."""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from tests.graders.jaxpr.rules.cases_elementwise import INF
from tests.graders.jaxpr.rules.differential import Arg, Case


def _dot(dimensions: Any, **params: Any) -> Any:
    return partial(lax.dot_general, dimension_numbers=dimensions, **params)


def _contractions() -> list[Case]:
    a, b = Arg((2, 3, 4)), Arg((2, 4, 5))
    shapes: dict[str, tuple[Any, Arg, Arg]] = {
        "matmul": ((((1,), (0,)), ((), ())), Arg((3, 4)), Arg((4, 2))),
        "left": ((((0,), (0,)), ((), ())), Arg((4, 3)), Arg((4, 2))),
        "right": ((((1,), (1,)), ((), ())), Arg((3, 4)), Arg((2, 4))),
        "both": ((((0,), (1,)), ((), ())), Arg((4, 3)), Arg((2, 4))),
        "vectors": ((((0,), (0,)), ((), ())), Arg((4,)), Arg((4,))),
        "outer": ((((), ()), ((), ())), Arg((4,)), Arg((3,))),
        "batch": ((((2,), (1,)), ((0,), (0,))), a, b),
        "two": ((((1, 2), (1, 0)), ((), ())), a, Arg((4, 3, 5))),
        "mixed": ((((0,), (2,)), ((2,), (1,))), a, Arg((3, 4, 2))),
        "empty": ((((1,), (0,)), ((), ())), Arg((3, 0)), Arg((0, 2))),
        "scalars": ((((), ()), ((), ())), Arg(()), Arg(())),
    }
    cases = [
        Case(f"dot-{name}", _dot(numbers), (x, y), 1e-5, atol=1e-4)
        for name, (numbers, x, y) in shapes.items()
    ]
    matmul = shapes["matmul"][0]
    ints = (Arg((3, 4), "int8", -128, 127), Arg((4, 2), "int8", -128, 127))
    halves = (Arg((3, 4), "bfloat16"), Arg((4, 2), "bfloat16"))
    return [
        *cases,
        Case("dot-int8", _dot(matmul), ints),
        Case("dot-int8-int32", _dot(matmul, preferred_element_type="int32"), ints),
        Case(
            "dot-bfloat16",
            _dot(matmul, preferred_element_type="float32"),
            halves,
            1e-5,
            narrow=True,
            atol=1e-4,
        ),
        Case(
            "dot-float16",
            _dot(matmul),
            (Arg((3, 4), "float16"), Arg((4, 2), "float16")),
            1e-2,
            False,
            True,
            0.1,
        ),
        Case(
            "dot-grad",
            jax.grad(lambda x, y: ((x @ y) ** 2).sum()),
            (Arg((3, 4)), Arg((4, 2))),
            1e-5,
            atol=1e-2,
        ),
        Case("einsum", lambda x, y: jnp.einsum("bij,bjk->kbi", x, y), (a, b), 1e-5, atol=1e-4),
    ]


def _convolutions() -> list[Case]:
    image, kernel = Arg((2, 4, 7, 6)), Arg((6, 4, 3, 2))
    grouped = Arg((6, 2, 3, 2))
    options: dict[str, tuple[dict[str, Any], Arg]] = {
        "valid": ({"window_strides": (1, 1), "padding": "VALID"}, kernel),
        "strided": ({"window_strides": (2, 3), "padding": "SAME"}, kernel),
        "padded": ({"window_strides": (1, 2), "padding": ((1, 2), (-1, 3))}, kernel),
        "dilated": (
            {
                "window_strides": (2, 1),
                "padding": ((2, 2), (1, 1)),
                "lhs_dilation": (2, 1),
                "rhs_dilation": (1, 3),
            },
            kernel,
        ),
        "groups": (
            {"window_strides": (1, 1), "padding": "SAME", "feature_group_count": 2},
            grouped,
        ),
        "batches": ({"window_strides": (1, 1), "padding": "SAME", "batch_group_count": 2}, kernel),
        "empty": ({"window_strides": (1, 1), "padding": "VALID", "rhs_dilation": (4, 1)}, kernel),
    }
    cases = [
        Case(
            f"conv-{name}",
            partial(lax.conv_general_dilated, **params),
            (image, weights),
            1e-4,
            atol=1e-2,
        )
        for name, (params, weights) in options.items()
    ]
    nhwc = partial(
        lax.conv_general_dilated,
        window_strides=(1, 1),
        padding="SAME",
        dimension_numbers=("NHWC", "HWIO", "NHWC"),
    )
    cases.append(Case("conv-nhwc", nhwc, (Arg((2, 5, 6, 3)), Arg((3, 2, 3, 4))), 1e-4, atol=1e-2))
    one = Arg((1, 1, 6))
    line = partial(lax.conv_general_dilated, window_strides=(1,), padding="SAME")
    cases.append(
        Case(
            "conv-grad",
            jax.grad(lambda x, k: (line(x, k) ** 2).sum(), (0, 1)),
            (one, Arg((2, 1, 3))),
            1e-4,
            atol=1e-1,
        )
    )
    return cases


def _windows() -> list[Case]:
    inits = {"sum": (0.0, lax.add), "max": (-INF, lax.max), "min": (INF, lax.min)}
    cases = []
    for name, (init, combine) in inits.items():
        for padding in ("VALID", "SAME"):
            window = partial(_reduce_window, init, combine, padding)
            cases.append(
                Case(
                    f"window_{name}-{padding}",
                    window,
                    (Arg((5, 6)),),
                    1e-5,
                    padding == "VALID" or name == "sum",
                    atol=1e-5,
                )
            )
    return [*cases, Case("window_sum-dilated", _dilated_window, (Arg((5, 6)),), 1e-5, atol=1e-5)]


def _dilated_window(x: Any) -> Any:
    return lax.reduce_window(x, 0.0, lax.add, (2, 2), (1, 2), ((1, 0), (0, 2)), (2, 1), (1, 2))


def _reduce_window(init: float, combine: Any, padding: str, x: Any) -> Any:
    return lax.reduce_window(x, init, combine, (2, 3), (2, 1), padding)


CASES: list[Case] = [*_contractions(), *_convolutions(), *_windows()]
