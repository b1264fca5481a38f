"""`python -m tests.chaos [--submissions N] [--real N] [--seed S]`: the long form.

On SQLite and on PostgreSQL in turn: many submissions to workers that judge at once, and some to
workers with the real judge, while processes are killed and clocks are set. Ends with 1 if anything
is not as promised.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.chaos.ordeal import Plan, undergo
from tests.postgresql import Cluster, programs


def main() -> None:
    """Undergo all, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=5_000)
    parser.add_argument("--real", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    quick = Plan(asked.submissions, asked.seed, clients=32, workers=4, pause=2.0, harms=20)
    real = Plan(asked.real, asked.seed, workers=2, what="real", pause=5.0, harms=10, lease=5.0)
    plans = [plan for plan in (quick, real) if plan.submissions]
    sound = [tell(plan, kind) for plan in plans for kind in ("sqlite", "postgresql")]
    sys.exit(not all(sound))


def tell(plan: Plan, kind: str) -> bool:
    """Undergo one, print what came of it, and keep its logs where something was wrong."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="jaxjudge-chaos-"))
        os.environ["JAXJUDGE_CACHE"] = str(folder / "cache")
        url, cluster = f"sqlite:///{folder / 'chaos.db'}", None
        if kind == "postgresql":
            found = programs()
            if found is None:
                sys.exit("there is no PostgreSQL here: make postgresql installs it")
            cluster = stack.enter_context(Cluster(found))
            url = cluster.database()
        told = undergo(plan, url, folder, cluster)
    harms = ", ".join(f"{name} {count}" for name, count in sorted(told.harms.items()))
    print(
        f"{kind}, {plan.what}: {plan.submissions} submissions, {told.retries} retries; failed: "
        f"{harms}; {told.lost} judged again; {told.seconds:.0f} s; {len(told.wrong)} wrong",
        flush=True,
    )
    for line in told.wrong[:20]:
        print(f"  {line}")
    if told.wrong:
        print(f"  logs: {folder}", flush=True)
    return not told.wrong


if __name__ == "__main__":
    main()
