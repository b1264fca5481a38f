from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graders.jaxpr.model import Array
from harness.sandbox.child.evaluate import evaluate
from harness.sandbox.wire import Frame, FrameReader, pack_arrays, unpack_arrays

pytestmark = pytest.mark.usefixtures("put_back")
X = np.array([3.0, 1.0, 2.0])


def _ask(folder: Path, *questions: Frame) -> list[Frame]:
    (folder / "asked").write_bytes(b"".join(question.pack() for question in questions))
    asked = os.open(folder / "asked", os.O_RDONLY)
    answered = os.open(folder / "answered", os.O_WRONLY | os.O_CREAT)
    evaluate(asked, answered)
    os.close(asked)
    os.close(answered)
    return list(FrameReader().feed((folder / "answered").read_bytes()))


def _question(primitive: str, params: dict[str, Any], *arrays: Array) -> Frame:
    types, payload = pack_arrays(list(arrays))
    return Frame({"primitive": primitive, "params": params, "types": types}, payload)


def test_primitives_are_evaluated_in_float64(tmp_path: Path) -> None:
    replies = _ask(
        tmp_path,
        _question("erf", {}, X),
        _question("sort", {"dimension": 0, "is_stable": True, "num_keys": 1}, X),
        _question("convert_element_type",
                  {"new_dtype": "float32", "weak_type": False, "sharding": None}, X / 3),
        _question("fft", {"fft_type": "fft", "fft_lengths": [3]}, X.astype("complex128")),
    )  # fmt: skip
    assert [reply.kind for reply in replies] == ["values"] * 4
    found = [unpack_arrays(reply.header["types"], reply.payload)[0] for reply in replies]
    assert found[0].dtype == np.float64
    np.testing.assert_array_equal(found[1], [1, 2, 3])
    np.testing.assert_array_equal(found[2], X / 3)
    np.testing.assert_allclose(found[3], np.fft.fft(X))


@pytest.mark.parametrize(
    "question",
    [
        _question("no such primitive", {}),
        _question("add", {}, X),
        _question("erf", {}),
        Frame({}),
        Frame({"primitive": "erf", "params": {}, "types": [["object", [], False]]}, b"12345678"),
    ],
    ids=range(5),
)
def test_what_cannot_be_evaluated_is_refused(tmp_path: Path, question: Frame) -> None:
    (reply,) = _ask(tmp_path, question)
    assert reply.kind == "refused"
    assert 0 < len(reply.header["message"]) <= 400
