"""Functions to compare on that reduce, accumulate or sort."""

from __future__ import annotations

from functools import partial

import jax.numpy as jnp
from jax import lax

from tests.graders.jaxpr.rules.cases_elementwise import INF, NAN, WILD, whole
from tests.graders.jaxpr.rules.differential import Arg, Case

X = Arg()


def _reductions() -> list[Case]:
    cases = []
    wild = Arg((3, 4), special=(NAN, INF, -INF))
    for name in ("sum", "prod", "max", "min"):
        for axes in ((0,), (1,), (0, 1), ()):
            function = partial(getattr(lax, f"reduce_{name}"), axes=axes)
            cases.append(Case(f"reduce_{name}-{axes}", function, (X,), 1e-5, atol=1e-5))
            cases.append(Case(f"reduce_{name}-{axes}-int8", function, (whole("int8"),)))
        cases.append(Case(f"reduce_{name}-wild", function, (wild,), 1e-5))
        function = partial(getattr(lax, f"reduce_{name}"), axes=(0,))
        cases.append(
            Case(f"reduce_{name}-empty", function, (Arg((0, 2)),), exact=name in ("sum", "prod"))
        )
        cases.append(Case(f"reduce_{name}-empty-int", function, (Arg((0, 2), "int32"),)))
    for name in ("and", "or", "xor"):
        function = partial(getattr(lax, f"reduce_{name}"), axes=(0,))
        cases.append(Case(f"reduce_{name}-int", function, (whole("int32"),)))
        if name != "xor":
            cases.append(Case(f"reduce_{name}-bool", function, (Arg(dtype="bool"),)))
    for name in ("argmax", "argmin"):
        for arg in (WILD, Arg(dtype="int32", low=-2, high=2), Arg(low=0, high=1)):
            function = partial(getattr(lax, name), axis=1, index_dtype="int32")
            cases.append(Case(f"{name}-{arg.dtype}-{arg.low}", function, (arg,)))
    for name in ("cumsum", "cumprod", "cummax", "cummin", "cumlogsumexp"):
        for reverse in (False, True):
            function = partial(getattr(lax, name), axis=1, reverse=reverse)
            exact = name != "cumlogsumexp"
            cases.append(Case(f"{name}-{reverse}", function, (X,), 1e-5, exact, atol=1e-5))
            if exact:
                cases.append(Case(f"{name}-{reverse}-int", function, (whole("int8"),)))
    return cases


def _sorting() -> list[Case]:
    few = Arg(low=-1, high=1, special=(0.0, -0.0, 1.0, NAN, INF))
    ints = Arg(dtype="int32", low=-2, high=2)
    return [
        Case("sort", partial(lax.sort, dimension=0), (few,)),
        Case("sort-bool", partial(lax.sort, dimension=1), (Arg(dtype="bool"),)),
        Case("sort-pairs", lambda x, y: lax.sort((x, y), num_keys=1), (ints, X)),
        Case(
            "sort-keys",
            lambda x, y, z: lax.sort((x, y, z), dimension=0, num_keys=2),
            (ints, few, X),
        ),
        Case("argsort", lambda x: jnp.argsort(x, axis=0), (few,)),
        Case("top_k", lambda x: lax.top_k(x, 2), (few,)),
        Case("top_k-int", lambda x: lax.top_k(x, 3), (ints,)),
        Case(
            "searchsorted",
            lambda x, y: jnp.searchsorted(jnp.sort(x), y),
            (Arg((5,)), X),
            exact=False,
        ),
        Case("median", lambda x: jnp.median(x, axis=0), (Arg((5, 2)),), 1e-6, exact=False),
    ]


CASES: list[Case] = [*_reductions(), *_sorting()]
