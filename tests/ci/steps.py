"""Runs the shell steps of an action or a workflow as the runner does."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")


def run(
    steps: Sequence[Mapping[str, Any]],
    values: Mapping[str, str],
    environ: Mapping[str, str],
    folder: Path,
) -> list[subprocess.CompletedProcess[str]]:
    """What each step that is a script did, up to the first that failed.

    `values` are those of the expressions in their `env`, by what stands between the braces.
    """
    done: list[subprocess.CompletedProcess[str]] = []
    for step in steps:
        if "run" not in step:
            continue
        own = {name: _filled(text, values) for name, text in step.get("env", {}).items()}
        done.append(
            subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=folder,
                env={**environ, **own},
                capture_output=True,
                text=True,
                check=False,
            )
        )
        if done[-1].returncode:
            break
    return done


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda found: values[found[1].strip()], text)


def scripts(document: Any) -> list[str]:
    """The scripts of all steps in a document, wherever they are."""
    if isinstance(document, Mapping):
        own = [document["run"]] if isinstance(document.get("run"), str) else []
        return own + [text for value in document.values() for text in scripts(value)]
    if isinstance(document, list):
        return [text for item in document for text in scripts(item)]
    return []
