"""Runs one JAX function through the interpreter and through JAX, and compares what they give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import hypothesis.extra.numpy as hnp
import jax
import numpy as np
from hypothesis import strategies as st

from graders.jaxpr.arithmetic import EXACT, FLOAT64, NATIVE, Arithmetic, NotExact
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array, Program
from harness.sandbox.child.dialect import Translator, known_primitives

Values = st.SearchStrategy[Any]


@dataclass(frozen=True)
class Arg:
    """An argument to draw: its shape, dtype, and the numbers it is made of."""

    shape: tuple[int, ...] = (3, 4)
    dtype: str = "float32"
    low: float = -8
    high: float = 8
    special: tuple[float, ...] = ()

    def strategy(self) -> Values:
        drawn = "float32" if self.dtype in ("bfloat16", "float16") else self.dtype
        return hnp.arrays(drawn, self.shape, elements=self._elements(np.dtype(drawn)))

    def _elements(self, dtype: np.dtype[Any]) -> Values:
        if dtype.kind == "b":
            return st.booleans()
        if dtype.kind in "iu":
            limits = np.iinfo(dtype)
            low, high = max(limits.min, int(self.low)), min(limits.max, int(self.high))
            usual: Values = st.integers(low, high)
        elif dtype.kind == "c":
            part = st.floats(self.low, self.high, width=16, allow_subnormal=False)
            usual = st.builds(complex, part, part)
        else:
            ends = float(np.float32(self.low)), float(np.float32(self.high))
            usual = st.floats(*ends, width=32, allow_subnormal=False)
        return usual | st.sampled_from(self.special) if self.special else usual


@dataclass(frozen=True)
class Case:
    """A function to compare on; `rtol` is for float32, `narrow` says that it is about float32 bits.

    `exact` says what exact arithmetic is to do: give the result, or refuse.
    """

    name: str
    function: Callable[..., Any]
    args: tuple[Arg, ...] = (Arg(),)
    rtol: float = 0.0
    exact: bool = True
    narrow: bool = False
    atol: float = 0.0
    x64: bool = field(default=True)

    def __str__(self) -> str:
        return self.name

    def given(self, values: Sequence[Array]) -> list[Any]:
        """The drawn values in the declared dtypes."""
        return [jax.numpy.asarray(v, a.dtype) for v, a in zip(values, self.args, strict=True)]


def trace(function: Callable[..., Any], values: Sequence[Any]) -> Program:
    return Translator(known(), "").program(jax.jit(function).trace(*values).jaxpr)


@cache
def known() -> Any:
    return known_primitives()


@cache
def program(case: Case) -> Program:
    shapes = [jax.ShapeDtypeStruct(arg.shape, arg.dtype) for arg in case.args]
    return trace(case.function, shapes)


@cache
def _evaluate(case: Case, arithmetic: Arithmetic) -> Callable[[Sequence[Array]], list[Array]]:
    return Evaluator(arithmetic).prepare(program(case))


@cache
def _compiled(case: Case) -> Any:
    return jax.jit(case.function)


def plain(result: Any) -> list[Array]:
    """JAX's results as NumPy arrays; a key as its words in one uint64."""
    leaves = []
    for leaf in jax.tree.leaves(result):
        if jax.dtypes.issubdtype(leaf.dtype, jax.dtypes.prng_key):
            words = np.asarray(jax.random.key_data(leaf)).astype(np.uint64)
            leaves.append(np.asarray(words[..., 0] << np.uint64(32) | words[..., 1]))
        else:
            leaves.append(np.asarray(leaf, np.float32 if leaf.dtype == "bfloat16" else leaf.dtype))
    return leaves


def check_native(case: Case, values: Sequence[Array]) -> None:
    given = case.given(values)
    expected = plain(_compiled(case)(*given))
    agree(_evaluate(case, NATIVE)(plain(given)), expected, case.rtol, case.atol, dtypes=True)


def check_float64(case: Case, values: Sequence[Array]) -> None:
    """Against JAX in float64, or in float32 where the function is about float32 itself."""
    got = _evaluate(case, FLOAT64)(plain(case.given(values)))
    if case.narrow:
        agree(got, plain(_compiled(case)(*case.given(values))), max(case.rtol, 1e-5), case.atol)
        return
    agree(got, in_x64(case, values), 1e-11 if case.rtol else 0.0, 1e-11 if case.rtol else 0.0)


def in_x64(case: Case, values: Sequence[Array]) -> list[Array]:
    atoms = (*program(case).inputs, *program(case).outputs)
    if all(np.dtype(atom.type.dtype).kind in "biu" for atom in atoms):
        return plain(_compiled(case)(*case.given(values)))
    wide = {np.dtype("float32"): np.float64, np.dtype("complex64"): np.complex128}
    with jax.enable_x64(True):
        given = [
            jax.numpy.asarray(v, wide.get(v.dtype, v.dtype)) for v in plain(case.given(values))
        ]
        return plain(_compiled(case)(*given))


def check_exact(case: Case, values: Sequence[Array]) -> bool:
    """Whether there was an exact result; it must then be JAX's in float64.

    Fractions have no infinities and one zero only, so those are replaced first.
    """
    finite = [np.where(np.isfinite(v), v + v.dtype.type(0), v.dtype.type(1)) for v in values]
    given = case.given(finite)
    try:
        got = _evaluate(case, EXACT)(plain(given))
    except NotExact:
        return False
    rounded = [np.asarray(v, np.float64) if v.dtype == object else v for v in got]
    if case.narrow:
        agree(rounded, plain(_compiled(case)(*given)), max(case.rtol, 1e-5), case.atol)
    else:
        agree(rounded, in_x64(case, finite), 1e-11, 1e-11)
    return True


def agree(
    got: Sequence[Array],
    expected: Sequence[Array],
    rtol: float,
    atol: float = 0.0,
    *,
    dtypes: bool = False,
) -> None:
    assert len(got) == len(expected)
    for ours, theirs in zip(got, expected, strict=True):
        assert ours.shape == theirs.shape
        assert not dtypes or ours.dtype == theirs.dtype, (ours.dtype, theirs.dtype)
        assert ours.dtype.kind == theirs.dtype.kind, (ours.dtype, theirs.dtype)
        if rtol == 0 or ours.dtype.kind not in "fc":
            np.testing.assert_array_equal(ours, theirs)
        else:
            np.testing.assert_allclose(ours, theirs, rtol=rtol, atol=max(atol, 1e-37))


def primitives(cases: Sequence[Case]) -> Iterator[str]:
    for case in cases:
        for equation in program(case).walk():
            yield equation.primitive
