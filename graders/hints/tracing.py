"""Hints on using traced values where Python needs numbers."""

from __future__ import annotations

from graders.rubric import Hint

HINTS: tuple[Hint, ...] = (
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
