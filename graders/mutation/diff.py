"""A mutant beside the reference, as the lines in which they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from graders.jaxpr.model import Program
from graders.jaxpr.names import name
from graders.jaxpr.show import show

CONTEXT = 1


def diff(
    reference: Program, mutant: Program, arguments: Sequence[str] = (), context: int = CONTEXT
) -> tuple[str, ...]:
    """Lines of the reference behind a minus, of the mutant behind a plus, and some around them.

    What both programs share has one name in both, so that only what was changed differs.
    `arguments` are names for the inputs. There is nothing to show of programs that read the same.
    """
    names = name(reference, arguments)
    old = [str(line) for line in show(reference, names=names)]
    new = [str(line) for line in show(mutant, names=name(mutant, known=names))]
    return tuple(_lines(old, new, context))


def _lines(old: Sequence[str], new: Sequence[str], context: int) -> Iterator[str]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for number, group in enumerate(matcher.get_grouped_opcodes(context)):
        yield from ["  ..."] if number else []
        for kind, first, last, start, end in group:
            if kind == "equal":
                yield from (f"  {line}" for line in old[first:last])
                continue
            yield from (f"- {line}" for line in old[first:last])
            yield from (f"+ {line}" for line in new[start:end])
