"""An oracle for primitives the interpreter has no rule for: XLA, away from any submission."""

from __future__ import annotations

import os
import select
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from graders.jaxpr.interpret import BudgetExceeded
from graders.jaxpr.model import Array, Equation, Opaque, Program
from graders.jaxpr.wireform import Malformed
from harness.sandbox.folders import remove
from harness.sandbox.limits import ChildLimits
from harness.sandbox.parent import WarmParent
from harness.sandbox.wire import Frame, FrameReader, pack_arrays, unpack_arrays

_CHUNK = 1 << 16


class XlaOracle:
    """Evaluates equations in a child of its own, started at the first question. Close it."""

    def __init__(self, parent: WarmParent, limits: ChildLimits) -> None:
        """An oracle that has not been asked anything."""
        self._parent, self._limits = parent, limits
        self._used: set[str] = set()
        self._number = 0
        self._pipes: tuple[int, int] | None = None
        self._folder: Path | None = None
        self._deadline = 0.0

    def evaluate(self, equation: Equation, inputs: Sequence[Array]) -> tuple[Array, ...]:
        """Results of one equation, in float64.

        Raises `LookupError` when XLA cannot be asked for it, `BudgetExceeded` when it took longer
        than a submission may.
        """
        types, payload = pack_arrays([np.asarray(value) for value in inputs])
        header = {
            "kind": "evaluate",
            "primitive": equation.primitive,
            "params": {key: _plain(value) for key, value in equation.params.items()},
            "types": types,
        }
        reply = self._ask(Frame(header, payload))
        if reply.kind != "values":
            raise LookupError(str(reply.header.get("message", "no answer")))
        try:
            results = tuple(unpack_arrays(reply.header.get("types"), reply.payload))
        except Malformed as error:
            raise LookupError(str(error)) from error
        self._used.add(equation.primitive)
        return results

    def used(self) -> tuple[str, ...]:
        """The primitives that were evaluated by XLA so far."""
        return tuple(sorted(self._used))

    def close(self) -> None:
        """End the child, if one was started."""
        if self._pipes is not None:
            self._parent.kill(self._number)
            for descriptor in self._pipes:
                os.close(descriptor)
            self._pipes = None
        if self._folder is not None:
            remove(self._folder)

    def _start(self) -> tuple[int, int]:
        self._folder = Path(tempfile.mkdtemp(prefix="oracle-", dir=self._parent.folder))
        (requests, asks), (answers, replies) = os.pipe(), os.pipe()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        self._number = self._parent.launch(
            "evaluate",
            self._limits.applied(),
            self._folder,
            [requests, nowhere, nowhere, replies],
            lambda code, starved: None,
        )
        for descriptor in (requests, replies, nowhere):
            os.close(descriptor)
        self._deadline = time.monotonic() + self._limits.wall_seconds
        return asks, answers

    def _ask(self, frame: Frame) -> Frame:
        if self._pipes is None:
            self._pipes = self._start()
        asks, answers = self._pipes
        try:
            left = memoryview(frame.pack())
            while left:
                left = left[os.write(asks, left) :]
            return self._reply(answers)
        except (OSError, Malformed) as error:
            raise LookupError(f"the process that evaluates primitives failed: {error}") from error

    def _reply(self, answers: int) -> Frame:
        reader = FrameReader()
        while True:
            seconds = self._deadline - time.monotonic()
            if seconds <= 0 or not select.select([answers], [], [], seconds)[0]:
                raise BudgetExceeded
            data = os.read(answers, _CHUNK)
            if not data:
                raise LookupError("the process that evaluates primitives ended")
            for frame in reader.feed(data):
                return frame


def _plain(value: Any) -> Any:
    if isinstance(value, (Opaque, Program)):
        raise LookupError("it has a parameter without a plain form")
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        raise LookupError("it has a parameter without a plain form")
    return value
