"""An autograder for Gradescope: the judge, one problem, and the two scripts the platform runs."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from importlib.metadata import version
from importlib.resources import files

from graders.verdict import Verdict
from harness.packing.wheel import archive, wheel
from harness.problem.library import Library
from harness.problem.model import Problem

_SCRIPTS = ("setup.sh", "run_autograder")
_PINNED = ("jax", "jaxlib", "numpy", "hypothesis")
_MOST_TELLING = (Verdict.WRONG_ANSWER, Verdict.ACCEPTED)


def autograder(library: Library, problem: Problem, isolation: str, hints: int) -> bytes:
    """The zip file to upload, which grades as this judge does here.

    `isolation` is the weakest to judge under; `hints` is how much help learners get.
    """
    name, content = wheel(library, problem.id)
    extras = ",".join(problem.rubric.requires)
    settings = {
        "problem": problem.id,
        "isolation": isolation,
        "hints": str(hints),
        "wheel": f"{name}[{extras}]" if extras else name,
    }
    scripts = files("harness.packing") / "scripts"
    packed = {
        **{script: (scripts / script).read_bytes() for script in _SCRIPTS},
        "settings": "".join(f"{k}={shlex.quote(v)}\n" for k, v in settings.items()).encode(),
        name: content,
        "constraints.txt": _constraints(problem.rubric.requires),
        "warmup.py": _warmup(library, problem),
    }
    return archive(packed, executable=frozenset(_SCRIPTS))


def _constraints(extras: Sequence[str]) -> bytes:
    """The versions that judge here, so that the same ones judge there."""
    return "".join(f"{name}=={version(name)}\n" for name in (*_PINNED, *extras)).encode()


def _warmup(library: Library, problem: Problem) -> bytes:
    """A submission that has the judge compute, when it is installed, what it keeps."""
    samples = library.samples(problem.id)
    for wanted in _MOST_TELLING:
        for verdict, path in samples:
            if verdict is wanted:
                return path.read_bytes()
    return problem.starter.encode()
