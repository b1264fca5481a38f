"""Nothing a submission can send makes the judge fail, hang or grow."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graders.jaxpr.decode import decode
from graders.jaxpr.wireform import MAX_JSON, json_length
from graders.verdict import Verdict
from tests.fuzz.largest import LARGEST, largest
from tests.fuzz.mutate import mutated_bytes, mutated_program, mutated_session
from tests.fuzz.targets import Case, make_case, read_frames, read_program, seeds

_SECONDS = 5.0
_BYTES = 256 << 20
_LONGEST_BYTES = 200 << 20
_PART = 32
_settings = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
_randoms = st.integers(0, 1 << 64).map(Random)


@pytest.fixture(scope="module")
def case(cache_folder: object) -> Case:
    return make_case()


@contextmanager
def _bounded() -> Iterator[None]:
    """What is done inside takes limited time and memory."""
    started = time.process_time()
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < _BYTES
    finally:
        tracemalloc.stop()
    assert time.process_time() - started < _SECONDS


def test_recorded_programs_can_be_evaluated() -> None:
    assert sum(map(read_program, seeds("programs"))) >= 10


def test_recorded_sessions_get_their_verdicts(case: Case) -> None:
    found = [case.read_session(data) for data in case.sessions()]
    expected = {
        "cond_never_true": Verdict.WRONG_STRUCTURE,
        "grad": Verdict.ACCEPTED,
        "while_loop": Verdict.WRONG_STRUCTURE,
        "wrong_axis": Verdict.WRONG_ANSWER,
    }
    assert found == [expected[name] for name in sorted(expected)]


@pytest.mark.parametrize("mutate", [mutated_bytes, mutated_program])
@given(random=_randoms)
@_settings
def test_changed_programs(mutate: Callable[[bytes, Random], bytes], random: Random) -> None:
    data = mutate(random.choice(seeds("programs")), random)
    with _bounded():
        read_program(data)


@pytest.mark.parametrize("seed", range(12))
def test_changed_sessions(case: Case, seed: int) -> None:
    # Not drawn by hypothesis: the graders use it themselves, and it does not nest.
    random, sessions = Random(seed), case.sessions()
    for _ in range(12):
        data = mutated_session(random.choice(sessions), random)
        with _bounded():
            assert case.read_session(data) is not Verdict.JUDGE_ERROR


@given(random=_randoms)
@_settings
def test_changed_frames(random: Random) -> None:
    with _bounded():
        read_frames(mutated_bytes(random.choice(seeds("sessions")), random))


@given(data=st.binary(max_size=4096))
@_settings
def test_any_bytes(data: bytes) -> None:
    with _bounded():
        read_program(data)
        read_program(len(data).to_bytes(4, "big") + data)
        read_frames(data)
        read_frames(len(data).to_bytes(4, "big") + bytes(4) + data)


@pytest.mark.parametrize("unit", [b"[", b'{"a":', b"[[],", b"1,", b'"', b"9", b"1e9", b"\xff"])
def test_long_headers(unit: bytes) -> None:
    head = unit * ((1 << 20) // len(unit))
    with _bounded():
        read_frames(len(head).to_bytes(4, "big") + bytes(4) + head)
        read_frames(len(head).to_bytes(4, "big") + bytes(4) + b"[" + head + b"0]")


@pytest.mark.parametrize("name", LARGEST)
def test_what_takes_most_memory_for_its_length(name: str) -> None:
    """Measured on a part, as measuring takes ten times as long as decoding."""
    tracemalloc.start()
    try:
        decode(largest(name, MAX_JSON // _PART))
        assert tracemalloc.get_traced_memory()[1] < _LONGEST_BYTES // _PART
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", LARGEST)
def test_the_longest_programs(name: str) -> None:
    data = largest(name, MAX_JSON)
    assert MAX_JSON - 100 < json_length(data) <= MAX_JSON
    data = largest(name, MAX_JSON // 2)
    started = time.process_time()
    decode(data)
    assert time.process_time() - started < _SECONDS


@pytest.mark.parametrize("data", seeds("found"), ids=range(len(seeds("found"))))
def test_what_was_found_before(case: Case, data: bytes) -> None:
    with _bounded():
        read_program(data)
        read_frames(data)
        case.read_session(data)
