"""Functions to compare on that move elements."""

from __future__ import annotations

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax
from jax.ad_checkpoint import checkpoint_name

from tests.graders.jaxpr.rules.cases_elementwise import WILD
from tests.graders.jaxpr.rules.differential import Arg, Case

X = Arg()


def _moves() -> list[Case]:
    device = jax.sharding.SingleDeviceSharding(jax.devices()[0])
    functions: dict[str, Any] = {
        "broadcast": lambda x: lax.broadcast_in_dim(x, (2, 3, 5, 4), (1, 3)),
        "broadcast-expand": lambda x: lax.expand_dims(x, (0, 3)),
        "reshape": lambda x: x.reshape(2, 6),
        "reshape-permuted": lambda x: lax.reshape(x, (4, 3), (1, 0)),
        "transpose": lambda x: x.T,
        "squeeze": lambda x: lax.squeeze(x[:1], (0,)),
        "concatenate": lambda x: lax.concatenate([x, x[:, :2], x[:, :0]], 1),
        "stack": lambda x: jnp.stack([x, -x], 1),
        "unstack": lambda x: jnp.unstack(x, axis=1),
        "split": lambda x: lax.split(x, (1, 0, 3), 1),
        "tile": lambda x: jnp.tile(x, (2, 1)),
        "rev": lambda x: lax.rev(x, (1,)),
        "slice": lambda x: lax.slice(x, (1, 0), (3, 4), (1, 2)),
        "copy": lambda x: jnp.array(x, copy=True),
        "name": lambda x: checkpoint_name(x, "x"),
        "barrier": lambda x: lax.optimization_barrier((x, x + 1)),
        "device_put": jax.device_put,
        "constraint": lambda x: lax.with_sharding_constraint(x, device),
        "platform": lambda x: lax.platform_dependent(x, cpu=jnp.negative, default=jnp.abs),
        "pad": lambda x: lax.pad(x, x[0, 0], ((1, 2, 0), (0, 1, 2))),
        "pad-negative": lambda x: lax.pad(x, x[0, 0], ((-1, 2, 1), (-2, -3, 2))),
        "pad-away": lambda x: lax.pad(x, x[0, 0], ((-2, -1, 0), (5, -4, 0))),
        "empty": lambda x: lax.pad(x[:0], x[0, 0], ((1, 1, 3), (0, 0, 0))),
    }
    cases = [Case(name, function, (WILD,)) for name, function in functions.items()]
    cases += [
        Case(f"{name}-int8", functions[name], (Arg(dtype="int8"),))
        for name in ("broadcast", "concatenate", "pad", "rev", "stack")
    ]
    scalar = Arg(())
    return [
        *cases,
        Case("broadcast-0d", lambda x: lax.broadcast_in_dim(x, (2, 3), ()), (scalar,)),
        Case("stack-0d", lambda x, y: jnp.stack([x, y]), (scalar, scalar)),
        Case("reshape-0d", lambda x: x.reshape(1, 1), (scalar,)),
        Case("pad-0d", lambda x: lax.pad(x, x, ()), (scalar,)),
        Case("iota", lambda x: x + lax.broadcasted_iota("float32", (3, 4), 1)),
        Case("empty-int", lambda: lax.empty((2, 3), "int32"), ()),
        Case("iota-int", lambda: lax.broadcasted_iota("uint8", (3, 4), 0), ()),
    ]


def _dynamic() -> list[Case]:
    i = Arg((), "int32", -7, 7)
    sliced = partial(lax.dynamic_slice, slice_sizes=(2, 3))
    return [
        Case("dynamic_slice", lambda x, a, b: sliced(x, (a, b)), (X, i, i)),
        Case("dynamic_slice-0d", lambda x: lax.dynamic_slice_p.bind(x, slice_sizes=()), (Arg(()),)),
        Case(
            "dynamic_slice-uint8",
            lambda x, a: lax.dynamic_slice(x, (a, a), (2, 2)),
            (X, Arg((), "uint8", 0, 255)),
        ),
        Case(
            "dynamic_update",
            lambda x, u, a, b: lax.dynamic_update_slice(x, u, (a, b)),
            (X, Arg((2, 1)), i, i),
        ),
        Case(
            "dynamic_update-0d",
            lambda x, u: lax.dynamic_update_slice_p.bind(x, u),
            (Arg(()), Arg(())),
        ),
        Case("dynamic_index", lambda x, a: lax.dynamic_index_in_dim(x, a, 1, False), (X, i)),
        Case(
            "dynamic_slice-vmap",
            jax.vmap(lambda x, a: lax.dynamic_slice(x, (a,), (2,))),
            (X, Arg((3,), "int32", -7, 7)),
        ),
    ]


CASES: list[Case] = [*_moves(), *_dynamic()]
