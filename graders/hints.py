"""Advice for the errors that learners of JAX meet in any problem, and how to find it.

The patterns are searched in the messages of JAX 0.10 to 0.12 and of Python 3.11 and later. Each
message says what the mistake is and what to change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from graders.rubric import Hint
from graders.subject import Failure

_BODY = (
    Hint(
        "TypeError",
        r"scan body output must be a pair, got None",
        "body_returns_nothing",
        "The scan's body returns nothing. It must end with `return new_carry, output`; with no "
        "output to give, `return new_carry, None`.",
    ),
    Hint(
        "TypeError",
        r"scan body output must be a pair, got \(",
        "body_returns_no_pair",
        "The scan's body returns a tuple that is not a pair. It must return exactly two values, "
        "the new carry and the output of this step; several carried values go into one tuple.",
    ),
    Hint(
        "TypeError",
        r"scan body output must be a pair",
        "body_returns_carry_only",
        "The scan's body returns one value only. It must return two, the new carry and the output "
        "of this step: `return new_carry, None` when there is no output.",
    ),
    Hint(
        "TypeError",
        r"must have the same pytree structure[\s\S]*PyTreeDef\(None\)",
        "carry_is_none",
        "The body returns None as the carry. The new carry comes first and the output second: "
        "`return new_carry, output`.",
    ),
    Hint(
        "TypeError",
        r"carry input and carry output must have the same pytree structure",
        "carry_structure_changes",
        "The body returns a carry built differently from the one it was given, such as a tuple for "
        "an array, or a tuple of another length. Return the same structure that the loop starts "
        "from, with the new carry first and the output second.",
    ),
    Hint(
        "TypeError",
        r"carry input and carry output must have equal types[\s\S]*shapes do not match",
        "carry_shape_changes",
        "The body returns a carry of another shape than it was given. A carry keeps its shape from "
        "step to step: look for a missing sum or an unwanted broadcast, and for carry and output "
        "returned in the wrong order.",
    ),
    Hint(
        "TypeError",
        r"carry input and carry output must have equal types[\s\S]*dtypes do not match",
        "carry_dtype_changes",
        "The body returns a carry of another dtype than it was given. Start from the dtype that "
        "the body computes, or convert back with `.astype(...)` before returning.",
    ),
    Hint(
        "TypeError",
        r"branches must have equal output types|branch outputs must have the same pytree",
        "branches_differ",
        "The branches of a `lax.cond` or `lax.switch` return different types. Make them return the "
        "same structure, shapes and dtypes.",
    ),
)

_CALLS = (
    Hint(
        "TypeError",
        r"lax\.scan: f argument should be a callable",
        "scan_arguments",
        "The first argument of lax.scan is not a function. Pass the body itself, without calling "
        "it: `lax.scan(body, init, xs)`.",
    ),
    Hint(
        "TypeError",
        r"\bscan\(\) (missing|got an unexpected keyword argument)",
        "scan_arguments",
        "lax.scan was called with the wrong arguments. Write `lax.scan(body, init, xs)`; by name "
        "they are f, init and xs.",
    ),
    Hint(
        "ValueError",
        r"scan got no values to scan over",
        "scan_arguments",
        "lax.scan was given nothing to scan. It takes the body, the starting carry and the scanned "
        "arrays, in this order: `lax.scan(body, init, xs)`.",
    ),
    Hint(
        "ValueError",
        r"different leading axis sizes|which disagrees with leading axis sizes",
        "scan_lengths_differ",
        "The scanned arrays differ in the length of their first axis, or a `length` is given that "
        "is not theirs. lax.scan walks all of them along axis 0 together.",
    ),
    Hint(
        "TypeError",
        r"\(\) missing \d+ required|takes \d+ positional arguments? but \d+ were given",
        "wrong_number_of_arguments",
        "A function was called with too few or too many arguments. lax.scan calls its body with "
        "exactly two: the carry, and one slice of what it scans, a tuple if a tuple is scanned.",
    ),
    Hint(
        "TypeError",
        r"Expected a callable value, got",
        "transform_of_value",
        "A transformation such as `jax.grad` was given a value instead of a function. Pass the "
        "function, then call the result: `jax.grad(loss)(w, x, y)`.",
    ),
    Hint(
        "TypeError",
        r"Gradient only defined for scalar-output functions\. Output had shape",
        "gradient_of_array",
        "`jax.grad` was applied to a function that returns an array. Reduce its result to one "
        "number first, as the loss asks: `jnp.sum(...)`.",
    ),
    Hint(
        "TypeError",
        r"Gradient only defined for scalar-output functions",
        "gradient_of_tuple",
        "`jax.grad` was applied to a function that returns more than one number. Return the loss "
        "alone, or say `has_aux=True` when it returns (loss, extra).",
    ),
    Hint(
        "TypeError",
        r"grad requires real- or complex-valued inputs",
        "gradient_of_integer",
        "`jax.grad` was asked to differentiate by an integer. Differentiate by a float: start from "
        "0.0 rather than 0, or from the argument itself.",
    ),
    Hint(
        "TypeError",
        r"unsupported operand type.*'function'",
        "function_not_called",
        "A function is used as if it were a number: it was never called. `jax.grad(loss)` is a "
        "function, `jax.grad(loss)(w, x, y)` is the gradient.",
    ),
    Hint(
        "TypeError",
        r"unsupported operand type.*'NoneType'",
        "none_in_arithmetic",
        "None is used as if it were a number. A function that ends without `return` gives None.",
    ),
    Hint(
        "TypeError",
        r"(unsupported|bad) operand type.*'(tuple|list|dict)'|can't multiply sequence by non-int"
        r"|requires ndarray or scalar arguments, got|(tuple|list) indices must be integers",
        "container_in_arithmetic",
        "A tuple, list or dict is used as if it were an array. Unpack it first, or build one array "
        "with `jnp.stack`.",
    ),
    Hint(
        "ValueError",
        r"Reverse-mode differentiation does not work for lax\.while_loop",
        "gradient_of_while",
        "A loop with an unknown number of steps cannot be differentiated by `jax.grad`. Use "
        "lax.scan, or take the gradient inside the loop's body.",
    ),
    Hint(
        "ValueError",
        r"Non-hashable static arguments",
        "static_array",
        "An array is declared static with static_argnums or static_argnames. Arrays are traced: "
        "remove the declaration, or keep it for Python numbers only.",
    ),
    Hint(
        "ValueError",
        r"static_arg(names|nums)",
        "static_unknown",
        "`jax.jit` is told of a static argument that the function does not have. Check the names "
        "or numbers, or leave the option out.",
    ),
)

_TRACING = (
    Hint(
        "TracerBoolConversionError",
        r"",
        "python_branch_on_traced_value",
        "Python must know a condition here that depends on a traced value: in `if`, `while`, "
        "`assert`, `and`, `or`, `not`, `min` or `max`. Use `jnp.where` or `lax.cond`, "
        "`jnp.logical_and`, `jnp.maximum` and the like instead.",
    ),
    Hint(
        "ValueError",
        r"truth value of an array .*is ambiguous",
        "python_branch_on_array",
        "A whole array is used as one Python condition. Use `jnp.where` to choose element by "
        "element, or `lax.cond` on one boolean.",
    ),
    Hint(
        "TracerArrayConversionError",
        r"",
        "numpy_on_traced_value",
        "A NumPy function was called on a traced value, which holds no numbers yet. Use the "
        "function of the same name in `jax.numpy` (`jnp`).",
    ),
    Hint(
        "ConcretizationTypeError",
        r"`(float|int|complex|bool)` function|item\(\) method|tolist\(\) method",
        "python_number_from_traced_value",
        "A traced value is turned into a Python number, by `float`, `int`, `.item()`, `.tolist()` "
        "or the `math` module. Leave it an array: `x.astype(...)` changes its dtype, and `jnp` has "
        "the functions of `math`.",
    ),
    Hint(
        "ConcretizationTypeError",
        r"`length` argument to `scan`",
        "length_from_traced_value",
        "The length of a scan must be known while tracing. Take it from a shape, such as "
        "`x.shape[0]`, or leave it out: the scanned arrays say it.",
    ),
    Hint(
        "ConcretizationTypeError",
        r"",
        "size_from_traced_value",
        "A size, count or option must be known while tracing and depends on a traced value. Take "
        "sizes from `.shape`, or give the `size=` that the function offers.",
    ),
    Hint(
        "TypeError",
        r"Shapes must be 1D sequences of concrete values",
        "size_from_traced_value",
        "A shape depends on a traced value. Shapes must be known while tracing: take them from "
        "`.shape` of an argument.",
    ),
    Hint(
        "TracerIntegerConversionError",
        r"",
        "index_from_traced_value",
        "A traced value is used where Python needs a whole number, such as an index into a list or "
        "`range`. Index a `jnp` array with it, or loop with lax.scan.",
    ),
    Hint(
        "TypeError",
        r"Only integer scalar arrays can be converted to a scalar index",
        "index_from_array",
        "An array is used where Python needs a whole number, such as in `range`. Take the count "
        "from a shape, `x.shape[0]`, or loop with lax.scan.",
    ),
    Hint(
        "IndexError",
        r"Slice entries must be static|slice indices must have static",
        "slice_from_traced_value",
        "A slice begins or ends at a traced value, so its size is not known while tracing. Use "
        "`lax.dynamic_slice`, whose size is fixed, or a mask with `jnp.where`.",
    ),
    Hint(
        "NonConcreteBooleanIndexError",
        r"",
        "boolean_mask_index",
        "An array is indexed with a traced boolean mask, so the result's size is not known while "
        "tracing. Use `jnp.where(mask, x, 0)` instead.",
    ),
    Hint(
        "UnexpectedTracerError",
        r"",
        "leaked_tracer",
        "A value from inside a traced function was kept outside of it, in a list, a global or with "
        "`nonlocal`. Hand values on through the carry, the outputs or `return` only.",
    ),
    Hint(
        "TypeError",
        r"unhashable type: '\w*Tracer'",
        "traced_value_as_key",
        "A traced value is used as a dictionary key, in a set or for a cache. It holds no number "
        "yet: keep it in arrays, tuples or dictionary values.",
    ),
    Hint(
        "TypeError",
        r"unsupported format string passed to \w*Tracer",
        "formatting_traced_value",
        "A traced value is formatted as a number while tracing, when it has none yet. Remove the "
        "print.",
    ),
)

_ARRAYS = (
    Hint(
        "TypeError",
        r"JAX arrays are immutable",
        "array_assignment",
        "JAX arrays cannot be changed in place. Make a changed copy with `x = x.at[i].set(value)`, "
        "or carry the value through the loop.",
    ),
    Hint(
        "TypeError",
        r"iteration over a 0-d array|len\(\) of unsized object",
        "scalar_as_sequence",
        "A scalar is unpacked, looped over or measured. It has no axis: use it as it is.",
    ),
    Hint(
        "IndexError",
        r"Too many indices",
        "too_many_indices",
        "An array is indexed with more indices than it has axes. Inside a scan the first axis is "
        "already gone: the body sees one row.",
    ),
    Hint(
        "*",
        r"Incompatible shapes for broadcasting|contracting dimensions to have the same shape"
        r"|cannot reshape array|got incompatible shapes",
        "shapes_do_not_fit",
        "The shapes of two arrays do not fit together, or one cannot be reshaped as asked. Print "
        "`x.shape` of each while tracing, and check what the body of a scan is given.",
    ),
    Hint(
        "TypeError",
        r"not a valid JAX type",
        "not_an_array",
        "Something that is not an array or a number reached JAX, such as a string, a range, a zip "
        "or another Python object. Pass arrays, or tuples, lists and dicts of arrays.",
    ),
)

_PYTHON = (
    Hint(
        "NotImplementedError",
        r"^$|TODO",
        "not_written_yet",
        "You have not written it yet: the function still raises NotImplementedError. Replace that "
        "line with your program.",
    ),
    Hint(
        "NameError",
        r"name '(jax|jnp|np|lax|partial)' is not defined",
        "missing_import",
        "A module is used that the file does not import. Put the import at the top, such as "
        "`import jax`, `import jax.numpy as jnp` or `from jax import lax`.",
    ),
    Hint(
        "NameError",
        r"is not defined",
        "undefined_name",
        "A name is used that is defined nowhere in the file. Check its spelling and the imports.",
    ),
    Hint(
        "UnboundLocalError",
        r"",
        "name_read_before_assignment",
        "A variable is read before it has a value in this function. Assigning to a name makes it "
        "local: in a scan's body, take the value from the carry and return the new one.",
    ),
    Hint(
        "ModuleNotFoundError",
        r"",
        "module_not_available",
        "The file imports a module that the judge does not have. JAX, NumPy and Python's standard "
        "library are there.",
    ),
    Hint(
        "ImportError",
        r"cannot import name",
        "import_name",
        "A module has nothing of the name that the file imports. Check the spelling.",
    ),
    Hint(
        "AttributeError",
        r"module 'jax(\.numpy)?' has no attribute 'scan'",
        "scan_is_in_lax",
        "scan is not there; it is `jax.lax.scan`.",
    ),
    Hint(
        "AttributeError",
        r"module '[\w.]+' has no attribute",
        "module_has_no_such_function",
        "The module has nothing of that name. Check the spelling, and in which module it is: "
        "`jax`, `jax.numpy` or `jax.lax`.",
    ),
    Hint(
        "AttributeError",
        r"'(tuple|list|dict)' object has no attribute",
        "container_as_array",
        "A tuple, list or dict is used as if it were an array. Unpack it first: lax.scan returns "
        "the pair (final carry, outputs), and gives its body a tuple when a tuple is scanned.",
    ),
    Hint(
        "AttributeError",
        r"Tracer(' object)? has no attribute",
        "array_has_no_such_method",
        "JAX arrays have no attribute of that name. Look for a function in `jax.numpy` instead.",
    ),
    Hint(
        "RecursionError",
        r"",
        "endless_recursion",
        "A function calls itself without end. Express repetition with lax.scan.",
    ),
    Hint(
        "FileNotFoundError",
        r"",
        "no_files",
        "The submission asks for a file that is not there. It is given no files: everything it "
        "needs comes in its arguments.",
    ),
    Hint(
        "PermissionError",
        r"",
        "not_permitted",
        "The submission did something that is not permitted, such as writing a file, opening a "
        "connection or starting a program. It needs none of these.",
    ),
)

GENERAL = (*_BODY, *_CALLS, *_TRACING, *_ARRAYS, *_PYTHON)


def advice(failure: Failure, hints: Sequence[Hint] = ()) -> Hint | None:
    """The first hint that fits what a submission raised: the problem's own, then the general."""
    name = failure.error.rpartition(".")[2]
    for hint in (*hints, *GENERAL):
        if (
            hint.error in ("*", name)
            and hint.stage in ("", failure.stage)
            and re.search(hint.match, failure.message)
        ):
            return hint
    return None
