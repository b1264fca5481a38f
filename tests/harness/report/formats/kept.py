"""Whole documents, kept in `golden/`, that renderers are held to.

`JAXJUDGE_GOLDEN=write python -m pytest tests/harness/report/formats` writes them anew. Look at
every file that changed, as a user of the format would, before it is kept.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check(name: str, text: str) -> None:
    """Hold a rendered document against the file of that name, or write the file."""
    path = FOLDER / name
    if os.environ.get("JAXJUDGE_GOLDEN") == "write":
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8"), f"{name} differs: see {__name__} for how to rewrite it"
