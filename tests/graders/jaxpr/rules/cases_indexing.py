"""Functions to compare on that index with arrays."""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from tests.graders.jaxpr.rules.differential import Arg, Case

INDEX = Arg((2,), "int32", -6, 6)
X = Arg()


def _indexing() -> list[Case]:
    rows = Arg((3,), "int32", -6, 6)
    safe = Arg((2,), "int32", 0, 2)
    gathers: dict[str, Any] = {
        "clip": lambda x, i: x.at[i].get(mode="clip"),
        "fill": lambda x, i: x.at[i].get(mode="fill", fill_value=3),
        "columns": lambda x, i: x.at[:, i].get(mode="fill", fill_value=-1),
        "both": lambda x, i: x.at[i, i].get(mode="clip"),
        "outer": lambda x, i: x.at[i[:, None], i].get(mode="clip"),
        "window": lambda x, i: jax.vmap(lambda k: lax.dynamic_slice(x, (k, k), (2, 3)))(i),
        "scalar": lambda x, i: x[i[0]],
        "one": lambda x, i: x.at[i[0], 1:3].get(mode="clip"),
    }
    cases = [Case(f"gather-{name}", f, (X, INDEX)) for name, f in gathers.items()]
    cases += [Case(f"gather-{n}-uint8", gathers[n], (Arg(dtype="uint8"), INDEX)) for n in ("clip",)]
    cases += [
        Case(
            f"gather-nan-{t}",
            lambda x, i: x.at[i].get(mode="fill"),
            (Arg(dtype=t), INDEX),
        )
        for t in ("float32", "int32", "uint8", "bool")
    ]
    cases.append(
        Case("gather-promise", lambda x, i: x.at[i].get(mode="promise_in_bounds"), (X, safe))
    )
    cases.append(Case("gather-batched", jax.vmap(lambda x, i: x.at[i].get(mode="clip")), (X, rows)))
    cases.append(
        Case(
            "take_along_axis",
            lambda x, i: jnp.take_along_axis(x, i, 1),
            (X, Arg((3, 2), "int32", 0, 3)),
        )
    )
    cases.append(Case("gather-grad", jax.grad(lambda x, i: (x[i] ** 2).sum()), (X, safe), 1e-6))
    for name in ("set", "add", "multiply", "min", "max", "subtract"):
        for mode in ("clip", "drop"):
            function = partial(_update, name, mode)
            cases.append(Case(f"scatter-{name}-{mode}", function, (X, INDEX, Arg((2, 4))), 1e-6))
            cases.append(
                Case(
                    f"scatter-{name}-{mode}-int",
                    function,
                    (Arg(dtype="int32"), INDEX, Arg((2, 4), "int32")),
                )
            )
    return [
        *cases,
        Case(
            "scatter-promise",
            partial(_update, "add", "promise_in_bounds"),
            (X, safe, Arg((2, 4))),
            1e-6,
        ),
        Case("scatter-column", lambda x, i, u: x.at[:, i].add(u), (X, INDEX, Arg((3, 2))), 1e-6),
        Case("scatter-elements", lambda x, i, u: x.at[i, i].add(u), (X, INDEX, Arg((2,))), 1e-6),
        Case(
            "scatter-batched", jax.vmap(lambda x, i, u: x.at[i].add(u)), (X, rows, Arg((3,))), 1e-6
        ),
        Case(
            "scatter-window",
            jax.grad(lambda x, i: lax.dynamic_slice(x, (i[0], i[1]), (2, 2)).sum()),
            (X, INDEX),
        ),
        Case(
            "scatter-windows",
            jax.grad(lambda x, i: (gathers["window"](x, i) ** 2).sum()),
            (X, INDEX),
            1e-6,
        ),
    ]


def _update(name: str, mode: str, x: Any, i: Any, u: Any) -> Any:
    return getattr(x.at[i], name)(u, mode=mode)


CASES: list[Case] = [*_indexing()]
