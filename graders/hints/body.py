"""Hints on what the body of a scan takes and returns."""

from __future__ import annotations

from graders.rubric import Hint

HINTS: tuple[Hint, ...] = (
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
        "ValueError",
        r"pytree structure error",
        "trees_differ",
        "`jax.tree.map` was given trees that are built differently. The gradient of `jax.grad` is "
        "built like the argument that it differentiates by, which is the first unless argnums says "
        "otherwise.",
    ),
    Hint(
        "TypeError",
        r"branches must have equal output types|branch outputs must have the same pytree",
        "branches_differ",
        "The branches of a `lax.cond` or `lax.switch` return different types. Make them return the "
        "same structure, shapes and dtypes.",
    ),
)
