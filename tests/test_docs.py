"""Every command shown in the README and in docs/ runs, and ends as it is said to."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.engine import Engine
from harness.problem.library import Library
from tests.ci.offline import Offline
from tests.harness.remote.running import running

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ANSWER = ROOT / "submissions" / "scan_training_step" / "accepted" / "grad.py"
SERVER = "https://judge.example.org"
_BLOCK = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"(?:# |<!-- |// )([\w./-]*\.\w+)(?: -->)?\n")
_EXIT = re.compile(r"^\(exit code (\d+)\)$")
_EXPORT = re.compile(r"export (\w+)=(\S+)")


@dataclass(frozen=True)
class Command:
    text: str
    exit_code: int = 0


@dataclass(frozen=True)
class File:
    """What the reader is told to save: a block whose first line is a comment that names it."""

    path: str
    text: str


def steps(page: Path) -> Iterator[Command | File]:
    """What a page tells its reader to do, in order."""
    for _, kind, body in _BLOCK.findall(page.read_text("utf-8")):
        named = _FILE.match(body)
        if kind == "console":
            yield from commands(body)
        elif named:
            yield File(named[1], body[named.end() :])


def commands(block: str) -> list[Command]:
    """The commands of a block; a line `(exit code N)` says how the one before it ends."""
    found: list[Command] = []
    for line in block.splitlines():
        if ended := _EXIT.match(line):
            found[-1] = Command(found[-1].text, int(ended[1]))
        elif line.startswith("$ "):
            found.append(Command(line[2:]))
    return found


def make_targets(page: Path) -> list[str]:
    """The make targets a page tells its reader to run."""
    return re.findall(r"(?:^|`)make ([a-z]+)\b", page.read_text("utf-8"), re.MULTILINE)


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_run(
    page: Path,
    tmp_path: Path,
    cache_folder: Path,
    offline: Offline,
    request: pytest.FixtureRequest,
) -> None:
    if page.name not in ("README.md", "authoring.md"):
        shutil.copy(ANSWER, tmp_path / "my.py")
    bin_folder = Path(sys.executable).parent
    offline.prepare(tmp_path / ".judge")
    environment = {
        **os.environ,
        **offline.environ(cache_folder),
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "XDG_CONFIG_HOME": str(tmp_path / ".config"),
    }
    here = request.getfixturevalue("judge_online") if page.name == "online.md" else SERVER
    for step in steps(page):
        if isinstance(step, File):
            (tmp_path / step.path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / step.path).write_text(step.text)
        elif exported := _EXPORT.fullmatch(step.text):
            value = exported[2].replace("$PWD", str(tmp_path))
            environment[exported[1]] = value.replace(SERVER, here)
        else:
            run = _run(step.text.replace(SERVER, here), tmp_path, environment)
            assert run.returncode == step.exit_code, f"$ {step.text}\n{run.stdout}{run.stderr}"
            assert "Traceback" not in run.stderr
    if (tmp_path / "submissions").is_dir():
        _run("jaxjudge grade submissions -o samples.jsonl", tmp_path, environment)
        reports = map(json.loads, (tmp_path / "samples.jsonl").read_text().splitlines())
        verdicts = {report["submission"]["name"]: report["verdict"] for report in reports}
        assert len(verdicts) > 2
        assert verdicts == {name: Path(name).parent.name for name in verdicts}


@pytest.fixture
def judge_online(tmp_path: Path, built_in: Library, engine: Engine) -> Iterator[str]:
    """The URL of a server, and a token of somebody who has not logged in yet."""
    database = f"sqlite:///{tmp_path / '.judge.db'}"
    with running(database, built_in) as server, server.worker(engine):
        (tmp_path / "token.txt").write_text(server.token("ada", "read", "submit"))
        yield server.url


def _run(text: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        text, shell=True, cwd=folder, env=environment, capture_output=True, text=True
    )


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
