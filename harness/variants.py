"""Many sources as one file, so that they are traced together: a child and a frame for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from graders.imitation import declared
from graders.jaxpr.model import Node, Program, leaves
from graders.jaxpr.normalize import TooLong, normalize, prune
from graders.rubric import Rubric
from graders.subject import Trace

_TOGETHER = 25
T = TypeVar("T")
# One file that is many: what does not run gives None, so that the others are still traced.
_FILE = """
import jax

def _made(source):
    scope = {{"__name__": "variant"}}
    exec(compile(source, "variant", "exec"), scope)
    return scope[{entry!r}]

def _returned(source, arguments):
    try:
        result = _made(source)(*arguments)
        jax.eval_shape(lambda: result)
    except Exception:
        return None
    return result

def {entry}({names}):
    return tuple(_returned(source, ({names},)) for source in {sources!r})
"""


def groups(made: Sequence[T]) -> list[Sequence[T]]:
    """So many at a time as are traced together."""
    return [made[first : first + _TOGETHER] for first in range(0, len(made), _TOGETHER)]


def combined(rubric: Rubric, sources: Sequence[str]) -> bytes:
    """The file whose function returns what that of each source returns, or None where it fails."""
    names = ", ".join(rubric.signature.names)
    return _FILE.format(entry=rubric.entry, names=names, sources=list(sources)).encode()


def separated(rubric: Rubric, traces: Sequence[Trace]) -> list[tuple[Program | None, ...]]:
    """The programs of each source that was combined, one a shape, in normal form.

    None for those that do not run or return what has other types. Nothing if they are too long, or
    are not what such a file returns: a source may have answered in the place of all.
    """
    if not all(isinstance(trace.result, Node) for trace in traces):
        return []
    try:
        parts = [list(_parts(trace, declared(rubric, trace.dimensions))) for trace in traces]
    except TooLong:
        return []
    return list(zip(*parts, strict=True))


def _parts(trace: Trace, right: str) -> Iterator[Program | None]:
    """The programs whose results are returned together; None for those of other types."""
    program = normalize(trace.program)
    assert isinstance(trace.result, Node)
    first, count = 0, len(program.outputs)
    for child in trace.result.children:
        last = first + len(leaves(child))
        wanted = [first <= number < last for number in range(count)]
        yield prune(program, wanted) if str(child) == right else None
        first = last
