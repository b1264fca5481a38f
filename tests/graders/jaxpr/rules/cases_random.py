"""Functions to compare on that draw random numbers."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from tests.graders.jaxpr.rules.cases_elementwise import whole
from tests.graders.jaxpr.rules.differential import Arg, Case

KEY = Arg((), "uint32", 0, 2**31)


def _random() -> list[Case]:
    draws: dict[str, Any] = {
        "bits": lambda k: jax.random.bits(k, (3, 5)),
        "bits8": lambda k: jax.random.bits(k, (7,), "uint8"),
        "split": lambda k: jax.random.split(k, (2, 3)),
        "fold_in": lambda k: jax.random.fold_in(k, 12345),
        "folds": lambda k: jax.vmap(jax.random.fold_in, (None, 0))(k, jnp.arange(3)),
        "vmap": lambda k: jax.vmap(lambda j: jax.random.bits(j, (2,)))(jax.random.split(k, 3)),
        "clone": jax.random.clone,
        "data": jax.random.key_data,
        "uniform": lambda k: jax.random.uniform(k, (4,)),
        "randint": lambda k: jax.random.randint(k, (5,), -3, 20),
        "permutation": lambda k: jax.random.permutation(k, 7),
        "bernoulli": lambda k: jax.random.bernoulli(k, 0.3, (9,)),
        "choice": lambda k: jax.random.choice(k, 9, (4,)),
    }
    cases = [
        Case(
            f"random-{name}",
            lambda s, f=f: f(jax.random.key(s)),
            (KEY,),
            1e-6,
            narrow=True,
            x64=name == "uniform",
        )
        for name, f in draws.items()
    ]
    normal = lambda s: jax.random.normal(jax.random.PRNGKey(s), (5,))  # noqa: E731
    pair = lambda k, x: jax.extend.random.threefry2x32_p.bind(k, k, x, x)  # noqa: E731
    words = whole("uint32", (4,))
    return [
        *cases,
        Case(
            "random-seed-int",
            lambda s: jax.random.bits(jax.random.key(s)),
            (whole("int32", ()),),
            x64=False,
        ),
        Case("random-normal", normal, (KEY,), 1e-4, False, True, 1e-6),
        Case("threefry2x32", pair, (words, words)),
    ]


CASES: list[Case] = [*_random()]
