"""Hints on calling lax.scan and other functions the wrong way."""

from __future__ import annotations

from graders.rubric import Hint

HINTS: tuple[Hint, ...] = (
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
        r"scan got value with no leading axis",
        "scalar_scanned",
        "A number is scanned, which has no axis to walk along. The third argument of lax.scan is "
        "the scanned arrays; a number of steps is given by name, `length=n`.",
    ),
    Hint(
        "TypeError",
        r"Only scalar arrays can be converted to Python scalars",
        "scan_arguments",
        "A Python number is expected where an array is given, as in `float`, in a function of "
        "`math`, or as the fourth argument of lax.scan, which is the length: it takes all scanned "
        "arrays as one argument, a tuple. `jax.numpy` has the functions of `math` for arrays.",
    ),
    Hint(
        "IndexError",
        r"tuple index out of range",
        "scalar_scanned",
        "Either a scalar is scanned, which has no axis to walk along, or a tuple is indexed beyond "
        "its entries. The body can use a scalar directly, without scanning it.",
    ),
    Hint(
        "ValueError",
        r"(too many|not enough) values to unpack",
        "wrong_number_of_names",
        "The number of names on the left does not fit the value unpacked. The carry has as many "
        "entries as the scan starts from, a batch as many as there are scanned arrays, and "
        "lax.scan returns a pair.",
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
        r"unsupported operand type.*'NoneType'|arguments, got <class 'NoneType'>",
        "none_in_arithmetic",
        "None is used as if it were a number. A function that ends without `return` gives None, "
        "and so does a scan whose body returns None as its output.",
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
