"""Hints on errors of Python itself, and of what the box has."""

from __future__ import annotations

from graders.rubric import Hint

HINTS: tuple[Hint, ...] = (
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
        r"module 'jax' has no attribute 'tree_",
        "tree_functions_moved",
        "The functions on trees have moved: write `jax.tree.map`, `jax.tree.leaves` and so on.",
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
        "KeyError",
        r"",
        "no_such_key",
        "A dict has no such key. Check the spelling, and the names that the statement gives.",
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
