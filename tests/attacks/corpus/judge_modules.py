"""Look for the judge's own modules, and import the rest."""
# expect: accepted
# then: honest
# levels: strict, basic

import importlib
import sys

for name in ("graders.bank", "graders.grade", "graders.numeric", "harness.engine", "harness.bank"):
    if name in sys.modules:
        print("GOT", name)
    try:
        importlib.import_module(name)
    except Exception:
        continue
    print("GOT", name)
