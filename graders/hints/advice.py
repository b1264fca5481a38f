"""Finds the advice for what a submission raised, and for how else it ended.

The patterns are searched in the messages of JAX 0.10 to 0.12 and of Python 3.11 and later. Each
message says what the mistake is and what to change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graders.hints import arrays, body, calls, python, tracing
from graders.rubric import Hint
from graders.subject import Failure, FailureKind

GENERAL = (*body.HINTS, *calls.HINTS, *tracing.HINTS, *arrays.HINTS, *python.HINTS)
_SEARCHED = 2000

_ENDINGS: Mapping[FailureKind, str] = {
    FailureKind.SOURCE: "Hand in one file of Python text that defines the function asked for.",
    FailureKind.MISSING_FUNCTION: (
        "Define the function at the top level of the file, under exactly the name asked for."
    ),
    FailureKind.SYNTAX: "Python cannot read the file: mend that line, or the one before it.",
    FailureKind.SIGNATURE: (
        "Give the function the arguments of the statement, in that order; others may only follow "
        "with defaults."
    ),
    FailureKind.EXITED: (
        "The file ended the process: take out `sys.exit()`, `exit()` and `quit()`, and keep code "
        'that runs a program under `if __name__ == "__main__":`.'
    ),
    FailureKind.CRASHED: (
        "The process was killed from within, by a crash in native code or a signal. Use JAX and "
        "NumPy only."
    ),
    FailureKind.REFUSED: (
        "The judge runs submissions without files, network, other programs or other processes; "
        "compute with JAX only."
    ),
    FailureKind.TIME: (
        "Look for a loop that does not end: in Python while the function is traced, or in "
        "`lax.while_loop`, `fori_loop` or nested scans when it runs."
    ),
    FailureKind.MEMORY: (
        "Look for an array or list that is far larger than the batches; the work can be done row "
        "by row. A Python loop that does not end while the function is traced fills memory too."
    ),
    FailureKind.OUTPUT: "Take out the `print` calls: one in a loop can fill a disk.",
}


def advice(failure: Failure, hints: Sequence[Hint] = ()) -> Hint | None:
    """The first hint that fits what a submission raised: the problem's own, then the general."""
    name = failure.error.rpartition(".")[2]
    for hint in (*hints, *GENERAL):
        if (
            hint.error in ("*", name)
            and hint.stage in ("", failure.stage)
            and re.search(hint.match, failure.message[:_SEARCHED])
        ):
            return hint
    return None


def advice_text(failure: Failure, hints: Sequence[Hint] = ()) -> str:
    """What a learner can do about a failure; empty when there is nothing to say."""
    found = advice(failure, hints)
    return found.message if found else _ENDINGS.get(failure.kind, "")
