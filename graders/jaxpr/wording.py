"""One equation as text: infix where it is plain arithmetic, a call with few parameters elsewhere.

Whatever the decoder lets through has a text, of one line and bounded length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from graders.jaxpr.model import ArrayType, Atom, Equation, Literal, Opaque, Program, Variable
from graders.jaxpr.names import Names

_INFIX = {
    "add": "+",
    "add_any": "+",
    "and": "&",
    "div": "/",
    "eq": "==",
    "ge": ">=",
    "gt": ">",
    "le": "<=",
    "lt": "<",
    "mul": "*",
    "ne": "!=",
    "or": "|",
    "pow": "**",
    "rem": "%",
    "shift_left": "<<",
    "sub": "-",
    "xor": "^",
}
_PREFIX = {"copy": "", "neg": "-", "not": "~"}
_SHORT = {"bfloat16": "bf16"}
_KINDS = {"float": "f", "complex": "c", "uint": "u", "int": "i"}
_UNSAID = frozenset(
    """accuracy body_nconsts cond_nconsts index_dtype indices_are_sorted is_stable kind linear name
    new_dtype num_carry num_consts out_dtype out_sharding precision preferred_element_type sharding
    unique_indices unroll weak_type _split_transpose""".split()
)
_MOST_ITEMS = 64
_MOST_TOKENS = 48
_MOST_ELEMENTS = 4


def type_text(type: ArrayType) -> str:
    """A type in short: `f32[4,3]`."""
    dtype = _SHORT.get(type.dtype, type.dtype)
    for kind, letter in _KINDS.items():
        if type.dtype.startswith(kind) and type.dtype.removeprefix(kind).isdecimal():
            dtype = letter + type.dtype.removeprefix(kind)
    return f"{dtype}[{','.join(map(str, type.shape))}]"


def atom_text(atom: Atom, names: Names) -> str:
    """The name of a variable, or the value of a literal."""
    return names[atom] if isinstance(atom, Variable) else value_text(atom)


def value_text(literal: Literal) -> str:
    """A literal's number, or its first few."""
    flat = literal.value.reshape(-1)
    numbers = [str(item) for item in flat[:_MOST_ELEMENTS]]
    if not literal.type.shape:
        return numbers[0]
    more = ["..."] if flat.size > _MOST_ELEMENTS else []
    return f"[{', '.join(numbers + more)}]"


def bound(variable: Variable, names: Names) -> str:
    """A variable where it is bound, with its type."""
    return f"{names[variable]}:{type_text(variable.type)}"


def listed(texts: Iterable[str]) -> str:
    """Texts with commas between them, cut where there are very many."""
    kept = list(islice(texts, _MOST_ITEMS + 1))
    return ", ".join([*kept[:_MOST_ITEMS], "..."] if len(kept) > _MOST_ITEMS else kept)


def equation_text(equation: Equation, names: Names) -> str:
    """`result = expression`; a result's type is said where it is that of no operand."""
    operands = {(a.type.dtype, a.type.shape) for a in equation.inputs[:_MOST_ITEMS]}
    results = listed(
        names[v] if (v.type.dtype, v.type.shape) in operands else bound(v, names)
        for v in equation.outputs
    )
    return f"{results or '()'} = {_expression(equation, names)}"


def _expression(equation: Equation, names: Names) -> str:
    name = equation.primitive
    operands = [atom_text(atom, names) for atom in equation.inputs[: _MOST_ITEMS + 1]]
    if name in _INFIX and len(operands) == 2:
        return f"{operands[0]} {_INFIX[name]} {operands[1]}"
    if name in _PREFIX and len(operands) == 1:
        return f"{_PREFIX[name]}{operands[0]}"
    if name == "integer_pow" and len(operands) == 1:
        return f"{operands[0]} ** {_short(equation.params.get('y'))}"
    if name == "convert_element_type" and len(operands) == len(equation.outputs) == 1:
        return f"{type_text(ArrayType(equation.outputs[0].type.dtype))[:-2]}({operands[0]})"
    if name == "select_n" and len(operands) == 3 and equation.inputs[0].type.dtype == "bool":
        return f"{operands[2]} if {operands[0]} else {operands[1]}"
    return f"{name}({listed([*_given(equation, operands), *_params(equation)])})"


def _given(equation: Equation, operands: Sequence[str]) -> Sequence[str]:
    """The operands of a loop stand with the inputs of its body instead."""
    if equation.primitive == "cond":
        return operands[:1]
    return () if equation.primitive in ("scan", "while", "call") else operands


def _params(equation: Equation) -> Iterator[str]:
    if equation.primitive == "call":
        yield _short(equation.params.get("kind"))
    for key, value in equation.params.items():
        first = value[0] if isinstance(value, tuple) and value else value
        silent = value is None or value is False or value == ()
        if key not in _UNSAID and not silent and not isinstance(first, (Opaque, Program)):
            yield f"{key}={_short(value)}"


def _short(value: Any) -> str:
    tokens = list(islice(_tokens(value), _MOST_TOKENS + 1))
    return "".join([*tokens[:_MOST_TOKENS], "..."] if len(tokens) > _MOST_TOKENS else tokens)


def _tokens(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        yield "("
        for position, item in enumerate(value):
            yield from [", "] if position else []
            yield from _tokens(item)
        yield ",)" if len(value) == 1 else ")"
    elif isinstance(value, Mapping):
        yield "{"
        given = ((key, item) for key, item in value.items() if item != ())
        for position, (key, item) in enumerate(given):
            yield f"{', ' if position else ''}{key}: "
            yield from _tokens(item)
        yield "}"
    elif isinstance(value, Opaque):
        yield value.text
    else:
        yield "program" if isinstance(value, Program) else str(value)
