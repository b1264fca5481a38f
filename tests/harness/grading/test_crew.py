"""Worker processes: every file answered, whatever happens to a worker, and nothing left behind."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.errors import MachineError
from harness.grading.crew import Crew
from harness.grading.terms import Terms

SAMPLES = Path(__file__).parents[3] / "submissions" / "scan_training_step"
ANSWERS = [str(SAMPLES / "accepted" / name) for name in ("grad.py", "jvp.py", "vjp.py")]


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files, empty again afterwards."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def _pids(crew: Crew) -> list[int]:
    return [process.pid for process in crew._processes if process is not None]


def test_every_file_is_answered_by_somebody() -> None:
    paths = [*ANSWERS, "nowhere.py"]
    with Crew(2) as crew:
        found = {d["submission"]["name"]: d.get("verdict") for d in crew.grade(paths)}
        again = [document["verdict"] for document in crew.grade(ANSWERS)]
        pids = _pids(crew)
    assert again == ["accepted"] * 3
    assert found == {**dict.fromkeys(ANSWERS, "accepted"), "nowhere.py": None}
    assert len(pids) == 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_a_worker_that_dies_costs_one_file_and_is_replaced() -> None:
    with Crew(1) as crew:
        os.kill(_pids(crew)[0], signal.SIGKILL)
        first, *others = crew.grade(ANSWERS)
    assert first["error"]["kind"] == "judge"
    assert "ended from outside" in first["error"]["message"]
    assert [document["verdict"] for document in others] == ["accepted", "accepted"]


def test_leaving_early_ends_what_is_running(tmp_path: Path) -> None:
    endless = tmp_path / "endless.py"
    header = "def scan_training_step(w, lr, x_batches, y_batches):\n"
    endless.write_text(f"{header}    while True:\n        pass\n")
    with Crew(1) as crew:
        documents = crew.grade([ANSWERS[0], str(endless)])
        assert next(documents)["verdict"] == "accepted"
        pids = _pids(crew)
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_less_isolation_than_required_is_refused() -> None:
    crew = Crew(2, Terms(require="strict", most="basic"))
    with pytest.raises(MachineError, match="isolation 'strict' is required"), crew:
        pass


def test_what_isolation_there_is_is_known_at_once() -> None:
    with Crew(1, Terms(most="none")) as crew:
        assert crew.level == "none"


def test_a_machine_without_processes_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(MachineError, match="cannot start judging"), Crew(1):
        pass
