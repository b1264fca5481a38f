"""A submission in its child process, as the graders' `Subject`."""

from __future__ import annotations

import re
import signal
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graders.form import plain
from graders.jaxpr.decode import decode, decode_tree
from graders.jaxpr.model import Array, ArrayType, Program
from graders.jaxpr.normalize import TooLong, alike
from graders.jaxpr.wireform import Malformed, json_length
from graders.rubric import Signature
from graders.subject import DeviceRun, Dimensions, Failure, FailureKind, Trace
from graders.verdict import Where
from harness.sandbox.limits import ChildLimits
from harness.sandbox.parent import WarmParent
from harness.sandbox.process import Child, End, Ended
from harness.sandbox.wire import Frame, FrameReader, pack_arrays, unpack_arrays

Shape = tuple[Dimensions, tuple[ArrayType, ...]]


@dataclass(frozen=True, slots=True)
class Job:
    """What a child is asked: trace `entry` of a file for each shape, then run it on some batches.

    A shape has the types of all arrays of the arguments, which `signature` puts in their places. A
    run is the number of its batch, the number of its shape, and the arrays.
    """

    entry: str
    signature: Signature
    shapes: tuple[Shape, ...]
    runs: tuple[tuple[int, int, tuple[Array, ...]], ...]


class SandboxedSubject:
    """Runs one submission in one child; every question is answered by data or a `Failure`."""

    def __init__(self, parent: WarmParent, limits: ChildLimits) -> None:
        """A subject without a submission yet; raises `OSError` when there is no room for it."""
        self.versions: Mapping[str, str] = {}
        self.ended: Ended | None = None
        self._limits = limits
        self._child = Child(parent, limits)
        self._traces: Future[Sequence[Trace] | Failure] = Future()
        self._runs: Future[Sequence[DeviceRun] | Failure] = Future()
        self._state: _Reading | None = None

    def submit(self, source: bytes, name: str, job: Job) -> None:
        """Fork a child and give it the submission and its request."""
        self._state = _Reading(job, source.decode("utf-8", "replace").splitlines())
        self._child.start(_request(job, source, name).pack(), self._answer, self._end)

    def traces(self) -> Sequence[Trace] | Failure:
        """One trace a shape, in order, or why there are none."""
        return self._traces.result()

    def device_runs(self) -> Sequence[DeviceRun] | Failure:
        """The compiled submission's results, one a batch, or why there are none."""
        return self._runs.result()

    def device(self) -> str:
        """The XLA device the submission ran on, empty while it has not."""
        return self._state.device if self._state else ""

    def output(self) -> tuple[str, str, bool]:
        """What was printed to stdout and stderr, and whether it was cut."""
        out, err = (
            bytes(b).decode("utf-8", "replace") for b in (self._child.stdout, self._child.stderr)
        )
        return out, err, self._child.flooded

    def close(self) -> None:
        """End the child and everything it started."""
        self._child.close()

    def _answer(self, data: bytes) -> bool:
        state = self._state
        assert state is not None
        try:
            for frame in state.reader.feed(data):
                if not self._frame(state, frame):
                    return False
        except Exception as error:  # whatever a forged frame provokes, there must be an answer
            self._fail(Failure(FailureKind.PROTOCOL, f"sent the judge something else: {error}"))
            return False
        return True

    def _frame(self, state: _Reading, frame: Frame) -> bool:
        if frame.kind == "ready" and not state.boxed:
            self.versions = {str(k)[:40]: str(v)[:40] for k, v in frame.header["versions"].items()}
        elif frame.kind == "boxed" and not state.boxed:
            state.boxed = True
        elif frame.kind == "trace":
            state.add_trace(frame)
            if len(state.traces) == len(state.job.shapes):
                state.complete = True
        elif frame.kind == "again":
            self._settle(state.settled(frame))
        elif frame.kind == "values":
            state.add_run(frame)
        elif frame.kind == "device":
            state.device = str(frame.header["device"])[:40]
        elif frame.kind == "failure":
            self._fail(state.failure(frame))
            return False
        elif frame.kind == "done":
            if len(state.runs) != len(state.job.runs) or not self._traces.done():
                raise Malformed("fewer results than were asked for")
            self._runs.set_result(tuple(state.runs))
            return False
        else:
            raise Malformed("a frame of no known kind")
        return True

    def _settle(self, outcome: Sequence[Trace] | Failure) -> None:
        if self._traces.done():
            raise Malformed("more programs than were asked for")
        self._traces.set_result(outcome)

    def _fail(self, failure: Failure) -> None:
        for future in (self._traces, self._runs):
            if not future.done():
                future.set_result(failure)

    def _end(self, ended: Ended) -> None:
        self.ended = ended
        failure = _ending(ended, self._limits, bytes(self._child.stderr))
        if self._state is not None and not self._state.boxed:  # nothing of the submission has run
            message = f"the process for a submission ended before that began: {failure.message}"
            failure = Failure(FailureKind.MACHINE, message)
        self._fail(failure)


_SAID_BEFORE = frozenset({FailureKind.MACHINE})
_SAID_BY_CHILD = frozenset(
    {
        FailureKind.MISSING_FUNCTION,
        FailureKind.SYNTAX,
        FailureKind.SIGNATURE,
        FailureKind.RAISED,
        FailureKind.EXITED,
        FailureKind.REFUSED,
        FailureKind.MEMORY,
    }
)


@dataclass(slots=True)
class _Reading:
    """What has been read of one child's answers."""

    job: Job
    lines: Sequence[str]
    reader: FrameReader = field(default_factory=FrameReader)
    traces: list[Trace] = field(default_factory=list)
    runs: list[DeviceRun] = field(default_factory=list)
    first: bytes = b""
    written: int = 0
    device: str = ""
    boxed: bool = False
    complete: bool = False

    def add_trace(self, frame: Frame) -> None:
        if self.complete:
            raise Malformed("more programs than were asked for")
        dimensions, types = self.job.shapes[len(self.traces)]
        self.written = json_length(frame.payload, self.written)
        program = decode(frame.payload)
        found = [(v.type.dtype, v.type.shape) for v in program.inputs]
        if found != [(type.dtype, type.shape) for type in types]:
            raise Malformed("a program of other arguments than were asked for")
        self.first = self.first or frame.payload
        self.traces.append(Trace(dimensions, program, decode_tree(frame.header["result"])))

    def settled(self, frame: Frame) -> Sequence[Trace] | Failure:
        if not self.complete:
            raise Malformed("fewer programs than were asked for")
        if frame.payload != self.first and not self.repeated(decode(frame.payload)):
            return Failure(
                FailureKind.RAISED,
                "traced twice for the same shapes, the function gave two different programs",
                error="NotDeterministic",
                stage="trace",
                dimensions=self.job.shapes[0][0],
            )
        return tuple(self.traces)

    def repeated(self, program: Program) -> bool:
        try:
            return alike(self.traces[0].program, program)
        except TooLong:
            return False

    def add_run(self, frame: Frame) -> None:
        if len(self.runs) == len(self.job.runs):
            raise Malformed("more results than were asked for")
        batch = self.job.runs[len(self.runs)][0]
        values = unpack_arrays(frame.header["types"], frame.payload)
        self.runs.append(DeviceRun(batch, tuple(values)))

    def failure(self, frame: Frame) -> Failure:
        header = frame.header
        kind = FailureKind(header["failure"])
        if kind not in (_SAID_BY_CHILD if self.boxed else _SAID_BEFORE):
            raise Malformed("a failure the child cannot know of")
        return Failure(
            kind,
            str(header["message"])[:4000],
            error=str(header["error"])[:200],
            stage=str(header["stage"])[:20],
            where=self._where(header.get("where")),
            dimensions=_dimensions(header.get("dimensions")),
        )

    def _where(self, value: Any) -> Where | None:
        if not isinstance(value, dict) or not isinstance(value.get("line"), int):
            return None
        line = value["line"]
        text = self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""
        return Where(line, str(value.get("function", ""))[:200], text[:200])


def _dimensions(value: Any) -> Dimensions:
    return tuple((str(name), int(size)) for name, size in value or ())


def _request(job: Job, source: bytes, name: str) -> Frame:
    arrays = [array for _, _, arguments in job.runs for array in arguments]
    types, payload = pack_arrays(arrays)
    shapes = [
        {"dimensions": dimensions, "types": [[t.dtype, list(t.shape), t.weak] for t in types]}
        for dimensions, types in job.shapes
    ]
    header = {
        "kind": "request",
        "name": file_name(name),
        "source": len(source),
        "entry": job.entry,
        "arguments": job.signature.names,
        "forms": [plain(form) for form in job.signature.forms],
        "shapes": shapes,
        "runs": [[batch, shape] for batch, shape, _ in job.runs],
        "run_types": types,
    }
    return Frame(header, source + payload)


def file_name(name: str) -> str:
    """A name for the file in the box: the learner's own where it is plain."""
    plain = Path(name).name
    return plain if re.fullmatch(r"[A-Za-z0-9_-]{1,80}\.py", plain) else "submission.py"


def _ending(ended: Ended, limits: ChildLimits, stderr: bytes) -> Failure:
    """What a child's end means when it had not finished answering."""
    if ended.how is End.OUTPUT:
        kib = limits.output_bytes >> 10
        return Failure(FailureKind.OUTPUT, f"printed more than {kib} KiB")
    if ended.how is End.TIME:
        return Failure(FailureKind.TIME, f"did not finish within {limits.wall_seconds:g} s")
    if ended.how is End.CPU:
        return Failure(FailureKind.TIME, f"used more than {limits.cpu_seconds:g} s of CPU time")
    if ended.how is End.EXIT:
        text = f"ended the process with exit code {ended.code} before it was done"
        return Failure(FailureKind.EXITED, text)
    if ended.how in (End.STOPPED, End.PARENT):
        return Failure(FailureKind.MACHINE, "the process that runs submissions was stopped")
    full = b"bad_alloc" in stderr or b"RESOURCE_EXHAUSTED" in stderr
    if full or ended.how is End.MEMORY:
        return Failure(FailureKind.MEMORY, f"needed more than {limits.memory_bytes >> 20} MiB")
    name = signal.Signals(ended.code).name if ended.code in set(signal.Signals) else ended.code
    return Failure(FailureKind.CRASHED, f"the process was ended by signal {name}")
