from __future__ import annotations

from typing import Any

import pytest

from harness.store import queue, sets, submissions
from tests.harness.online import FINDING, REPORT, Online


def told(report: Any) -> Any:
    return report["checks"][0]["findings"][0]


def test_a_report_tells_as_much_as_is_asked_for(served: Online) -> None:
    ada = served.person("ada")
    path = f"/api/v1/submissions/{served.judged(ada)}/report"
    assert ada.program.get(path).json() == REPORT
    little = ada.program.get(path, params={"hints": "0"}).json()
    assert told(little) == {**FINDING, "cause": "", "hint": "", "location": None}
    assert little["program"] is None
    assert ada.program.get(path, params={"hints": "4"}).status_code == 422


def test_learners_get_no_more_hints_than_are_allowed(
    served: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sets, "hints", lambda connection, user, problem: 1)
    ada = served.person("ada")
    eve = served.teacher("eve", ada)
    path = f"/api/v1/submissions/{served.judged(ada)}/report"
    assert told(ada.program.get(path).json())["hint"] == ""
    assert told(eve.program.get(path).json())["hint"] == "multiply"


def test_there_is_no_report_before_there_is_a_verdict(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("bob")
    path = f"/api/v1/submissions/{served.submit(ada)}/report"
    assert ada.program.get(path).json()["error"]["code"] == "not_judged"
    assert bob.program.get(path).status_code == 404
    versions = [problem.version for problem in served.site.problems.values()]
    for _ in range(queue.ATTEMPTS):
        with served.database.write() as connection:
            claim = queue.claim(connection, "w", versions)
            assert claim is not None
            queue.give_up(connection, claim, "broken")
    answer = ada.program.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "no_report")


def test_a_source_comes_back_as_it_was(served: Online) -> None:
    ada, bob = served.person("ada"), served.person("bob")
    path = f"/api/v1/submissions/{served.submit(ada, '<b>é')}/source"
    answer = ada.program.get(path)
    assert answer.content == "<b>é".encode()
    assert answer.headers["content-type"].startswith("text/x-python")
    assert answer.headers["content-disposition"] == "attachment"
    assert bob.program.get(path).status_code == 404


def test_what_is_removed_meanwhile_is_not_there(
    served: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = served.person("ada")
    path = f"/api/v1/submissions/{served.submit(ada)}/source"
    monkeypatch.setattr(submissions, "source", lambda connection, id: None)
    assert ada.program.get(path).status_code == 404
