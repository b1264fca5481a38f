"""What a learner starts from: the author's file, one taken over, or one made from the rubric."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from harness.problem.diagnostics import Diagnostics
from harness.problem.lenient import table, tables
from harness.problem.package import Package, Source, read_source
from harness.problem.tree import plain

_WIDTH = 100


def find(package: Package, diagnostics: Diagnostics) -> Source | None:
    """The starter written for a package, or for one it extends that has the same signature.

    None when there is none; if no mistake was reported then, one is to be generated.
    """
    own = read_source(package.folder / "starter.py", diagnostics, not package.partial)
    if own is not None:
        return own
    for base in package.bases():
        if _face(base) == _face(package):
            found = read_source(base.folder / "starter.py", diagnostics, required=False)
            if found is not None:
                return found
    return None


def _face(package: Package) -> object:
    """All of a rubric that a starter depends on; ranges are not among it."""
    raw = {} if package.rubric is None else plain(package.rubric)
    arguments = [
        {key: value for key, value in argument.items() if key != "range"}
        for _, argument in tables(raw, "arguments")
    ]
    return raw.get("entry"), arguments, raw.get("result")


def generate(raw: Mapping[str, Any]) -> str:
    """A starter for a rubric: the signature, a docstring and an error that says what to do."""
    entry, summary = raw["entry"], _quoted(raw["summary"])
    arguments = [argument for _, argument in tables(raw, "arguments")]
    described = [f"        {a['name']}: {_described(a)}." for a in arguments]
    lines = [
        f'"""{_quoted(raw["title"])}"""',
        "",
        "import jax",
        "",
        "",
        *_signature(entry, [_annotated(argument) for argument in arguments]),
        f'    """{summary}',
        "",
        "    Args:",
        *described,
        "",
        "    Returns:",
        f"        {_described(table(raw, 'result'))}.",
        '    """',
        f'    raise NotImplementedError("TODO: write {entry}")',
    ]
    return "\n".join(lines) + "\n"


def _signature(entry: str, parameters: list[str]) -> Iterator[str]:
    """The `def`, on one line if it fits, else as a formatter would break it."""
    line = f"def {entry}({', '.join(parameters)}) -> jax.Array:"
    if len(line) <= _WIDTH:
        yield line
        return
    yield f"def {entry}("
    inner = f"    {', '.join(parameters)}"
    yield from [inner] if len(inner) <= _WIDTH else [f"    {part}," for part in parameters]
    yield ") -> jax.Array:"


def _annotated(argument: Mapping[str, Any]) -> str:
    array = isinstance(argument.get("dtype"), str)
    return f"{argument['name']}: jax.Array" if array else str(argument["name"])


def _described(array: Mapping[str, Any]) -> str:
    shape, dtype = array.get("shape"), array.get("dtype")
    if not (isinstance(shape, list) and isinstance(dtype, str)):
        return "see the statement"
    comma = "," if len(shape) == 1 else ""
    return f"{dtype}, shape ({', '.join(map(str, shape))}{comma})"


def _quoted(text: str) -> str:
    """One line of text as it can stand in a docstring."""
    line = "".join(char if char.isprintable() else " " for char in text.strip())
    return line.replace("\\", "\\\\").replace('"', '\\"')
