"""The bundle that is shipped is the one that was built, and says whose work is in it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[3]
EDITOR = ROOT / "harness" / "web" / "editor"
LICENCES = ROOT / "harness" / "web" / "static" / "editor.LICENSES.txt"


def test_the_bundle_and_its_licences_are_those_that_were_recorded() -> None:
    recorded = [line.split() for line in (EDITOR / "bundle.sha256").read_text("utf-8").splitlines()]
    assert [Path(name).name for _, name in recorded] == ["editor.js", "editor.LICENSES.txt"]
    for expected, name in recorded:
        assert hashlib.sha256((EDITOR / name).read_bytes()).hexdigest() == expected


def test_every_package_is_pinned_and_all_but_the_bundler_bring_their_licence() -> None:
    package = json.loads((EDITOR / "package.json").read_text("utf-8"))
    locked = json.loads((EDITOR / "package-lock.json").read_text("utf-8"))["packages"]
    pinned = package["dependencies"] | package["devDependencies"]
    for name, version in pinned.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    assert all("integrity" in each for path, each in locked.items() if path)
    text = LICENCES.read_text("utf-8")
    for name, version in package["dependencies"].items():
        assert f"{name} {version}\n" in text


def test_a_machine_without_npm_is_told_so(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    assert bash is not None
    command = [bash, str(ROOT / ".ci" / "editor")]
    done = subprocess.run(
        command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert (
        done.stderr
        == "npm, with which the editor is built, is missing: install Node.js 20 or newer\n"
    )
