"""Every command shown in the README and in docs/ runs, and ends as it is said to."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ANSWER = ROOT / "submissions" / "scan_training_step" / "accepted" / "grad.py"
_BLOCK = re.compile(r"^```(console|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"^\(exit code (\d+)\)$")


@dataclass
class Command:
    text: str
    exit_code: int = 0


def commands(page: Path) -> Iterator[Command]:
    """The commands of a page; a line `(exit code N)` says how the last one ends."""
    last: Command | None = None
    for kind, body in _BLOCK.findall(page.read_text("utf-8")):
        for line in body.splitlines() if kind == "console" else ():
            ended = _EXIT.match(line)
            if ended and last is not None:
                last.exit_code = int(ended.group(1))
            elif line.startswith("$ "):
                if last is not None:
                    yield last
                last = Command(line[2:])
    if last is not None:
        yield last


def make_targets(page: Path) -> list[str]:
    """The make targets a page tells its reader to run."""
    return re.findall(r"(?:^|`)make ([a-z]+)\b", page.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_run(page: Path, tmp_path: Path, cache_folder: Path) -> None:
    if page.name != "README.md":
        shutil.copy(ANSWER, tmp_path / "my.py")
    bin_folder = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "JAXJUDGE_CACHE": str(cache_folder),
    }
    for command in commands(page):
        run = subprocess.run(
            command.text, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert run.returncode == command.exit_code, f"$ {command.text}\n{run.stdout}{run.stderr}"
        assert "Traceback" not in run.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page: Path) -> None:
    for target in make_targets(page):
        run = subprocess.run(
            ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True
        )
        assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if not link.startswith(("http://", "https://")):
            assert (page.parent / link).exists(), link
