"""Preloading imports what submissions use, and starts neither a device nor a thread."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graders.subject import Failure
from harness.sandbox.parent import environment
from tests.harness.sandbox.conftest import Ask, put, started

_SCRIPT = """
import json, sys, threading
from harness.sandbox.child import preload
preload._MODULES = ("a_package_that_is_not_installed", *preload._MODULES)
preload.preload()
from jax._src import xla_bridge
print(json.dumps({
    "modules": sorted(sys.modules),
    "threads": threading.active_count(),
    "tasks": len(__import__("os").listdir("/proc/self/task")) if sys.platform == "linux" else 1,
    "backends": bool(xla_bridge._backends),
    "judge": [name for name in sys.modules if name.startswith(("graders", "harness.engine"))],
}))
"""


def test_preloading(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        capture_output=True,
        check=True,
        timeout=120,
        env={**environment(tmp_path), "PYTHONPATH": str(Path.cwd())},
    )
    found = json.loads(done.stdout)
    assert {"jax.nn", "jax.scipy.stats", "jax.flatten_util"} <= set(found["modules"])
    assert found["threads"] == 1
    assert found["tasks"] == 1
    assert not found["backends"]
    assert found["judge"] == []


_IMPORTS = """\
import sys
known = "optax" in sys.modules
import optax
print(known, optax.__name__)
def f(x):
    return optax.apply_updates(x, -x)
"""


@pytest.mark.parametrize("most", ["none", "basic", "strict"])
def test_a_child_imports_what_is_installed_though_its_parent_has_not(most: str) -> None:
    with started(most) as parent:
        answer = put(parent, _IMPORTS)
    assert not isinstance(answer.runs, Failure), answer.runs
    assert answer.output == ("False optax\n", "", False)


def test_a_child_does_not_import_what_the_box_hides(ask: Ask) -> None:
    answer = ask("import pytest\ndef f(x): return x\n")
    assert (answer.failure.error, answer.failure.stage) == ("ModuleNotFoundError", "load")
