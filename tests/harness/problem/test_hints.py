"""Every hint is checked against the message of the JAX that is installed, by making the mistake."""

from __future__ import annotations

import re
import textwrap
from typing import Any

import jax
import numpy as np
import pytest

from graders.hints.advice import GENERAL, advice
from graders.rubric import Hint
from graders.subject import Failure, FailureKind
from harness.problem.library import standard_library

HEAD = """\
import math
from functools import partial
import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
kept = []
def loss(w, x, y):
    return jnp.sum((w * x - y) ** 2)
"""
DEF = "def scan_training_step(w, lr, x_batches, y_batches):\n"
SCAN = "return lax.scan(body, w, (x_batches, y_batches))[0]"
STEP = "x, y = batch\ng = jax.grad(loss)(w, x, y)\n"

# Lines of the scan's body, whose arguments are w and batch.
BODIES = [
    ("g = jnp.sum(2 * (w * batch - batch) * batch)\nreturn w - lr * g, None", "batch_not_unpacked"),
    ("return batch - w, None", "batch_not_unpacked"),
    ("return -batch, None", "batch_not_unpacked"),
    ("return batch @ batch, None", "batch_not_unpacked"),
    ("return jnp.multiply(w, batch), None", "batch_not_unpacked"),
    ("return jnp.sum(batch), None", "batch_not_unpacked"),
    ("return jnp.dot(batch, batch), None", "batch_not_unpacked"),
    ("return batch[:, 0], None", "batch_not_unpacked"),
    ("return batch['x'], None", "batch_not_unpacked"),
    ("return batch.sum(), None", "batch_not_unpacked"),
    ("return batch.shape[0] * w, None", "batch_not_unpacked"),
    ("x, y = batch\ng = jax.value_and_grad(loss)(w, x, y)\nreturn w - lr * g, None", "batch_not_u"),
    ("return batch * 2.0, None", "pair_not_unpacked"),
    ("g = jax.grad(loss)(w, batch)\nreturn w - lr * g, None", "batch_passed_whole"),
    ("g = jax.grad(lambda w: loss(w, batch))(w)\nreturn w - lr * g, None", "batch_passed_whole"),
    ("g = loss(w, *batch, lr)\nreturn w - lr * g, None", "wrong_number_of_arguments"),
    ("x, y, z = batch\nreturn w, None", "batch_is_no_pair"),
    ("w, v = w\nreturn w, None", "scalar_unpacked"),
    ("return batch[2] * w, None", "scalar_scanned"),
    (STEP + "return w - lr * g", "body_returns_carry_only"),
    (STEP + "w = w - lr * g", "body_returns_nothing"),
    (STEP + "return w - lr * g, None, None", "body_returns_no_pair"),
    (STEP + "return None, w - lr * g", "carry_is_none"),
    (STEP + "return w - lr * 2 * x * (w * x - y), None", "carry_shape_changes"),
    (STEP + "return jnp.reshape(w - lr * g, (1,)), None", "carry_shape_changes"),
    (STEP + "return (w - lr * g).astype(jnp.bfloat16), None", "carry_dtype_changes"),
    (STEP + "return w.astype(int), None", "carry_dtype_changes"),
    (STEP + "return (w - lr * g, 0.0), None", "carry_structure_changes"),
    (STEP + "return {'w': w - lr * g}, None", "carry_structure_changes"),
    (STEP + "if g > 0:\n    w = w - lr * g\nreturn w, None", "python_branch_on_traced_value"),
    (STEP + "return np.multiply(w, g), None", "numpy_on_traced_value"),
    (STEP + "return w - float(lr) * g, None", "python_number_from_traced_value"),
    ("g = jax.grad(loss)(0, *batch)\nreturn w - lr * g, None", "gradient_of_integer"),
    ("x, y = batch\ng = jax.grad(lambda w: w * x)(w)\nreturn g, None", "gradient_of_array"),
    ("g = jax.grad(lambda w: (w, 1))(w)\nreturn g, None", "gradient_of_tuple"),
    ("g = jax.grad(loss(w, *batch))\nreturn g, None", "transform_of_value"),
    ("g = jax.grad(loss)\nreturn w - lr * g, None", "function_not_called"),
    ("g = kept.append(1)\nreturn w - lr * g, None", "none_in_arithmetic"),
    ("return w[0], None", "too_many_indices"),
    ("v = v - w\nreturn v, None", "name_read_before_assignment"),
]

# The call of scan, around a correct body.
CALLS = [
    ("lax.scan(body, w, x_batches)[0]", "batch_is_no_pair"),
    ("lax.scan(body, w, jnp.stack([x_batches, y_batches]))[0]", "batch_is_no_pair"),
    ("lax.scan(body, (x_batches, y_batches))[0]", "scan_arguments"),
    ("lax.scan(body)[0]", "scan_arguments"),
    ("lax.scan(body, w, x_batches, y_batches)[0]", "scan_arguments"),
    ("lax.scan(body, w, inputs=(x_batches, y_batches))[0]", "scan_arguments"),
    ("lax.scan(fn=body, init=w, xs=(x_batches, y_batches))[0]", "scan_arguments"),
    ("lax.scan(w, body, (x_batches, y_batches))[0]", "scan_arguments"),
    ("lax.scan(body, (x_batches, y_batches), w)[0]", "scalar_scanned"),
    ("lax.scan(body, w, (x_batches, y_batches, lr))[0]", "scalar_scanned"),
    ("lax.scan(body, w, 5)[0]", "scalar_scanned"),
    ("lax.scan(body, w, (x_batches.T, y_batches))[0]", "scan_lengths_differ"),
    ("lax.scan(body, w, (x_batches[1:], y_batches))[0]", "scan_lengths_differ"),
    ("lax.scan(body, w, (x_batches, y_batches), length=99)[0]", "scan_lengths_differ"),
    ("lax.scan(body, w, (x_batches, y_batches), length=w)[0]", "length_from_traced_value"),
    ("lax.scan(body, 'w', (x_batches, y_batches))[0]", "not_an_array"),
    ("lax.scan(body, w, (x_batches, y_batches)) * 1.0", "pair_not_unpacked"),
    ("lax.scan(lambda w: (w, None), w, (x_batches, y_batches))[0]", "wrong_number_of_arguments"),
    ("lax.scan(lambda w, x, y: (w, None), w, (x_batches, y_batches))[0]", "batch_passed_whole"),
    ("lax.scan(boddy, w, (x_batches, y_batches))[0]", "undefined_name"),
    ("jax.scan(body, w, (x_batches, y_batches))[0]", "scan_is_in_lax"),
    ("jnp.scan(body, w, (x_batches, y_batches))[0]", "scan_is_in_lax"),
    ("lax.fori_loop(0, 3, lambda i, w: (w, w), w)", "carry_structure_changes"),
    ("jax.grad(lambda w: lax.while_loop(lambda c: c < 1, lambda c: c, w))(w)", "gradient_of_while"),
]

# Lines of the function itself.
FUNCTIONS = [
    ("return w if lr > 0 else lr", "python_branch_on_traced_value"),
    ("return jnp.where(w > 0 and lr > 0, w, lr)", "python_branch_on_traced_value"),
    ("return max(w, lr)", "python_branch_on_traced_value"),
    ("assert jnp.all(x_batches > 0)\nreturn w", "python_branch_on_traced_value"),
    ("return w if x_batches > 0 else lr", "python_branch_on_array"),
    ("return np.asarray(x_batches).sum()", "numpy_on_traced_value"),
    ("return np.float32(w)", "numpy_on_traced_value"),
    ("return int(w)", "python_number_from_traced_value"),
    ("return w.item()", "python_number_from_traced_value"),
    ("return x_batches.tolist()", "python_number_from_traced_value"),
    ("return math.sqrt(w)", "python_number_from_traced_value"),
    ("return [1, 2, 3][w.astype(int)]", "index_from_traced_value"),
    ("return list(range(w.astype(int)))", "index_from_traced_value"),
    ("return list(range(w))", "index_from_array"),
    ("return jnp.arange(w)", "size_from_traced_value"),
    ("return jnp.zeros(w.astype(int))", "size_from_traced_value"),
    ("return jnp.nonzero(x_batches)[0]", "size_from_traced_value"),
    ("return x_batches[:w.astype(int)]", "slice_from_traced_value"),
    ("return x_batches[x_batches > 0]", "boolean_mask_index"),
    ("return {w: 1}", "traced_value_as_key"),
    ("return f'{w:.3f}'", "formatting_traced_value"),
    ("x_batches[0] = 0\nreturn w", "array_assignment"),
    ("return w * len(w)", "scalar_as_sequence"),
    ("return x_batches + jnp.ones(99)", "shapes_do_not_fit"),
    ("return x_batches @ jnp.ones((99, 1))", "shapes_do_not_fit"),
    ("return x_batches.reshape(7)", "shapes_do_not_fit"),
    ("return 'done'", "not_an_array"),
    ("return jnp.sum([w, lr])", "container_in_arithmetic"),
    ("return jnp.stack([w, None])", "none_in_arithmetic"),
    ("return [w].sum()", "container_as_array"),
    ("return jnp.summ(w)", "module_has_no_such_function"),
    ("return jax.tree_map(jnp.sin, w)", "tree_functions_moved"),
    ("return jax.tree.map(jnp.add, {'w': w}, (w,))", "trees_differ"),
    ("return jax.tree.map(jnp.add, {'w': w}, {'v': w})", "trees_differ"),
    ("return {'w': w}['v']", "no_such_key"),
    ("return w.add(1)", "array_has_no_such_method"),
    ("return torch.sum(w)", "undefined_name"),
    ("return lax.cond(w > 0, lambda: w, lambda: 1)", "branches_differ"),
    ("return scan_training_step(w, lr, x_batches, y_batches)", "endless_recursion"),
    ("raise NotImplementedError", "not_written_yet"),
    ("raise NotImplementedError('TODO: write it')", "not_written_yet"),
    ("open('/no/such/file')", "no_files"),
    ("raise PermissionError(1, 'Operation not permitted')", "not_permitted"),
]

LEAKS = [
    f"def body(w, batch):\n    kept.append(w)\n    return w, None\n{SCAN}; ",
    "def body(c, batch):\n    nonlocal w\n    w = w * batch[0][0]\n    return c, None\n"
    "lax.scan(body, w, (x_batches, y_batches))\nreturn w * 1",
]

FILES = [
    ("import no_such_module_anywhere\n", "module_not_available"),
    ("from jax.lax import scann\n", "import_name"),
    (DEF + "    return jnp.sum(w)\n", "missing_import"),
    (HEAD + "@partial(jax.jit, static_argnums=1)\n" + DEF + "    return w\n", "static_array"),
    (
        HEAD + "@partial(jax.jit, static_argnames='rate')\n" + DEF + "    return w\n",
        "static_unknown",
    ),
]

HINTS = standard_library({}).load("scan_training_step").rubric.hints


def function(lines: str) -> str:
    return HEAD + DEF + textwrap.indent(lines, "    ") + "\n"


def with_body(lines: str, call: str = SCAN) -> str:
    return function(f"def body(w, batch):\n{textwrap.indent(lines, '    ')}\n{call}")


CASES = [
    *((with_body(lines), code) for lines, code in BODIES),
    *((with_body(STEP + "return w - lr * g, None", f"return {c}"), code) for c, code in CALLS),
    *((function(lines), code) for lines, code in FUNCTIONS),
    *FILES,
]


def failure(source: str) -> Failure:
    """What a submission raises when it is loaded, traced and run."""
    values = [np.float32(1), np.float32(0.01), np.ones((5, 3), "f"), np.ones((5, 3), "f")]
    names: dict[str, Any] = {}
    try:
        exec(source, names)
        jax.jit(names["scan_training_step"])(*values)
    except Exception as error:
        return Failure(FailureKind.RAISED, str(error)[:4000], type(error).__qualname__, "trace")
    raise AssertionError(f"this raised nothing:\n{source}")


@pytest.mark.parametrize(("source", "code"), CASES, ids=[str(n) for n in range(len(CASES))])
def test_the_mistake_is_named(source: str, code: str) -> None:
    raised = failure(source)
    hint = advice(raised, HINTS)
    assert hint is not None, raised
    assert hint.code.startswith(code), raised


@pytest.mark.parametrize("lines", LEAKS)
def test_a_leaked_tracer_is_named(lines: str) -> None:
    source = function(lines).replace("[0]; ", "[0] * kept[-1]")
    hint = advice(failure(source), HINTS)
    assert hint is not None
    assert hint.code == "leaked_tracer"


def test_every_hint_is_met_by_a_case() -> None:
    met = {id(advice(failure(source), HINTS)) for source, _ in CASES}
    met |= {id(advice(failure(source))) for source, _ in CASES}
    met |= {
        id(advice(failure(function(lines).replace("[0]; ", "[0] * kept[-1]")))) for lines in LEAKS
    }
    missed = [hint for hint in (*HINTS, *GENERAL) if id(hint) not in met]
    assert missed == []


@pytest.mark.parametrize("hint", [*HINTS, *GENERAL], ids=lambda hint: hint.code)
def test_hints_are_well_formed(hint: Hint) -> None:
    re.compile(hint.match)
    assert hint.code.isidentifier()
    assert hint.message[0].isupper() or hint.message.startswith(("`", "scan", "lax.scan"))
    assert hint.message.endswith((".", ".)"))
    assert len(hint.message) < 320


def test_stage_class_and_order_decide() -> None:
    raised = Failure(FailureKind.RAISED, "boom 42", "m.Odd.BoomError", "run")
    late = Hint("*", "boom", "any", "Any.")
    hints = [
        Hint("BoomError", "boom", "wrong_stage", "No.", "trace"),
        Hint("OtherError", "boom", "wrong_class", "No."),
        Hint("BoomError", r"boom \d", "right", "Yes.", "run"),
        late,
    ]
    found = advice(raised, hints)
    assert found is hints[2]
    assert advice(raised, [late]) is late
    assert advice(raised) is None


def test_long_messages_are_searched_quickly() -> None:
    for filler in ("a", "a ", "(", "unsupported operand type ", "'tuple'", "carry ", "\n"):
        message = (filler * 4000)[:4000]
        for name in {hint.error for hint in (*HINTS, *GENERAL)}:
            advice(Failure(FailureKind.RAISED, message, name, "trace"), HINTS)
