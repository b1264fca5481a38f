"""What children would be put under on this machine, as one line of JSON; does not import JAX."""

from __future__ import annotations

import json

from harness.sandbox.child.confine import Level, make_plan


def main() -> None:
    """Try every mechanism and print level, mechanisms, and why others are missing."""
    plan = make_plan(Level.STRICT)
    level = plan.level.name.lower()
    found = {"level": level, "mechanisms": plan.mechanisms(), "missing": dict(plan.missing)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
