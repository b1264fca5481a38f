"""Answers one request: trace the submission for every shape, then compile and run it."""

from __future__ import annotations

import errno
import mmap
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax
import jaxlib
import numpy as np

from graders.jaxpr.encode import encode, encode_tree
from graders.jaxpr.wireform import Oversized, json_length
from graders.subject import FailureKind
from harness.sandbox.child import dialect
from harness.sandbox.child.load import Refusal, find, load
from harness.sandbox.wire import Frame, FrameReader, pack_arrays, unpack_arrays

_MAX_MESSAGE = 4000
_SPARE_BYTES = 16 << 20
_REFUSED = (errno.EPERM, errno.EACCES, errno.EROFS)
_CONFIG = {
    "jax_enable_x64": False,
    "jax_disable_jit": False,
    "jax_debug_nans": False,
    "jax_debug_infs": False,
    "jax_numpy_dtype_promotion": "standard",
    "jax_default_matmul_precision": None,
    "jax_enable_custom_prng": False,
    "jax_default_prng_impl": "threefry2x32",
    "jax_traceback_filtering": "off",
    "jax_check_tracer_leaks": False,
}


@dataclass(slots=True)
class _Stage:
    name: str = "load"
    dimensions: Any = ()


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: a file, its entry point, types for each shape, and batches to run.

    `forms` says how the arrays nest in the arguments: see `graders.form.plain`.
    """

    name: str
    source: bytes
    entry: str
    arguments: list[str]
    forms: list[Any]
    shapes: list[dict[str, Any]]
    runs: list[tuple[int, int, list[Any]]]


def serve(
    requests: int,
    answers: int,
    known: Mapping[int, str],
    work: Path,
    enter_box: Callable[[], None],
) -> None:
    """Read one request from a descriptor and send frames to another until `done` or `failure`."""
    send = _sender(answers)
    send(Frame({"kind": "ready", "versions": _versions()}))
    request = _receive(requests)
    stage = _Stage()
    path = str(work / "submission" / request.name)
    try:
        Path(path).write_bytes(request.source)
        enter_box()
    except OSError as error:
        send(_failure(FailureKind.MACHINE, str(error), "", stage))
        return
    send(Frame({"kind": "boxed"}))
    try:
        _answer(request, path, known, send, stage)
    except Refusal as refusal:
        send(_failure(refusal.kind, refusal.message, "", stage))
    except BaseException as error:
        send(_raised(error, path, stage))
    else:
        send(Frame({"kind": "done"}))


def _answer(
    request: Request,
    path: str,
    known: Mapping[int, str],
    send: Callable[[Frame], None],
    stage: _Stage,
) -> None:
    function = find(load(path), request.entry, request.arguments)
    traced = []
    written = 0
    stage.name = "trace"
    for shape in request.shapes:
        stage.dimensions = shape["dimensions"]
        traced.append(_trace(function, request.forms, shape))
        frame = _trace_frame(traced[-1], len(shape["types"]), known, path, "trace")
        written = _length(frame.payload, written)
        send(frame)
    _mute()
    if request.shapes:
        again = find(load(path), request.entry, request.arguments)
        shape = request.shapes[0]
        stage.dimensions = shape["dimensions"]
        traced_again = _trace(again, request.forms, shape)
        send(_trace_frame(traced_again, len(shape["types"]), known, path, "again"))
    stage.name = "run"
    compiled: dict[int, Any] = {}
    for batch, index, arguments in request.runs:
        stage.dimensions = request.shapes[index]["dimensions"]
        if index not in compiled:
            compiled[index] = traced[index].lower().compile()
        types = request.shapes[index]["types"]
        leaves = [dialect.device_array(a, t[0]) for a, t in zip(arguments, types, strict=True)]
        results = jax.tree_util.tree_leaves(compiled[index](*leaves))
        types, payload = pack_arrays([_to_numpy(value) for value in results])
        send(Frame({"kind": "values", "batch": batch, "types": types}, payload))
    send(Frame({"kind": "device", "device": jax.devices()[0].platform}))


def _trace(function: Callable[..., Any], forms: list[Any], shape: dict[str, Any]) -> Any:
    for name, value in _CONFIG.items():
        jax.config.update(name, value)
    sizes = dict(shape["dimensions"])
    types = [dialect.abstract(dtype, extents) for dtype, extents, _ in shape["types"]]

    def called(*leaves: Any) -> Any:
        return function(*[_placed(form, leaves, sizes) for form in forms])

    return jax.jit(called).trace(*types)


def _placed(form: Any, leaves: Sequence[Any], sizes: Mapping[str, int]) -> Any:
    """An argument: an array, the size of a dimension, or a container of such."""
    if isinstance(form, int):
        return leaves[form]
    if isinstance(form, str):
        return sizes[form]
    kind, keys, children = form
    values = [_placed(child, leaves, sizes) for child in children]
    return dict(zip(keys, values, strict=True)) if kind == "dict" else tuple(values)


def _trace_frame(traced: Any, inputs: int, known: Mapping[int, str], path: str, kind: str) -> Frame:
    program = dialect.Translator(known, path).program(traced.jaxpr)
    if len(program.inputs) != inputs:
        raise jax.errors.UnexpectedTracerError(dialect.LEAKED)
    tree = dialect.result_tree(traced.out_info)
    return Frame({"kind": kind, "result": encode_tree(tree)}, encode(program))


def _length(program: bytes, before: int) -> int:
    """What is written in all; raises `Refusal` when that is more than the judge reads."""
    try:
        return json_length(program, before)
    except Oversized as error:
        raise Refusal(FailureKind.MEMORY, str(error)) from None


def _to_numpy(value: Any) -> Any:
    array = np.asarray(value)
    return array.astype(np.float32) if array.dtype.name == "bfloat16" else array


def _receive(descriptor: int) -> Request:
    reader = FrameReader()
    while True:
        for frame in reader.feed(os.read(descriptor, 1 << 16)):
            header = frame.header
            source, packed = frame.payload[: header["source"]], frame.payload[header["source"] :]
            arrays = unpack_arrays(header["run_types"], packed)
            width = len(header["shapes"][0]["types"]) if header["shapes"] else 0
            runs = [
                (batch, shape, list(arrays[number * width : (number + 1) * width]))
                for number, (batch, shape) in enumerate(header["runs"])
            ]
            return Request(
                name=header["name"],
                source=source,
                entry=header["entry"],
                arguments=header["arguments"],
                forms=header["forms"],
                shapes=header["shapes"],
                runs=runs,
            )


def _sender(descriptor: int) -> Callable[[Frame], None]:
    def send(frame: Frame) -> None:
        data = memoryview(frame.pack())
        while data:
            data = data[os.write(descriptor, data) :]

    return send


def _mute() -> None:
    """Send what is printed from here on nowhere: it would repeat what was printed before."""
    sys.stdout.flush()
    sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _starved() -> bool:
    """Whether hardly any memory is left.

    An extension that gets none may raise what it likes: nanobind's functions raise a `SystemError`.
    """
    try:
        mmap.mmap(-1, _SPARE_BYTES, flags=mmap.MAP_PRIVATE).close()
    except OSError:
        return True
    return False


def _raised(error: BaseException, path: str, stage: _Stage) -> Frame:
    starved = _starved()
    # Gives back what the submission holds: there must be enough left to say what happened.
    traceback.clear_frames(error.__traceback__)
    if isinstance(error, SyntaxError) and error.filename in (None, path) and stage.name == "load":
        where = {"line": error.lineno or 1, "function": ""}
        return _failure(FailureKind.SYNTAX, str(error.msg), type(error).__name__, stage, where)
    kind = FailureKind.RAISED
    message = _message(error)
    if isinstance(error, SystemExit):
        kind = FailureKind.EXITED
    elif isinstance(error, MemoryError) or "RESOURCE_EXHAUSTED" in message or starved:
        kind = FailureKind.MEMORY
    elif isinstance(error, OSError) and error.errno in _REFUSED:
        kind = FailureKind.REFUSED
    return _failure(kind, message, type(error).__qualname__, stage, _where(error, path))


def _message(error: BaseException) -> str:
    try:
        return str(error)[:_MAX_MESSAGE]
    except BaseException:
        return "(its message could not be read)"


def _where(error: BaseException, path: str) -> dict[str, Any] | None:
    found = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == path:
            found = {"line": line, "function": frame.f_code.co_name}
    return found


def _failure(
    kind: FailureKind,
    message: str,
    error: str,
    stage: _Stage,
    where: dict[str, Any] | None = None,
) -> Frame:
    return Frame(
        {
            "kind": "failure",
            "failure": str(kind),
            "message": message[:_MAX_MESSAGE],
            "error": error[:200],
            "stage": stage.name,
            "dimensions": stage.dimensions,
            "where": where,
        }
    )


def _versions() -> dict[str, str]:
    return {"jax": jax.__version__, "jaxlib": jaxlib.__version__, "numpy": np.__version__}
