"""The shape of the project, held by parsing its imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# A module imports only from floors above its own in this table (lower in the building), or, on its
# own floor, from one that stands before it. `package.*` stands for all modules of a package.
FLOORS = (
    # What things are.
    ("graders.verdict", "graders.wording", "graders.jaxpr.model", "graders.subject"),
    ("graders.form", "graders.rubric", "graders.steps"),
    ("graders.jaxpr.wireform", "graders.jaxpr.arithmetic", "graders.numeric"),
    # What one can ask of a program.
    ("graders.jaxpr.control", "graders.jaxpr.encode", "graders.jaxpr.decode"),
    ("graders.jaxpr.names", "graders.jaxpr.wording", "graders.jaxpr.show"),
    ("graders.jaxpr.rules.rule", "graders.jaxpr.rules.logic", "graders.jaxpr.rules.shape"),
    ("graders.jaxpr.rules.reduction", "graders.jaxpr.rules.windows"),
    ("graders.jaxpr.rules.contraction", "graders.jaxpr.rules.*"),
    ("graders.jaxpr.rules.table",),
    ("graders.jaxpr.batching", "graders.jaxpr.loops", "graders.jaxpr.steps"),
    ("graders.jaxpr.folds", "graders.jaxpr.interpret", "graders.jaxpr.many"),
    ("graders.jaxpr.inline", "graders.jaxpr.normalize", "graders.jaxpr.dataflow"),
    ("graders.inputs", "graders.probe", "graders.paths", "graders.barred"),
    ("graders.swap", "graders.trial", "graders.mutation.*"),
    ("graders.slips.spots", "graders.slips.*", "graders.slips.slip", "graders.slips.repair"),
    ("graders.hints.*", "graders.hints.advice"),
    # One grader a file.
    (
        "graders.bank",
        "graders.correctness",
        "graders.domain",
        "graders.mutants",
        "graders.diagnosis",
        "graders.imitation",
        "graders.remedy",
        "graders.trajectory",
        "graders.explain",
    ),
    ("graders.growth", "graders.scanrule", "graders.looprule", "graders.rematrule"),
    ("graders.structure",),
    ("graders.grade", "graders.view"),
    # Effects that know nothing of each other.
    ("harness.errors", "harness.facts", "harness.cache", "harness.files", "harness.urls"),
    ("harness.verification", "harness.sight"),
    ("harness.grading.tally",),
    ("harness.problem.*", "harness.sandbox.*", "harness.report.*"),
    # The doors.
    ("harness.debug",),
    ("harness.bank", "harness.variants", "harness.slips", "harness.repairs", "harness.mistakes"),
    ("harness.doctor", "harness.engine"),
    ("harness.grading.terms", "harness.grading.question", "harness.grading.collect"),
    ("harness.grading.mark", "harness.grading.secret", "harness.grading.store"),
    ("harness.grading.kept",),
    ("harness.grading.hand", "harness.grading.crew", "harness.grading.worker"),
    ("harness.console", "harness.answer"),
    ("harness.reporting.request", "harness.reporting.target", "harness.reporting.reports"),
    ("harness.menu", "harness.submitting", "harness.grading.command"),
    ("harness.session", "harness.judge"),
    ("harness.preview", "harness.explaining", "harness.comparing"),
    ("harness.verifying.mutation", "harness.verifying.verify", "harness.verifying.command"),
    ("harness.packing.wheel", "harness.packing.gradescope", "harness.delivery"),
    # The client of a server.
    ("harness.remote.address", "harness.remote.kept"),
    ("harness.remote.exchange", "harness.remote.client", "harness.remote.shapes"),
    ("harness.remote.progress", "harness.remote.connecting", "harness.remote.*"),
    ("harness.remote.handing",),
    # The server, from the store up.
    ("harness.log",),
    (
        "harness.store.types",
        "harness.store.metadata",
        "harness.store.people",
        "harness.store.tables",
    ),
    ("harness.store.upsert", "harness.store.paging"),
    ("harness.store.*", "harness.store.migrate", "harness.store.backup"),
    (
        "harness.work.bench",
        "harness.work.*",
        "harness.work.process",
        "harness.work.supervisor",
    ),
    ("harness.web.pulse", "harness.web.site", "harness.web.call"),
    ("harness.web.security.watcher", "harness.web.security.*", "harness.web.doors"),
    ("harness.web.meter", "harness.web.journal"),
    ("harness.web.teaching", "harness.web.submitting"),
    ("harness.web.gradebook", "harness.web.rejudges", "harness.web.pages.agents"),
    ("harness.web.pages.rendering", "harness.web.answers"),
    (
        "harness.web.probes",
        "harness.web.api.*",
        "harness.web.pages.*",
        "harness.web.app",
        "harness.web.listening",
        "harness.web.service",
    ),
    ("harness.commands.options", "harness.commands.*"),
    ("harness.testing.running", "harness.testing.*", "harness.testing.plugin"),
    ("harness.cli", "harness.__main__"),
)
SIBLINGS = ("harness.problem", "harness.sandbox", "harness.report")
WHOLE = {"attacks", "chaos", "ci", "fuzz"}  # tests of the judge as a whole
LONGEST = {"graders": 300, "harness": 300, "problems": 300, "template": 300, "tests": 400}  # lines
PURE = {"numpy", "hypothesis"}
HEAVY = {"jax", "jaxlib", "hypothesis", "pydantic", "rich", "numpy", "httpx2"}
TOOLS = (
    *("click", "hypothesis", "hypothesis.strategies", "jax", "numpy", "pydantic", "rich"),
    *("alembic.command", "argon2", "httpx2", "jinja2", "prometheus_client", "psycopg"),
    *("sqlalchemy.dialects.postgresql", "starlette.applications", "structlog", "uvicorn"),
)


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {
    _name(path): path
    for package in ("graders", "harness")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts  # Alembic runs them, and they are never changed again
}
MODULES = {name: path for name, path in FILES.items() if path.name != "__init__.py"}


def _imported(name: str) -> Iterator[str]:
    """What a module imports anywhere in its code, for its types only as well."""
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno} imports relatively"
            assert node.module is not None
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in FILES else node.module


IMPORTS = {name: set(_imported(name)) for name in MODULES}
OWN = {name: {target for target in found if target in FILES} for name, found in IMPORTS.items()}


def _place(module: str) -> tuple[int, int]:
    """Floor and position of a module; the longest entry that fits it counts."""
    fitting = [
        (len(entry), floor, position)
        for floor, row in enumerate(FLOORS)
        for position, entry in enumerate(row)
        if entry == module or (entry.endswith(".*") and module.startswith(entry[:-1]))
    ]
    assert fitting, f"{module} stands on no floor: give it a place in FLOORS"
    _, floor, position = max(fitting)
    return floor, position


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_from_lower_floors(name: str) -> None:
    packages = [entry[:-1] for row in FLOORS for entry in row if entry.endswith(".*")]
    for target in OWN[name]:
        together = any(name.startswith(p) and target.startswith(p) for p in packages)
        if not (together and _place(name) == _place(target)):
            assert _place(target) < _place(name), f"{name} imports {target}"


def test_every_place_on_a_floor_is_taken() -> None:
    empty = [
        entry
        for row in FLOORS
        for entry in row
        if not any(fnmatchcase(module, entry) for module in MODULES)
    ]
    assert empty == []


def test_siblings_do_not_import_each_other() -> None:
    def family(module: str) -> str | None:
        return next((s for s in SIBLINGS if module == s or module.startswith(f"{s}.")), None)

    crossing = [
        (name, target)
        for name, targets in OWN.items()
        for target in targets
        if family(name) and family(target) and family(name) != family(target)
    ]
    assert crossing == []


def test_no_module_imports_itself_in_a_circle() -> None:
    TopologicalSorter(OWN).prepare()  # raises CycleError, which names the circle


def test_the_graders_import_only_the_standard_library_numpy_and_hypothesis() -> None:
    allowed = {"graders", *PURE, *sys.stdlib_module_names}
    impure = ("os", "pathlib", "socket", "subprocess", "tempfile", "threading", "time", "shutil")
    for name, targets in IMPORTS.items():
        if name.startswith("graders."):
            tops = {target.split(".")[0] for target in targets}
            assert tops <= allowed, name
            assert tops.isdisjoint(impure), name


def test_only_the_child_knows_jax() -> None:
    knowing = {
        name
        for name, targets in IMPORTS.items()
        if {target.split(".")[0] for target in targets} & {"jax", "jaxlib"}
    }
    assert knowing
    assert all(name.startswith("harness.sandbox.child.") for name in knowing), knowing


def test_nothing_outside_imports_from_the_child() -> None:
    for name, targets in OWN.items():
        if not name.startswith("harness.sandbox.child."):
            assert not {t for t in targets if t.startswith("harness.sandbox.child")}, name


def test_a_package_is_a_docstring() -> None:
    for name in FILES.keys() - MODULES.keys():
        tree = ast.parse(FILES[name].read_text("utf-8"))
        assert ast.get_docstring(tree), name
        assert len(tree.body) == 1, name


def test_every_folder_of_modules_is_a_package() -> None:
    for path in MODULES.values():
        assert (path.parent / "__init__.py").is_file(), path


def test_files_are_short() -> None:
    long = {
        path.relative_to(ROOT).as_posix()
        for folder, longest in LONGEST.items()
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
        if len(path.read_text("utf-8").splitlines()) > longest
    }
    assert long == set()


def test_the_folders_of_the_tests_are_those_of_the_code() -> None:
    code = {path.parent.relative_to(ROOT) for path in FILES.values()}
    tests = {path.parent.relative_to(ROOT / "tests") for path in ROOT.glob("tests/*/**/test_*.py")}
    assert tests
    assert {folder for folder in tests - code if folder.parts[0] not in WHOLE} == set()


_LONE = f"""
import os, sys
import {", ".join(TOOLS)}
failed = []
for name in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        try:
            __import__(name)
        except BaseException as error:
            print(name, type(error).__name__, error, flush=True)
            os._exit(1)
        os._exit(0)
    failed.append(os.waitpid(child, 0)[1])
assert not any(failed)
"""


def test_every_module_can_be_the_first_one_imported() -> None:
    command = [sys.executable, "-c", _LONE, *FILES]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout


def test_the_command_line_starts_without_what_is_slow_to_import() -> None:
    program = "import sys, harness.cli; print(*sys.modules)"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert HEAVY.isdisjoint(done.stdout.split())
