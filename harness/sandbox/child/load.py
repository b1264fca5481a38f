"""Loads a submission by path, under a module name of its own, and finds its function."""

from __future__ import annotations

import difflib
import inspect
import sys
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, cast

from graders.subject import FailureKind

_numbers = count(1)


@dataclass(slots=True)
class Refusal(Exception):
    """The submission cannot be asked for a program; `kind` says why."""

    kind: FailureKind
    message: str


def load(path: str) -> types.ModuleType:
    """Run the file as a fresh module; whatever it raises is the submission's."""
    name = f"submission_{next(_numbers)}"
    module = types.ModuleType(name)
    module.__file__ = path
    sys.modules[name] = module
    code = compile(Path(path).read_bytes(), path, "exec", dont_inherit=True)
    exec(code, module.__dict__)
    return module


def find(module: types.ModuleType, entry: str, arguments: Sequence[str]) -> Callable[..., Any]:
    """The entry point; raises `Refusal` when it is missing or cannot take the arguments."""
    function = vars(module).get(entry)
    if function is None:
        raise Refusal(FailureKind.MISSING_FUNCTION, _missing(module, entry))
    if not callable(function):
        kind = type(function).__name__
        raise Refusal(FailureKind.MISSING_FUNCTION, f"{entry} is not a function but a {kind}")
    wanted = f"{entry}({', '.join(arguments)})"
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError):
        return cast(Callable[..., Any], function)
    try:
        signature.bind(*arguments)
    except TypeError as error:
        text = f"expected {wanted}, found {entry}{signature}: {error}"
        raise Refusal(FailureKind.SIGNATURE, text) from None
    return cast(Callable[..., Any], function)


def _missing(module: types.ModuleType, entry: str) -> str:
    names = [name for name, value in vars(module).items() if callable(value)]
    near = difflib.get_close_matches(entry, names, 1)
    found = f"; did you mean to call {near[0]} that?" if near else ""
    return f"the file defines no function {entry}{found}"
