"""Everything that depends on the JAX version: from JAX's jaxpr to a Program.

JAX 0.10 and earlier have `ClosedJaxpr` and scan's `num_consts`/`num_carry`; from 0.11 a jaxpr holds
its constants itself and scan describes its operands with `ft_in` and `ft_out`.
"""

from __future__ import annotations

import enum
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import jax
import numpy as np
from jax.extend import core
from jax.extend.core import primitives

from graders.jaxpr.arithmetic import KEY_PREFIX
from graders.jaxpr.model import (
    FOREIGN,
    RECOMPUTED,
    Array,
    ArrayType,
    Atom,
    Equation,
    Leaf,
    Literal,
    Location,
    Node,
    Opaque,
    Program,
    Tree,
    Variable,
)

LEAKED = "a traced value was kept from one traced function and used in another"

_CALLS = frozenset(
    """call checkpoint closed_call composite core_call custom_jvp_call custom_lin custom_vjp_call
    custom_vjp_call_jaxpr eval_jaxpr jit pjit remat remat2""".split()
)
_CALLED = ("jaxpr", "call_jaxpr", "fun_jaxpr")


def known_primitives() -> Mapping[int, str]:
    """The names of JAX's own primitives by identity, taken before any submission is loaded."""
    return {id(value): name for name, value in _primitives()}


def primitive_objects() -> Mapping[str, core.Primitive]:
    """JAX's own primitives by name."""
    return dict(_primitives())


def _primitives() -> Iterator[tuple[str, core.Primitive]]:
    modules = [m for name, m in list(sys.modules.items()) if name.split(".")[0] == "jax"]
    for module in [primitives, *modules]:
        for value in list(vars(module).values()):
            if isinstance(value, core.Primitive):
                yield str(value.name), value


@dataclass(slots=True)
class Translator:
    """Turns jaxprs into Programs; `source` is the file whose lines are kept as locations."""

    known: Mapping[int, str]
    source: str
    _programs: dict[int, tuple[Any, Program]] = field(default_factory=dict)

    def program(self, closed: Any) -> Program:
        """The Program of a closed jaxpr. One that is used twice becomes one object."""
        found = self._programs.get(id(closed))
        if found is None:
            found = (closed, self._translate(closed))
            self._programs[id(closed)] = found
        return found[1]

    def _translate(self, closed: Any) -> Program:
        jaxpr = getattr(closed, "jaxpr", closed)
        constants = getattr(closed, "consts", ())
        env: dict[Any, Variable] = {}

        def bind(var: Any) -> Variable:
            env[var] = Variable(array_type(var.aval))
            return env[var]

        def read(atom: Any) -> Atom:
            if isinstance(atom, core.Literal):
                return Literal(array_type(atom.aval), plain_array(atom.val, atom.aval))
            if atom not in env:
                raise jax.errors.UnexpectedTracerError(LEAKED)
            return env[atom]

        inputs = tuple(bind(var) for var in jaxpr.invars)
        consts = tuple(
            (bind(var), plain_array(value, var.aval))
            for var, value in zip(jaxpr.constvars, constants, strict=True)
        )
        equations = []
        for eqn in jaxpr.eqns:
            name, params = self._operation(eqn)
            sources = tuple(read(atom) for atom in _operands(eqn, name, params))
            targets = tuple(bind(var) for var in eqn.outvars)
            equations.append(Equation(name, sources, targets, params, self._location(eqn)))
        return Program(inputs, consts, tuple(equations), tuple(read(a) for a in jaxpr.outvars))

    def _operation(self, eqn: Any) -> tuple[str, dict[str, Any]]:
        name = self.known.get(id(eqn.primitive))
        if name is None:
            return f"{FOREIGN}{eqn.primitive}", {}
        called = next((eqn.params[key] for key in _CALLED if key in eqn.params), None)
        if name in _CALLS and called is not None:
            kind = RECOMPUTED if eqn.params.get("differentiated") else name
            return "call", {"jaxpr": self.program(called), "kind": kind}
        if name == "custom_linear_solve":
            return "call", {"jaxpr": self.program(eqn.params["jaxprs"].solve), "kind": name}
        if name == "call_hi_primitive":
            return "call", {"jaxpr": self.program(_expansion(eqn)), "kind": name}
        params = {key: self._param(value) for key, value in eqn.params.items()}
        if name == "scan":
            params = _scan_params(eqn, params)
        elif name.startswith("scatter-"):
            params.pop("update_jaxpr")
        return name, params

    def _param(self, value: Any) -> Any:
        if isinstance(value, (core.ClosedJaxpr, core.Jaxpr)):
            return self.program(value)
        if value is None or type(value) in (bool, int, float, str):
            return value
        if isinstance(value, core.Primitive):
            return self.known.get(id(value)) or Opaque(type(value).__name__)
        if isinstance(value, enum.Enum):
            return value.name.lower()
        if isinstance(value, np.generic) and np.ndim(value) == 0 and value.dtype.kind in "biuf":
            return value.item()
        if isinstance(value, np.dtype):
            return str(value)
        if isinstance(value, type) and issubclass(value, np.generic):
            return str(np.dtype(value))
        if is_dataclass(value) and not isinstance(value, type):
            return {f.name: self._param(getattr(value, f.name)) for f in fields(value)}
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return {key: self._param(getattr(value, key)) for key in value._fields}
        if isinstance(value, (tuple, list)):
            return tuple(self._param(item) for item in value)
        return Opaque(type(value).__name__)

    def _location(self, eqn: Any) -> Location | None:
        for file, line, function in user_frames(eqn):
            if file == self.source:
                return Location(line, function)
        return None


def _scan_params(eqn: Any, params: dict[str, Any]) -> dict[str, Any]:
    if "num_carry" in params:
        counts = {"num_consts": params["num_consts"], "num_carry": params["num_carry"]}
    else:
        consts, carry, _ = eqn.params["ft_in"].unpack()
        counts = {"num_consts": len(consts), "num_carry": len(carry)}
    kept = {key: params[key] for key in ("jaxpr", "length", "reverse", "unroll")}
    return {**kept, **counts}


def _operands(eqn: Any, name: str, params: dict[str, Any]) -> Any:
    """The operands an equation keeps: those of its `solve` program for `custom_linear_solve`."""
    if name != "call" or params["kind"] != "custom_linear_solve":
        return eqn.invars
    counts = eqn.params["const_lengths"]
    first = counts.matvec + counts.vecmat
    rest = first + counts.solve + counts.transpose_solve
    return [*eqn.invars[first : first + counts.solve], *eqn.invars[rest:]]


def _expansion(eqn: Any) -> Any:
    """The jaxpr a primitive of JAX 0.12's own kind stands for, traced from its definition."""
    primitive = eqn.params["_prim"]
    shapes = [jax.ShapeDtypeStruct(var.aval.shape, var.aval.dtype) for var in eqn.invars]

    def flat(*leaves: Any) -> Any:
        return primitive.expand(*jax.tree.unflatten(primitive.in_tree, leaves))

    return jax.make_jaxpr(flat)(*shapes)


def user_frames(eqn: Any) -> Iterable[tuple[str, int, str]]:
    """File, line and function of the frames outside JAX that made an equation, innermost first."""
    traceback = getattr(eqn.source_info, "traceback", None)
    if traceback is None:
        return
    for frame in traceback.frames:
        yield frame.file_name, frame.line_num, frame.function_name.rsplit(".", 1)[-1]


def array_type(aval: Any) -> ArrayType:
    """The type of a value; anything that is not an array gets a dtype of its own class's name."""
    dtype = getattr(aval, "dtype", None)
    if dtype is None:
        return ArrayType(f"{FOREIGN}{type(aval).__name__}")
    shape = tuple(int(extent) for extent in aval.shape)
    return ArrayType(str(dtype), shape, bool(getattr(aval, "weak_type", False)))


def plain_array(value: Any, aval: Any) -> Array:
    """A constant as a NumPy array; a PRNG key as its uint32 words packed into one uint64."""
    if jax.dtypes.issubdtype(getattr(aval, "dtype", np.float32), jax.dtypes.prng_key):
        words = np.asarray(jax.random.key_data(value), dtype=np.uint64)
        if words.shape[-1] != 2:
            raise TypeError(f"PRNG keys of type {aval.dtype} are not supported")
        return np.asarray((words[..., 0] << np.uint64(32)) | words[..., 1], dtype=np.uint64)
    array = np.asarray(value)
    if str(array.dtype) == "bfloat16":
        return array.astype(np.float32)
    if array.dtype.kind not in "biufc":
        raise TypeError(f"a constant of type {array.dtype} is not supported")
    return array


def abstract(dtype: str, shape: Sequence[int]) -> Any:
    """An abstract array of a shape, and of a dtype by its name; starts no backend."""
    if dtype.startswith(KEY_PREFIX):
        key = jax.eval_shape(jax.random.key, 0)
        return jax.ShapeDtypeStruct(tuple(shape), key.dtype)
    return jax.ShapeDtypeStruct(tuple(shape), dtype)


def device_array(value: Array, dtype: str) -> Any:
    """An argument for a compiled program; keys are two words of 32 bits each in JAX's own form."""
    if not dtype.startswith(KEY_PREFIX):
        return value
    words = np.stack([value >> np.uint64(32), value], axis=-1).astype(np.uint32)
    return jax.random.wrap_key_data(words)


def result_tree(info: Any) -> Tree:
    """The containers of a result and the types of its arrays, from what tracing says of it.

    A named tuple is a tuple. Otherwise only JAX's own plain containers count as such; any other
    class is one under its own name.
    """
    if info is None:
        return Node("none", (), ())
    if isinstance(info, tuple):
        items = jax.tree_util.tree_leaves(info, is_leaf=lambda part: part is not info)
        return Node("tuple", (), tuple(map(result_tree, items)))
    if type(info) is list:
        return Node("list", (), tuple(map(result_tree, info)))
    if type(info) is dict:
        keys = sorted(info, key=str)
        return Node("dict", tuple(map(str, keys)), tuple(result_tree(info[key]) for key in keys))
    if type(info) is jax.ShapeDtypeStruct:
        return Leaf(array_type(info))
    children = jax.tree_util.tree_leaves(info)
    return Node(type(info).__name__, (), tuple(result_tree(item) for item in children))
