"""Whole programs to compare on: loops, branches, calls, and what JAX's transformations make."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from tests.graders.jaxpr.rules.differential import Arg, Case

W, XS, YS = Arg((3,), low=-2, high=2), Arg((4, 5, 3), low=-2, high=2), Arg((4, 5), low=-2, high=2)


def _loss(w: Any, x: Any, y: Any) -> Any:
    return jnp.mean((x @ w - y) ** 2)


def _train(w: Any, xs: Any, ys: Any, **options: Any) -> Any:
    def step(w: Any, batch: Any) -> Any:
        loss, gradient = jax.value_and_grad(_loss)(w, *batch)
        return w - 0.125 * gradient, loss

    return lax.scan(step, w, (xs, ys), **options)


def _double(x: Any) -> Any:
    return x * 2


def _cube(x: Any) -> Any:
    return x**3


_clipped = jax.custom_vjp(_double)
_clipped.defvjp(lambda x: (x * 2, x), lambda x, g: (jnp.clip(g * x, -1, 1),))


_cubed = jax.custom_jvp(_cube)
_cubed.defjvp(lambda p, t: (_cubed(*p), 3 * p[0] ** 2 * t[0]))


def _halve(x: Any) -> Any:
    return lax.while_loop(lambda v: jnp.abs(v) > 1, lambda v: v / 2, x)


def _sum_to(n: Any) -> Any:
    return lax.fori_loop(0, n, lambda i, total: total + i * i, 0)


def _switch(i: Any, x: Any) -> Any:
    return lax.switch(i, [jnp.negative, lambda v: v * v, lambda v: v + 1], x)


def _cond(x: Any) -> Any:
    return lax.cond(x.sum() > 0, lambda v: v * 3, lambda v: -v, x)


def _linear(x: Any) -> Any:
    return lax.custom_linear_solve(lambda v: 4 * v, x, lambda matvec, b: b / 4, symmetric=True)


def _loops() -> list[Case]:
    train = (W, XS, YS)
    running = lambda x: lax.scan(lambda c, v: (c + v, c * v), x[0], x)  # noqa: E731
    functions: dict[str, tuple[Any, tuple[Arg, ...]]] = {
        "train": (_train, train),
        "train-reverse": (lambda *a: _train(*a, reverse=True), train),
        "train-unrolled": (lambda *a: _train(*a, unroll=2), train),
        "train-grad": (jax.grad(lambda *a: _train(*a)[1].sum()), train),
        "train-vmap": (jax.vmap(_train, (0, None, None)), (Arg((2, 3), low=-2, high=2), XS, YS)),
        "scan-jvp": (lambda x: jax.jvp(running, (x,), (x,)), (Arg((4, 2), low=-2, high=2),)),
        "scan-length": (lambda x: lax.scan(lambda c, _: (c * 2, None), x, None, 5), (W,)),
        "scan-empty": (lambda x: lax.scan(lambda c, v: (c + v, v), 0.0, x), (Arg((0,)),)),
        "scan-nested": (
            lambda x: lax.map(lambda r: jnp.cumsum(r) + lax.map(lambda v: v * 2, r), x),
            (Arg(),),
        ),
        "scan-checkpoint": (
            jax.grad(lambda x: lax.scan(jax.checkpoint(lambda c, v: (c * v, c)), 1.0, x)[0]),
            (W,),
        ),
        "associative": (lambda x: lax.associative_scan(jnp.add, x), (Arg((7,)),)),
        "while": (_halve, (Arg((), low=-100, high=100),)),
        "while-vmap": (jax.vmap(_halve), (Arg((4,), low=-100, high=100),)),
        "while-bound": (_sum_to, (Arg((), "int32", -2, 9),)),
        "while-jvp": (lambda x: jax.jvp(_halve, (x,), (x,)), (Arg((), low=-100, high=100),)),
        "constants": (lambda x: x @ jnp.asarray(np.arange(12.0).reshape(3, 4) / 4), (W,)),
    }
    return [Case(n, f, a, 1e-4, atol=1e-4) for n, (f, a) in functions.items()]


def _branches() -> list[Case]:
    index = Arg((), "int32", -3, 6)
    grad = jax.grad(lambda i, x: _switch(i, x).sum(), 1)
    functions: dict[str, tuple[Any, tuple[Arg, ...]]] = {
        "switch": (_switch, (index, W)),
        "switch-grad": (grad, (index, W)),
        "switch-vmap": (jax.vmap(_switch), (Arg((3,), "int32", -3, 6), Arg((3, 2)))),
        "cond": (_cond, (W,)),
        "cond-grad": (jax.grad(lambda x: _cond(x).sum()), (W,)),
    }
    return [Case(n, f, a, 1e-6) for n, (f, a) in functions.items()]


def _calls() -> list[Case]:
    functions: dict[str, Any] = {
        "jit": lambda x: jax.jit(lambda v: v * 2 + 1)(x),
        "custom_vjp": _clipped,
        "custom_vjp-grad": jax.grad(lambda x: _clipped(x).sum()),
        "custom_jvp": _cubed,
        "custom_jvp-grad": jax.grad(lambda x: _cubed(x).sum()),
        "checkpoint": jax.checkpoint(lambda x: x * x),
        "checkpoint-grad": jax.grad(lambda x: jax.checkpoint(lambda v: v**4)(x).sum()),
        "linear_solve": _linear,
        "linear_solve-grad": jax.grad(lambda x: (_linear(x) ** 2).sum()),
        "hessian": jax.hessian(lambda x: (x**3).sum() * x[0]),
        "jacobian": jax.jacfwd(lambda x: x * x[::-1]),
    }
    cases = [Case(name, function, (W,), 1e-5, atol=1e-5) for name, function in functions.items()]
    softmax = Case("softmax", jax.nn.softmax, (W,), 1e-5, exact=False)
    return [*cases, softmax, Case("logsumexp", jax.nn.logsumexp, (W,), 1e-5, False, atol=1e-5)]


CASES: list[Case] = [*_loops(), *_branches(), *_calls()]
