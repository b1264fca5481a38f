from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from harness.store.database import Database, open_database
from harness.store.migrate import unmigrate
from harness.web.site import Rules, Site
from tests.harness.online import URL, Online

NEW = {"problem": "scan_cumsum", "source": "def running_sum(x): ..."}


def figures(page: str) -> dict[tuple[str, ...], float]:
    """The values of a page, by name and the values of labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def test_a_server_is_well(served: Online) -> None:
    answer = served.client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_without_its_tables_it_is_not(database: Database) -> None:
    unmigrate(database, "base")
    answer = Online(Site(database, {}, URL)).client().get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})


def test_strangers_are_not_told_why(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'a' / 'b.db'}") as database:
        shutil.rmtree(tmp_path / "a")
        online = Online(Site(database, {}, URL, Rules()))
        answer = online.client().get("/healthz")
        assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
        client = online.client()
        client.headers["Authorization"] = "Bearer x"
        answer = client.get("/healthz")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert "unable to open" not in answer.text
        assert "nothing was changed" in answer.json()["error"]["message"]


def test_operators_read_the_metrics(served: Online) -> None:
    ada, root = served.person("ada"), served.person("root", "operator")
    assert ada.program.post("/api/v1/submissions", json=NEW).status_code == 201
    assert served.client().get("/metrics").status_code == 401
    assert ada.program.get("/metrics").status_code == 403
    answer = root.program.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = figures(answer.text)
    assert found["jaxjudge_queue_length", "live"] == 1
    assert found["jaxjudge_submissions_total",] == 1
    assert found["jaxjudge_judgings", "queued"] == 1
    assert found["jaxjudge_workers", "working"] == 0
    assert 0 <= found["jaxjudge_queue_oldest_seconds",] < 60
    assert found["jaxjudge_problems_quarantined",] == 0
    assert root.browser.get("/metrics").status_code == 200


def test_requests_are_measured_by_route_and_not_by_what_was_asked_for(served: Online) -> None:
    root = served.person("root", "operator").program
    for path in ("/api/v1/submissions/1", "/api/v1/submissions/2", "/nowhere", "/x/y"):
        assert root.get(path).status_code == 404
    root.request("BREW", "/nowhere")
    found = figures(root.get("/metrics").text)
    count = "jaxjudge_http_request_seconds_count"
    assert found[count, "GET", "/api/v1/submissions/{id}", "404"] == 2
    assert found[count, "GET", "none", "404"] == 2
    assert found[count, "other", "none", "404"] == 1


@pytest.mark.parametrize(
    ("path", "secret", "status"),
    [("/metrics", "s3cret", 200), ("/metrics", "s3cre", 401), ("/api/v1/x", "s3cret", 404)],
)
def test_a_program_reads_the_metrics_with_a_token_of_its_own(
    served: Online, path: str, secret: str, status: int
) -> None:
    client = Online(replace(served.site, metrics_token="s3cret")).client()
    client.headers["Authorization"] = f"Bearer {secret}"
    assert client.get(path).status_code == status


def test_that_token_is_for_nothing_else(served: Online) -> None:
    client = Online(replace(served.site, metrics_token="s3cret")).client()
    client.headers["Authorization"] = "Bearer s3cret"
    assert client.get("/api/v1/submissions/1").status_code == 401
    client = served.client()
    client.headers["Authorization"] = "Bearer None"
    assert client.get("/metrics").status_code == 401
