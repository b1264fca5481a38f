"""What is said in pytest's reports: the judge's own, and why there is none."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from harness import console
from harness.errors import JudgeError, MachineError
from harness.report import terminal

if TYPE_CHECKING:
    from harness.report.document import Report


def rendered(report: Report, config: pytest.Config) -> str:
    """A report as pytest would write it: in colours where pytest itself uses them."""
    look = console.look(sys.__stdout__, os.environ)
    colour = _coloured(config)
    text = terminal.render(report, colour=colour, width=look.width, ascii=look.ascii)
    return text.rstrip("\n")


def fault(error: JudgeError) -> str:
    """Why something could not be judged, and who has to see to it."""
    if isinstance(error, MachineError):
        return f"This machine failed, not what was to be judged: {error}"
    return str(error)


def failure(text: str) -> BaseException:
    """What to raise so that a test fails with just this text."""
    return pytest.fail.Exception(text, pytrace=False)


def _coloured(config: pytest.Config) -> bool:
    """Whether pytest writes colours: not in a worker, and none that would end up in a file."""
    has_terminal = config.pluginmanager.has_plugin("terminalreporter")
    written = config.getoption("xmlpath", None)
    return has_terminal and not written and config.get_terminal_writer().hasmarkup
