"""The plan is what the machine can do, and what is planned is in force."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from harness.sandbox.cgroups import Groups
from harness.sandbox.child import confine, landlock, seccomp
from harness.sandbox.child.confine import Level, Plan
from harness.sandbox.child.system import LIBC
from tests.harness.sandbox.child.forked import Outcome, forked

# JAX warns of forks in a process that has imported it, as other tests of the same worker have.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
_LIMITS = {"cpu": 3.0, "memory": 512 << 20, "file": 1 << 20}
_BASIC = confine.make_plan(Level.BASIC)


def test_a_plan_is_never_stronger_than_wanted() -> None:
    for level in Level:
        plan = confine.make_plan(level)
        assert plan.level <= level
        assert plan.namespaces <= (level is Level.STRICT)
    assert confine.make_plan(Level.NONE) == Plan(Level.NONE, False, False, False, False, {})


@pytest.mark.parametrize(
    ("seccomp_works", "abi", "groups", "refusal", "level", "missing"),
    [
        (True, 7, "", "", Level.STRICT, set()),
        (True, 2, "", "", Level.STRICT, {"landlock"}),
        (True, 7, "not delegated", "", Level.STRICT, {"cgroup"}),
        (False, 7, "", "", Level.BASIC, {"seccomp"}),
        (True, 7, "", "unshare: not permitted", Level.BASIC, {"namespaces"}),
        (False, 0, "no", "no", Level.BASIC, {"seccomp", "landlock", "cgroup", "namespaces"}),
    ],
)
def test_what_is_missing_is_said_and_lowers_the_level(
    monkeypatch: pytest.MonkeyPatch,
    seccomp_works: bool,
    abi: int,
    groups: str,
    refusal: str,
    level: Level,
    missing: set[str],
) -> None:
    monkeypatch.setattr(seccomp, "available", lambda: seccomp_works)
    monkeypatch.setattr(landlock, "abi", lambda: abi)
    monkeypatch.setattr(confine, "_refusal_of_groups", lambda: groups)
    monkeypatch.setattr(confine, "_refusal_of_namespaces", lambda: refusal)
    plan = confine.make_plan(Level.STRICT)
    assert (plan.level, set(plan.missing)) == (level, missing)
    assert all(plan.missing.values())
    assert ("seccomp" in plan.mechanisms()) == seccomp_works
    assert ("cgroup" in plan.mechanisms()) == (not groups)
    assert ("private root" in plan.mechanisms()) == (not refusal)
    assert (f"landlock {abi}" in plan.mechanisms()) == (abi >= 3)


def test_why_there_are_no_groups_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Groups:
        raise OSError("not delegated")

    monkeypatch.setattr(Groups, "open", refuse)
    assert confine._refusal_of_groups() == "not delegated"


def test_a_group_that_does_not_hold_who_entered_it_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Groups, "open", lambda: Groups(()))
    monkeypatch.setattr(Groups, "inhabited", lambda groups, number: False)
    assert confine._refusal_of_groups() == "a group that was entered is empty"


def _limits(*names: str) -> list[int]:
    return [resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[0] for name in names]


def test_limits_are_set() -> None:
    def attempt() -> list[int]:
        return _limits("CPU", "FSIZE", "CORE", "DATA")

    outcome = forked(lambda: confine.set_limits(_LIMITS), attempt)
    assert outcome.value == [3, 1 << 20, 0, 512 << 20]


def test_limits_never_exceed_what_the_machine_gives() -> None:
    def lower() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (64 << 20, 64 << 20))

    outcome = forked(
        lower, lambda: confine.set_limits({**_LIMITS, "cpu": 0.1}), lambda: _limits("DATA", "CPU")
    )
    assert outcome.value == [64 << 20, 1]


_EXCESSES: dict[str, tuple[Callable[[], object], Outcome]] = {
    "cpu": (lambda: any(iter(int, 1)), Outcome(signal=signal.SIGXCPU)),
    "memory": (lambda: len(bytearray(5 << 30)), Outcome(error="attempt: MemoryError: ")),
}


@pytest.mark.parametrize("name", _EXCESSES)
def test_limits_hold(name: str) -> None:
    attempt, expected = _EXCESSES[name]
    limits = {**_LIMITS, "cpu": 1, "memory": 4 << 30}
    outcome = forked(lambda: confine.set_limits(limits), attempt)
    assert outcome == expected


def test_a_file_cannot_grow_past_its_limit(tmp_path: Path) -> None:
    def attempt() -> None:
        with (tmp_path / "large").open("wb") as file:
            file.truncate(2 << 20)

    assert forked(lambda: confine.set_limits(_LIMITS), attempt).error == "EFBIG"


def _confined(plan: Plan, tmp_path: Path, attempt: Callable[[], object]) -> Outcome:
    def enter() -> None:
        work = confine.private_folders(plan, tmp_path)
        confine.confine(plan, work, (Path("/usr"),))

    return forked(enter, attempt)


def test_folders_are_private_and_empty(tmp_path: Path) -> None:
    none = confine.make_plan(Level.NONE)
    outcome = _confined(none, tmp_path, lambda: [os.getcwd(), os.environ["HOME"], os.listdir()])
    assert outcome.value == [str(tmp_path / "tmp"), str(tmp_path / "tmp"), []]
    assert [path.stat().st_mode & 0o777 for path in tmp_path.iterdir()] == [0o700, 0o700]


def test_without_a_level_nothing_is_refused(tmp_path: Path) -> None:
    none = confine.make_plan(Level.NONE)
    assert _confined(none, tmp_path, lambda: os.kill(os.getppid(), 0)).error == ""


@pytest.mark.skipif(not _BASIC.landlock, reason="this kernel has no Landlock, or an old one")
def test_where_tmp_is_on_a_disk_it_cannot_be_filled(tmp_path: Path) -> None:
    plan = replace(_BASIC, seccomp=False)
    assert _confined(plan, tmp_path, lambda: Path("file").write_text("x")).error == "EACCES"
    (tmp_path / "tmp").rmdir()
    (tmp_path / "submission").rmdir()
    assert _confined(plan, tmp_path, lambda: os.listdir(tmp_path / "submission")).value == []


@pytest.mark.skipif(not hasattr(LIBC, "prctl"), reason="only Linux has these attributes")
def test_privileges_and_dumps_are_off(tmp_path: Path) -> None:
    def attempt() -> list[int]:
        return [int(LIBC.prctl(option, 0, 0, 0, 0)) for option in (39, 3)]

    plan = replace(_BASIC, landlock=False, seccomp=False)
    assert _confined(plan, tmp_path, attempt).value == [1, 0]


@pytest.mark.skipif(not _BASIC.seccomp, reason="no seccomp filter known for this machine")
def test_a_mechanism_of_the_plan_that_fails_stops_the_child(tmp_path: Path) -> None:
    outcome = forked(
        lambda: setattr(seccomp, "prctl", _fails), lambda: confine.confine(_BASIC, tmp_path, ())
    )
    assert outcome.error == "ENOSYS"


def _fails(*arguments: object) -> int:
    raise OSError(38, "not implemented")
