from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from harness import doctor
from harness.engine import Engine
from harness.facts import Fact, FactStatus, can_judge
from harness.report import machine

ROOT = Path(__file__).parents[2]


def _by_name() -> dict[str, Fact]:
    return {fact.name: fact for fact in doctor.examine()}


def test_this_machine_can_judge() -> None:
    facts = _by_name()
    assert can_judge(facts.values())
    assert facts["jax"].value == metadata.version("jax")
    assert facts["python"].value.startswith(f"{sys.version_info.major}.{sys.version_info.minor}")
    assert facts["interpreter"].value == sys.executable


def test_every_fact_that_is_not_well_comes_with_advice() -> None:
    assert all(fact.advice for fact in doctor.examine() if fact.status is not FactStatus.OK)


def test_jax_is_not_imported() -> None:
    code = "import sys; from harness.doctor import examine; examine(); print('jax' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("version", "status"),
    [
        ("0.9.9", FactStatus.BROKEN),
        ("0.10.0rc1", FactStatus.OK),
        ("0.12.0.1", FactStatus.OK),
        ("0.13.0", FactStatus.BROKEN),
        ("nonsense", FactStatus.BROKEN),
    ],
)
def test_a_version_out_of_range_is_broken(
    monkeypatch: pytest.MonkeyPatch, version: str, status: FactStatus
) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: version)
    fact = _by_name()["jax"]
    assert fact.status is status
    assert ("pip install 'jax>=0.10,<0.13'" in fact.advice) is (status is FactStatus.BROKEN)


def test_a_missing_package_stops_the_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    facts = _by_name()
    assert facts["jax"].status is FactStatus.MISSING
    assert not can_judge(facts.values())


def test_the_ranges_are_those_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    written = dict(re.findall(r"([a-z]+)(>=\S+)", "\n".join(project["dependencies"])))
    for name, (least, below) in doctor.NEEDED.items():
        upper = f",<{'.'.join(map(str, below))}" if below else ""
        assert written[name] == f">={'.'.join(map(str, least))}{upper}"


def test_the_mechanisms_are_those_a_judge_reports() -> None:
    with Engine() as judge:
        found = judge.isolation()
    facts = _by_name()
    assert facts["isolation"].value == found.level
    assert all(facts[name].status is FactStatus.OK for name in found.mechanisms)
    assert all(facts[name].value == reason for name, reason in found.missing.items())


def test_what_the_kernel_lacks_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = {"namespaces": "unshare: Operation not permitted"}
    plan = {"level": "basic", "mechanisms": ["rlimits"], "missing": missing}
    monkeypatch.setattr(doctor, "_plan", lambda: plan)
    facts = _by_name()
    assert (facts["isolation"].status, facts["isolation"].value) == (FactStatus.MISSING, "basic")
    assert facts["rlimits"].status is FactStatus.OK
    assert facts["namespaces"].value == "unshare: Operation not permitted"
    assert "sysctl" in facts["namespaces"].advice
    assert can_judge(facts.values())


def test_a_machine_without_children_cannot_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert _by_name()["isolation"].status is FactStatus.BROKEN
    assert not can_judge(doctor.examine())


def test_a_plan_that_fails_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho the box is broken >&2; exit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    assert "the box is broken" in _by_name()["isolation"].value


def test_an_unwritable_cache_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("JAXJUDGE_CACHE", str(tmp_path / "file" / "cache"))
    fact = _by_name()["cache folder"]
    assert fact.status is FactStatus.MISSING
    assert "JAXJUDGE_CACHE" in fact.advice
    assert not fact.required


def test_the_probes_change_nothing_in_this_process() -> None:
    def state() -> str:
        lines = Path("/proc/self/status").read_text().splitlines()
        return "\n".join(
            line for line in lines if line.startswith(("NoNewPrivs", "Seccomp", "Uid"))
        )

    before = state()
    doctor.examine()
    assert state() == before


FACTS = (
    Fact("jax", FactStatus.BROKEN, "9.9\x1b[2J", "install it", required=True),
    Fact("landlock", FactStatus.OK, "ABI 7"),
)


def test_facts_are_written_a_line_each() -> None:
    assert machine.render(FACTS, colour=False, width=80, ascii=True) == (
        "x jax       broken: 9.9\\x1b[2J\n"
        "            install it\n"
        "+ landlock  ABI 7\n"
        "\n"
        "This machine cannot judge yet.\n"
    )
    assert "\x1b[31m✗\x1b[0m jax" in machine.render(FACTS, colour=True, width=80, ascii=False)


def test_facts_are_written_as_json() -> None:
    document = json.loads(machine.document(FACTS))
    assert document["schema"] == "jaxjudge.doctor/1"
    assert document["can_judge"] is False
    assert document["facts"][1] == {
        "name": "landlock",
        "status": "ok",
        "value": "ABI 7",
        "advice": "",
        "required": False,
    }
