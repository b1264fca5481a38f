"""Operands of control flow must fit the programs they are given to."""

from __future__ import annotations

from graders.jaxpr.model import ArrayType, Atom, Equation, Program, Variable
from graders.jaxpr.wireform import MAX_EXTENT, Malformed, integer


def check_control(equation: Equation) -> None:
    """Operands of control flow must fit the programs they are given to; raises `Malformed`."""
    check = _CONTROL.get(equation.primitive)
    if check is None:
        return
    try:
        check(equation)
    except Malformed:
        raise
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise Malformed(f"{equation.primitive} lacks a parameter it needs") from error


def _check_scan(equation: Equation) -> None:
    params = equation.params
    body: Program = params["jaxpr"]
    consts, carry = integer(params["num_consts"], 1 << 20), integer(params["num_carry"], 1 << 20)
    length = integer(params["length"], MAX_EXTENT)
    if not isinstance(params["reverse"], bool):
        raise Malformed("reverse is a bool")
    split = consts + carry
    if len(equation.inputs) < split or len(equation.outputs) < carry:
        raise Malformed("scan has fewer operands than it says")
    whole, rows = equation.inputs[:split], equation.inputs[split:]
    _same([a.type for a in whole] + [_row(a.type, length) for a in rows], body.inputs)
    stacked = [_row(v.type, length) for v in equation.outputs[carry:]]
    _same([v.type for v in equation.outputs[:carry]] + stacked, body.outputs)


def _check_while(equation: Equation) -> None:
    params = equation.params
    n_cond, n_body = (
        integer(params["cond_nconsts"], 1 << 20),
        integer(params["body_nconsts"], 1 << 20),
    )
    types = [atom.type for atom in equation.inputs]
    carry = types[n_cond + n_body :]
    _same(types[:n_cond] + carry, params["cond_jaxpr"].inputs)
    (asked,) = params["cond_jaxpr"].outputs
    batch = asked.type.shape
    if asked.type.dtype != "bool" or any(t.shape[: len(batch)] != batch for t in carry):
        raise Malformed("a while condition is one bool, or one for each element of a batch")
    _same(types[n_cond : n_cond + n_body] + carry, params["body_jaxpr"].inputs)
    _same(carry, params["body_jaxpr"].outputs)
    _same(carry, equation.outputs)


def _check_cond(equation: Equation) -> None:
    branches, index = equation.params["branches"], equation.inputs[0].type
    if not branches or index.shape or index.dtype not in ("bool", "int32"):
        raise Malformed("cond needs branches and a scalar index")
    for branch in branches:
        _same([atom.type for atom in equation.inputs[1:]], branch.inputs)
        _same([variable.type for variable in equation.outputs], branch.outputs)


def _check_call(equation: Equation) -> None:
    body: Program = equation.params["jaxpr"]
    _same([atom.type for atom in equation.inputs], body.inputs)
    _same([variable.type for variable in equation.outputs], body.outputs)


def _check_fold(equation: Equation) -> None:
    """Operands, then a scalar for each to start from; the computation combines scalars."""
    body: Program = equation.params["jaxpr"]
    count = len(equation.outputs)
    elements = [ArrayType(atom.type.dtype) for atom in equation.inputs[:count]]
    starts = [atom.type for atom in equation.inputs[count:]]
    if not count or not len(elements) == len(starts) == count:
        raise Malformed("a reduction starts each of its operands from a value")
    _same([ArrayType(type.dtype) for type in starts] + elements, body.inputs)
    _same(starts, body.inputs[:count])
    _same(starts, body.outputs)


_CONTROL = {
    "reduce": _check_fold,
    "reduce_window": _check_fold,
    "scan": _check_scan,
    "while": _check_while,
    "cond": _check_cond,
    "call": _check_call,
}


def _same(expected: list[ArrayType], atoms: tuple[Atom, ...] | tuple[Variable, ...]) -> None:
    found = [(atom.type.dtype, atom.type.shape) for atom in atoms]
    if found != [(type.dtype, type.shape) for type in expected]:
        raise Malformed("operands do not fit the program they are given to")


def _row(type: ArrayType, length: int) -> ArrayType:
    if not type.shape or type.shape[0] != length:
        raise Malformed("a scanned operand has another length than the scan")
    return ArrayType(type.dtype, type.shape[1:], type.weak)
