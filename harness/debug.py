"""Shows where inside the judge something went wrong, to those who ask for it."""

from __future__ import annotations

import os
import sys

VARIABLE = "JAXJUDGE_DEBUG"


def show(error: BaseException) -> None:
    """Write an exception, with all that led to it, to standard error if `JAXJUDGE_DEBUG` is 1."""
    if os.environ.get(VARIABLE) != "1" or sys.stderr is None:
        return
    import traceback

    from harness.report.text import clean

    text = "".join(traceback.format_exception(error))
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(clean(text).encode(encoding, "backslashreplace").decode(encoding))
