"""Evaluates single primitives on XLA, in a child that never loads a submission."""

from __future__ import annotations

import enum
import os
from collections.abc import Callable, Mapping
from typing import Any

import jax
import numpy as np

from harness.sandbox.child import dialect
from harness.sandbox.wire import Frame, FrameReader, pack_arrays, unpack_arrays

_ENUMS: Mapping[str, type[enum.Enum]] = {
    "fft_type": jax.lax.FftType,
    "mode": jax.lax.GatherScatterMode,
    "rounding_method": jax.lax.RoundingMethod,
    "precision": jax.lax.Precision,
    "algorithm": jax.lax.RandomAlgorithm,
}
_CHUNK = 1 << 16


def evaluate(requests: int, answers: int) -> None:
    """Answer frames of one equation each, in float64, until there are no more."""
    jax.config.update("jax_enable_x64", True)
    objects = dialect.primitive_objects()
    reader = FrameReader()
    while data := os.read(requests, _CHUNK):
        for frame in reader.feed(data):
            reply = memoryview(_reply(objects, frame).pack())
            while reply:
                reply = reply[os.write(answers, reply) :]


def _reply(objects: Mapping[str, Any], frame: Frame) -> Frame:
    header = frame.header
    try:
        params = {key: _param(key, value) for key, value in header["params"].items()}
        arrays = unpack_arrays(header["types"], frame.payload)
        bind: Callable[..., Any] = objects[header["primitive"]].bind
        results = bind(*[jax.numpy.asarray(array) for array in arrays], **params)
        found = results if isinstance(results, (list, tuple)) else [results]
        types, payload = pack_arrays([np.asarray(value) for value in found])
    except Exception as error:
        return Frame({"kind": "refused", "message": f"{type(error).__name__}: {error}"[:400]})
    return Frame({"kind": "values", "types": types}, payload)


def _param(key: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_param(key, item) for item in value)
    if key in _ENUMS and isinstance(value, str):
        return _ENUMS[key][value.upper()]
    if key.endswith("dtype") and isinstance(value, str):
        return np.dtype({"float32": "float64", "complex64": "complex128"}.get(value, value))
    return value
