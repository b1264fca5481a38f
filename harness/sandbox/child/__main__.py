"""The warm parent: imports JAX, goes into the box, and forks one child for each launch it is told.

Its arguments are the descriptor of the control socket, the strongest isolation wanted, a folder for
the root of the box, and whether to import beforehand what only some submissions need.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from harness.sandbox.cgroups import Groups
from harness.sandbox.child import confine, namespaces, visible
from harness.sandbox.child.confine import Level


def main() -> None:
    """Prepare, then serve launches until the judge hangs up.

    That is also how it learns of the judge's end: the system's own signal would come when the
    thread ends that started it.
    """
    control = socket.socket(fileno=int(sys.argv[1]))
    level, folder, warm = Level[sys.argv[2].upper()], Path(sys.argv[3]), sys.argv[4] == "warm"
    from harness.sandbox.child import nursery, preload

    if warm:
        preload.preload()
    gc.collect()
    gc.freeze()
    plan = confine.make_plan(level)
    paths = visible.paths()
    groups = Groups.open() if plan.cgroups else None
    if plan.namespaces:
        namespaces.enter()
        _fork_into_namespaces(control)
        _build_root(folder, paths)
    preload.list_packages()
    nursery.serve_launches(control, plan, paths, groups)


def _build_root(folder: Path, paths: Sequence[Path]) -> None:
    """Go to live in a root inside the folder; end where the judge has ended and taken it along."""
    try:
        (folder / "root").mkdir()
        namespaces.build_root(folder / "root", paths)
    except OSError:
        if folder.exists():
            raise
        sys.exit(0)


def _fork_into_namespaces(control: socket.socket) -> None:
    """Go on in a child, the first process of the new namespace; end with it."""
    pid = os.fork()
    if pid == 0:
        confine.die_with_parent()
        return
    control.close()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _, status = os.waitpid(pid, 0)
    os._exit(abs(os.waitstatus_to_exitcode(status)) & 0xFF)


if __name__ == "__main__":
    main()
