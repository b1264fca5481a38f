"""From what JAX traces, in whichever version is installed, to one form of program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax
from jax.extend import core

from graders.jaxpr.model import (
    RECOMPUTED,
    ArrayType,
    Equation,
    Leaf,
    Literal,
    Node,
    Opaque,
    Program,
)
from harness.sandbox.child import dialect
from harness.sandbox.child.dialect import Translator, known_primitives, result_tree

KNOWN = known_primitives()
F32 = jax.ShapeDtypeStruct((), "float32")
ROW = jax.ShapeDtypeStruct((3,), "float32")


def _program(function: Callable[..., Any], *types: Any) -> Program:
    traced = jax.jit(lambda *arguments: function(*arguments)).trace(*types)
    return Translator(KNOWN, __file__).program(traced.jaxpr)


def _named(program: Program, name: str) -> list[Equation]:
    return [equation for equation in program.walk() if equation.primitive == name]


def test_jaxs_primitives_are_known_by_identity_and_by_name() -> None:
    objects = dialect.primitive_objects()
    assert {"add", "scan", "while", "cond", "dot_general", "cumsum"} <= objects.keys()
    assert KNOWN[id(objects["scan"])] == "scan"


def test_a_primitive_that_only_claims_the_name_is_foreign() -> None:
    fake = core.Primitive("scan")
    fake.def_abstract_eval(lambda aval: aval)
    (equation,) = _program(fake.bind, F32).equations
    assert equation.primitive == "foreign:scan"
    assert equation.params == {}


def test_a_parameter_that_is_a_primitive_has_its_name() -> None:
    def pool(x: Any) -> Any:
        return jnp.sum(jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (2,), (1,), "VALID"))

    (scatter,) = _named(_program(jax.grad(pool), ROW), "select_and_scatter_add")
    assert scatter.params["select_prim"] == "ge"


def test_a_parameter_that_is_a_foreign_primitive_is_opaque() -> None:
    translator = dialect.Translator(KNOWN, "")
    assert translator._param(core.Primitive("ge")) == Opaque("Primitive")


def test_a_scan_has_its_counts_and_its_body() -> None:
    def run(w: Any, xs: Any) -> Any:
        scale = w * 2
        return jax.lax.scan(lambda c, x: (c + x * scale, c), w, xs, reverse=True, unroll=2)

    (scan,) = _named(_program(run, F32, ROW), "scan")
    assert {k: scan.params[k] for k in ("num_consts", "num_carry", "length")} == {
        "num_consts": 1,
        "num_carry": 1,
        "length": 3,
    }
    assert (scan.params["reverse"], scan.params["unroll"]) == (True, 2)
    assert set(scan.params) == {
        "jaxpr", "length", "reverse", "unroll", "num_consts", "num_carry",
    }  # fmt: skip
    body = scan.params["jaxpr"]
    assert isinstance(body, Program)
    assert len(body.inputs) == 3


def test_where_an_equation_was_written_is_kept() -> None:
    def run(x: Any) -> Any:
        return jnp.sin(x) + 1  # the line that is looked for

    (sine,) = _named(_program(run, F32), "sin")
    assert sine.location is not None
    assert sine.location.function == "run"
    lines = Path(__file__).read_text("utf-8").splitlines()
    assert "looked for" in lines[sine.location.line - 1]


def test_what_others_wrote_has_no_place() -> None:
    traced = jax.jit(lambda x: x + 1).trace(F32)
    (equation,) = Translator(KNOWN, "/another/file.py").program(traced.jaxpr).equations
    assert equation.location is None


def _sine(_: Any, x: Any) -> Any:
    return jnp.sin(x)


CALLS: list[tuple[str, Callable[[Any], Any]]] = [
    ("jit", jax.jit(lambda x: x + 1)),
    ("remat", jax.checkpoint(lambda x: jnp.sin(x))),
    ("custom_jvp_call", jax.nn.relu),
    ("closed_call", jax.grad(jax.checkpoint(lambda x: lax.fori_loop(0, 2, _sine, x)))),
]


@pytest.mark.parametrize(("kind", "function"), CALLS, ids=[kind for kind, _ in CALLS])
def test_a_call_of_a_function_is_a_call_with_a_program(
    kind: str, function: Callable[[Any], Any]
) -> None:
    calls = _named(_program(lambda x: function(x) * 2, F32), "call")
    assert calls
    assert all(isinstance(call.params["jaxpr"], Program) for call in calls)
    assert any(kind in call.params["kind"] for call in calls) or kind == "remat"


def test_a_function_with_its_own_gradient_is_a_call() -> None:
    def value(x: Any) -> Any:
        return x * x

    square = jax.custom_vjp(value)

    square.defvjp(lambda x: (square(x), x), lambda x, g: (2 * x * g,))
    (call,) = _named(_program(square, F32), "call")
    assert len(call.inputs) == len(call.params["jaxpr"].inputs) == 1


def test_a_linear_solve_is_its_solution() -> None:
    def run(a: Any, b: Any) -> Any:
        return jnp.linalg.solve(a, b)

    program = _program(run, jax.ShapeDtypeStruct((3, 3), "float32"), ROW)
    for call in _named(program, "call"):
        assert len(call.inputs) == len(call.params["jaxpr"].inputs)


def test_a_jaxpr_that_is_used_twice_is_one_program() -> None:
    double = jax.jit(lambda x: x + x)
    calls = _named(_program(lambda x: double(double(x)), F32), "call")
    assert len(calls) == 2
    assert calls[0].params["jaxpr"] is calls[1].params["jaxpr"]


def test_parameters_are_plain_values() -> None:
    program = _program(lambda a, b: jnp.einsum("ij,jk->ik", a, b).astype("int32"), *[
        jax.ShapeDtypeStruct((2, 2), "float32")] * 2)  # fmt: skip
    (dot,) = _named(program, "dot_general")
    assert dot.params["dimension_numbers"] == (((1,), (0,)), ((), ()))
    (cast,) = _named(program, "convert_element_type")
    assert cast.params["new_dtype"] == "int32"
    gather = _named(_program(lambda x, i: x[i], ROW, jax.ShapeDtypeStruct((2,), "int32")), "gather")
    numbers = gather[0].params["dimension_numbers"]
    assert numbers["collapsed_slice_dims"] == (0,)
    assert isinstance(gather[0].params["mode"], str)


def test_a_scatter_keeps_no_program_of_its_update() -> None:
    program = _program(lambda x: x.at[jnp.array([0, 1])].add(1.0), ROW)
    (scatter,) = _named(program, "scatter-add")
    assert not any(isinstance(value, Program) for value in scatter.params.values())


def test_a_parameter_that_is_code_is_opaque() -> None:
    program = _program(
        lambda x: jax.pure_callback(lambda v: v, jax.ShapeDtypeStruct((), "float32"), x), F32
    )
    (callback,) = _named(program, "pure_callback")
    assert callback.params["callback"]["callback_func"] == Opaque("function")


def test_constants_and_literals_come_with_their_values() -> None:
    table = np.arange(3, dtype=np.float32)
    program = _program(lambda x: x * jnp.asarray(table) + 2.5, ROW)
    values = [np.asarray(value) for _, value in program.constants]
    literals = [
        atom.value for e in program.walk() for atom in e.inputs if isinstance(atom, Literal)
    ]
    assert any(np.array_equal(value, table) for value in values)
    assert any(np.array_equal(value, 2.5) for value in literals)


def test_a_random_key_is_one_number() -> None:
    key = jax.random.key(7)
    array = dialect.plain_array(key, jax.typeof(key))
    words = np.asarray(jax.random.key_data(key), np.uint64)
    assert array.dtype == np.uint64
    assert int(array) == (int(words[0]) << 32) | int(words[1])
    wide = jax.random.key(7, impl="rbg")
    with pytest.raises(TypeError, match="not supported"):
        dialect.plain_array(wide, jax.typeof(wide))


@pytest.mark.parametrize("shape", [(), (3,), (2, 2)])
def test_an_abstract_array_is_of_the_named_type(shape: tuple[int, ...]) -> None:
    for name in ("float32", "int8", "bool", "key<fry>"):
        found = dialect.abstract(name, list(shape))
        assert dialect.array_type(found) == ArrayType(name, shape)


def test_abstract_keys_can_be_traced_with() -> None:
    program = _program(lambda k: jax.random.split(k)[0], dialect.abstract("key<fry>", ()))
    assert [variable.type.dtype for variable in program.inputs] == ["key<fry>"]
    assert [atom.type for atom in program.outputs] == [ArrayType("key<fry>")]


@pytest.mark.parametrize("value", [np.float32(2), np.arange(3), np.array([True])])
def test_arrays_go_to_the_device_as_they_are(value: Any) -> None:
    assert dialect.device_array(value, str(value.dtype)) is value


@pytest.mark.parametrize("shape", [(), (4,), (2, 3)])
def test_keys_go_to_the_device_and_come_back(shape: tuple[int, ...]) -> None:
    numbers = np.random.default_rng(5).integers(0, 1 << 64, shape, np.uint64)
    keys = dialect.device_array(numbers, "key<fry>")
    assert keys.shape == shape
    assert jax.dtypes.issubdtype(keys.dtype, jax.dtypes.prng_key)
    back = dialect.plain_array(keys, jax.typeof(keys))
    assert np.array_equal(back, numbers)


def _layers(around_step: Any, around_all: Any) -> Callable[..., Any]:
    """The gradient through a scan, with something around its body and around all of it."""

    def total(w: Any, xs: Any) -> Any:
        return jax.lax.scan(around_step(lambda c, x: (jnp.tanh(c * x), None)), w, xs)[0]

    slope: Callable[..., Any] = jax.grad(around_all(total))
    return slope


def _itself(function: Any) -> Any:
    return function


def _kinds(function: Callable[..., Any]) -> set[str]:
    return {call.params["kind"] for call in _named(_program(function, F32, ROW), "call")}


@pytest.mark.parametrize(
    ("around_step", "around_all"), [(jax.checkpoint, _itself), (_itself, jax.checkpoint)]
)
def test_what_is_computed_again_for_a_gradient_is_a_call_of_that_kind(
    around_step: Any, around_all: Any
) -> None:
    assert RECOMPUTED in _kinds(_layers(around_step, around_all))


def test_a_checkpoint_without_a_gradient_and_a_gradient_without_one_compute_nothing_again() -> None:
    assert RECOMPUTED not in _kinds(_layers(_itself, _itself))
    assert RECOMPUTED not in _kinds(lambda w, xs: jax.checkpoint(jnp.tanh)(w))


def test_constants_of_other_types_are_widened_or_refused() -> None:
    half = jnp.asarray(1.5, "bfloat16")
    assert dialect.plain_array(half, jax.typeof(half)).dtype == np.float32
    with pytest.raises(TypeError, match="not supported"):
        dialect.plain_array(jnp.asarray(1, "float8_e4m3fn"), None)


def test_the_type_of_what_is_no_array_is_its_class() -> None:
    assert dialect.array_type(3) == ArrayType("foreign:int")
    assert dialect.array_type(ROW) == ArrayType("float32", (3,))
    weak = jax.jit(lambda: 1.0).trace().jaxpr.out_avals[0]
    assert dialect.array_type(weak) == ArrayType("float32", (), True)


class Pair(NamedTuple):
    """A tuple whose parts have names."""

    a: Any
    b: Any


@jax.tree_util.register_dataclass
@dataclass
class State:
    """A container that is not one of JAX's plain ones."""

    a: Any
    b: Any


def test_results_are_containers_of_types() -> None:
    leaf = Leaf(ArrayType("float32"))
    assert result_tree(F32) == leaf
    assert result_tree(None) == Node("none", (), ())
    assert result_tree((F32, [F32])) == Node("tuple", (), (leaf, Node("list", (), (leaf,))))
    assert result_tree({"b": F32, "a": None}) == Node(
        "dict", ("a", "b"), (Node("none", (), ()), leaf)
    )
    assert result_tree(State(F32, F32)) == Node("State", (), (leaf, leaf))


def test_a_named_tuple_is_a_tuple() -> None:
    assert result_tree(Pair(F32, (None, F32))) == result_tree((F32, (None, F32)))


def test_a_value_that_is_bound_nowhere_is_a_leak() -> None:
    jaxpr: Any = jax.jit(lambda x: x + 1).trace(F32).jaxpr
    bound = getattr(jaxpr, "jaxpr", jaxpr)
    names = bound.debug_info._replace(arg_names=())
    unbound = bound.replace(invars=[], debug_info=names)
    with pytest.raises(jax.errors.UnexpectedTracerError, match="kept from one traced function"):
        Translator(KNOWN, __file__).program(unbound)
