"""Preloading imports what submissions use, and starts neither a device nor a thread."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from harness.sandbox.parent import environment

_SCRIPT = """
import json, sys, threading
from harness.sandbox.child import preload
preload.preload()
from jax._src import xla_bridge
print(json.dumps({
    "modules": sorted(sys.modules),
    "threads": threading.active_count(),
    "tasks": len(__import__("os").listdir("/proc/self/task")) if sys.platform == "linux" else 1,
    "backends": bool(xla_bridge._backends),
    "judge": [name for name in sys.modules if name.startswith(("graders", "harness.judge"))],
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
