"""The commands for those who write problems."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harness.menu import problem_ids

if TYPE_CHECKING:
    from harness.problem.library import Library
    from harness.problem.scaffold import Scaffold


@click.command(short_help="Begin a problem of your own.")
@click.argument("problem_id", metavar="ID")
@click.option(
    "--extends",
    "base",
    shell_complete=problem_ids,
    metavar="ID",
    help="Begin with a variant of this problem. Default: with a small exercise to be replaced.",
)
@click.option(
    "--into",
    type=click.Path(),
    default="problems",
    show_default=True,
    metavar="FOLDER",
    help="Your folder of problems; its samples are in `submissions` beside it.",
)
def new(problem_id: str, base: str | None, into: str) -> None:
    """Write a problem ID that can be graded as it is, and say how to go on.

    \b
    Examples:
      jaxjudge new my_problem
      jaxjudge new short_run --extends scan_training_step
      jaxjudge new short_run --extends scan_training_step --into course/problems

    Nothing that exists is changed, and all is written or nothing.
    """
    from harness import console, files
    from harness.errors import UsageError
    from harness.problem import scaffold
    from harness.problem.library import standard_library

    library = standard_library()
    if problem_id in library.ids():
        raise UsageError(f"there is a problem {problem_id} in {library.folder(problem_id).parent}")
    if base is None:
        plan = scaffold.fresh(problem_id)
    else:
        plan = scaffold.variant(problem_id, library.load(base), library.samples(base))
    root = _resolved(into)
    package, samples = root / problem_id, root.parent / "submissions" / problem_id
    files.write_folders({package: plan.package, samples: plan.samples})
    console.write(_next_steps(package, samples, plan, library))


def _resolved(folder: str) -> Path:
    from harness.errors import UsageError
    from harness.files import reason

    try:
        return Path(folder).resolve()
    except (OSError, RuntimeError) as error:  # the latter for links that lead in a circle
        raise UsageError(f"cannot write {folder}: {reason(error)}") from None


def _next_steps(package: Path, samples: Path, plan: Scaffold, library: Library) -> str:
    from harness.files import displayed
    from harness.problem.library import VARIABLE
    from harness.problem.scaffold import LABELS

    id, root = package.name, package.parent
    here = {path: shlex.quote(displayed(path)) for path in (package, samples)}
    lines = [f"Wrote {here[package]} and {here[samples]}. All of it can be graded as it is.", ""]
    if missing := set(LABELS) - {Path(name).parent.name for name in plan.samples}:
        lines += [f"No sample to begin with was found for {' and '.join(sorted(missing))}.", ""]
    if root not in library.roots:
        more = f":${VARIABLE}" if os.environ.get(VARIABLE) else ""
        lines += ["Say where your problems are, once in each shell:"]
        lines += [f"  export {VARIABLE}={shlex.quote(str(root))}{more}", ""]
    lines += [
        "Edit the files, and see what learners see and what answers get:",
        f"  jaxjudge show {id}",
        f"  jaxjudge submit {here[package]}/reference.py --problem {id}",
        f"  jaxjudge grade {here[samples]} --problem {id}",
    ]
    return "\n".join(lines) + "\n"
