"""Hints on shapes, dtypes and indexing."""

from __future__ import annotations

from graders.rubric import Hint

HINTS: tuple[Hint, ...] = (
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
