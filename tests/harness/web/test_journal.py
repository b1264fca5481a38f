from __future__ import annotations

from typing import Any

from structlog.testing import capture_logs

from tests.harness.online import Online

NEW = {"problem": "scan_cumsum", "source": "def running_sum(x): ..."}


def answered(logs: list[Any]) -> list[dict[str, Any]]:
    return [{**line, "ms": 0} for line in logs if line["event"] == "answered"]


def test_requests_are_written_down_with_who_asked_and_about_what(served: Online) -> None:
    ada = served.person("ada")
    with capture_logs() as logs:
        id = ada.program.post("/api/v1/submissions", json=NEW).json()["id"]
        ada.program.get(f"/api/v1/submissions/{id}?secret=1")
        served.client().get("/api/v1/submissions/x")
    path = "/api/v1/submissions"
    common = {"event": "answered", "log_level": "info", "ms": 0}
    about = {"user": ada.account.id, "submission": id, **common}
    assert answered(logs) == [
        {**about, "method": "POST", "path": path, "status": 201},
        {**about, "method": "GET", "path": f"{path}/{id}", "status": 200},
        {**common, "submission": "x", "method": "GET", "path": f"{path}/x", "status": 401},
    ]


def test_a_path_cannot_write_lines_of_its_own(served: Online) -> None:
    with capture_logs() as logs:
        served.client().get("/a%0A%1B[31m%E2%80%AEb")
    assert answered(logs)[0]["path"] == "/a%0A%1B%5B31m%E2%80%AEb"


def test_what_programs_ask_all_the_time_is_not_written_down(served: Online) -> None:
    with capture_logs() as logs:
        assert served.client().get("/healthz").status_code == 200
        assert served.client().get("/metrics").status_code == 401
    assert [line["path"] for line in answered(logs)] == ["/metrics"]
