"""Draws `docs/verdict.svg`: the report on a wrong answer, as a terminal shows it.

Run with `python docs/picture.py`.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = "submissions/scan_training_step/wrong_answer/stale_weight.py"
WIDTH = 84


def main() -> None:
    """Judge the sample and write the picture."""
    command = [sys.executable, "-m", "harness", "submit", SAMPLE]
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH)}
    shown = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=False
    ).stdout
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi("$ jaxjudge submit my.py\n" + shown.replace(SAMPLE, "my.py")))
    svg = console.export_svg(title="jaxjudge")
    (ROOT / "docs" / "verdict.svg").write_text(svg)


if __name__ == "__main__":
    main()
