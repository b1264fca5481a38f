"""Functions to compare on that change element types or look at bits."""

from __future__ import annotations

from functools import partial
from typing import Any

from jax import lax

from tests.graders.jaxpr.rules.cases_elementwise import INF, NAN, WILD, whole
from tests.graders.jaxpr.rules.differential import Arg, Case


def _conversions() -> list[Case]:
    numbers = Arg(special=(0.0, NAN, INF, -INF, 3e9, -3e9, 300.0, -0.75, 2147483520.0, 1e20))
    targets: tuple[Any, ...] = ("int32", "uint32", "int8", "uint8", "int16", "bool")
    cases = [
        Case(f"float32-to-{t}", partial(lax.convert_element_type, new_dtype=t), (numbers,))
        for t in targets
    ]
    cases += [
        Case(
            f"{s}-to-{t if isinstance(t, str) else t.__name__}",
            partial(lax.convert_element_type, new_dtype=t),
            (whole(s),),
            1e-7,
        )
        for s in ("int32", "uint8", "uint32", "int8")
        for t in (*targets, float)
    ]
    cases.append(Case("bool-to-float32", lambda x: x.astype("float32"), (Arg(dtype="bool"),)))
    cases.append(Case("bool-to-int32", lambda x: x.astype("int32"), (Arg(dtype="bool"),)))
    for half in ("bfloat16", "float16"):
        there = partial(_there_and_back, half)
        cases.append(Case(f"through-{half}", there, (WILD,), 1e-7, exact=False, narrow=True))
    cases.append(
        Case(
            "complex-to-real",
            lambda x: x.real.astype("complex64").real,
            (Arg(dtype="complex64"),),
            exact=False,
        )
    )
    return cases


def _there_and_back(dtype: str, x: Any) -> Any:
    return lax.optimization_barrier(x.astype(dtype)).astype("float32")


def _bits() -> list[Case]:
    bitcast = lax.bitcast_convert_type
    wide, small = Arg(dtype="uint8", shape=(3, 4), low=0, high=100), Arg((3, 2), "int16")
    cases = [
        Case(
            "bits-of", partial(bitcast, new_dtype="int32"), (Arg(low=0.5),), exact=True, narrow=True
        ),
        Case(
            "bits-of-bfloat16",
            partial(bitcast, new_dtype="uint16"),
            (Arg(dtype="bfloat16", low=0.5),),
            narrow=True,
        ),
        Case(
            "bits-of-float16",
            partial(bitcast, new_dtype="int16"),
            (Arg(dtype="float16", low=0.5),),
            narrow=True,
        ),
        Case(
            "from-bits",
            partial(bitcast, new_dtype="float32"),
            (Arg(dtype="int32", low=1 << 23, high=255 << 23),),
            narrow=True,
        ),
        Case(
            "bits-bfloat16",
            partial(bitcast, new_dtype="bfloat16"),
            (small,),
            exact=False,
            narrow=True,
        ),
        Case("bits-narrower", partial(bitcast, new_dtype="uint8"), (whole("int32"),)),
        Case("bits-wider", partial(bitcast, new_dtype="uint32"), (wide,)),
        Case("bits-same", partial(bitcast, new_dtype="uint32"), (whole("int32", ()),)),
        Case("nextafter", lax.nextafter, (WILD, WILD), exact=False, narrow=True),
    ]
    for exponent, mantissa in ((8, 23), (5, 10), (8, 7), (4, 3), (8, 0), (3, 23)):
        round_ = partial(lax.reduce_precision, exponent_bits=exponent, mantissa_bits=mantissa)
        whole_type = (exponent, mantissa) == (8, 23)
        cases.append(
            Case(f"precision-{exponent}-{mantissa}", round_, (WILD,), exact=whole_type, narrow=True)
        )
    return cases


CASES: list[Case] = [*_conversions(), *_bits()]
