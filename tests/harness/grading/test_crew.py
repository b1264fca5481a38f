"""Worker processes: every file answered, whatever happens to a worker, and nothing left behind."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest

from harness.errors import MachineError, UsageError
from harness.grading.crew import Crew, GivenUp, Round
from harness.grading.hand import Hand
from harness.grading.question import Question
from harness.grading.terms import Terms

SAMPLES = Path(__file__).parents[3] / "submissions" / "scan_training_step"
ANSWERS = [str(SAMPLES / "accepted" / name) for name in ("grad.py", "jvp.py", "vjp.py")]
ENDLESS = b"""\
def scan_training_step(w, lr, x_batches, y_batches):
    while True:
        pass
"""
T = TypeVar("T")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files, empty again afterwards."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def _pids(crew: Crew) -> list[int]:
    return [hand.pid for hand in crew._hands]


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


def test_a_worker_that_dies_costs_the_answer_it_owes_and_is_replaced() -> None:
    with Crew(1) as crew:
        round = Round()
        owed = crew.submit(Question("endless.py", ENDLESS), round)
        (hand,) = _until(lambda: round.hands)
        os.kill(hand.pid, signal.SIGKILL)
        first = owed.result()[1]
        others = list(crew.grade(ANSWERS[:1]))
    assert first["error"]["kind"] == "judge"
    assert "ended from outside" in first["error"]["message"]
    assert [document["verdict"] for document in others] == ["accepted"]


def test_an_idle_worker_that_dies_costs_nothing_and_a_given_up_round_nothing_else() -> None:
    with Crew(1) as crew:
        (hand,) = crew._hands
        os.kill(hand.pid, signal.SIGKILL)
        _until(lambda: not hand.alive)
        endless, waiting = Round(), Round()
        first = crew.submit(Question("endless.py", ENDLESS), endless)
        (pid,) = (hand.pid for hand in _until(lambda: endless.hands))
        second = crew.submit(Question("late.py", ENDLESS), endless)
        honest = crew.submit(Question("my.py", Path(ANSWERS[0]).read_bytes()), waiting)
        crew.give_up(endless)
        assert not Path(f"/proc/{pid}").exists()
        assert "error" in first.result()[1]
        with pytest.raises(GivenUp):
            second.result()
        assert honest.result()[1]["verdict"] == "accepted"


def test_no_more_is_taken_than_is_being_judged() -> None:
    taken = []

    def questions() -> Iterator[Question]:
        for number in range(1000):
            taken.append(number)
            yield Question(f"{number}", b"")

    with Crew(1, Terms(problem="scan_training_step")) as crew:
        answers = crew.answers(questions(), 1)
        names = [next(answers)[0].name for _ in range(5)]
        answers.close()
        assert names == ["0", "1", "2", "3", "4"]
        assert len(taken) <= 7
        assert all(hand.alive for hand in crew._hands)


def test_what_taking_a_question_raises_is_raised_and_ends_the_rest() -> None:
    def questions() -> Iterator[Question]:
        yield Question("endless.py", ENDLESS)
        raise LookupError("no more")

    with Crew(1) as crew, pytest.raises(LookupError, match="no more"):
        list(crew.answers(questions(), 1))


def test_a_crew_that_has_ended_says_so() -> None:
    with Crew(1) as crew:
        answers = crew.answers([Question("a", ENDLESS), Question("b", ENDLESS)], 1)
        with ThreadPoolExecutor() as threads:
            first = threads.submit(next, answers)
            _until(lambda: crew._free == [])
            crew.__exit__(None, None, None)
            with pytest.raises(UsageError, match="has ended"):
                first.result()
    with pytest.raises(UsageError, match="has ended"):
        crew.submit(Question("c", ENDLESS), Round())


def test_no_room_for_another_process_is_said_for_one_submission(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Crew(1) as crew:
        (hand,) = crew._hands
        hand.stop()
        hand.close()
        monkeypatch.setattr("sys.executable", "/nowhere/python")
        _, document = crew.submit(Question("a", ENDLESS), Round()).result()
    assert "cannot start the process" in document["error"]["message"]


def test_whatever_interrupts_an_answer_ends_its_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(hand: Hand) -> None:
        raise KeyboardInterrupt

    with Crew(1) as crew:
        monkeypatch.setattr(Hand, "_answer", interrupted)
        with pytest.raises(KeyboardInterrupt):
            crew.submit(Question("a", ENDLESS), Round()).result()
        assert not crew._hands


def _until(condition: Callable[[], T]) -> T:
    deadline = time.monotonic() + 20
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return found


def test_leaving_early_ends_what_is_running(tmp_path: Path) -> None:
    endless = tmp_path / "endless.py"
    endless.write_bytes(ENDLESS)
    with Crew(1) as crew:
        documents = crew.grade([ANSWERS[0], str(endless)])
        assert next(documents)["verdict"] == "accepted"
        pids = _pids(crew)
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_a_worker_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.grading.hand._PATIENCE_SECONDS", 0.1)
    with Crew(1, Terms(most="none")) as crew:
        (pid,) = _pids(crew)
        os.kill(pid, signal.SIGSTOP)
    assert not Path(f"/proc/{pid}").exists()


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
