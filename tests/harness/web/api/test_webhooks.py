from __future__ import annotations

from datetime import timedelta

import pytest

from harness.store import hooks
from harness.store.limits import Rate
from harness.web.api import webhooks
from tests.harness.online import Online

ALL = "/api/v1/webhooks"
URL = {"url": "https://example.org/hook"}


def test_a_webhook_shows_its_secret_once(served: Online) -> None:
    ada, bob = served.person("ada").program, served.person("bob").program
    made = ada.post(ALL, json=URL)
    assert made.status_code == 201
    secret = made.json()["secret"]
    one = f"{ALL}/{made.json()['id']}"
    assert ada.get(ALL).json()["items"][0]["last"] is None
    sent = ada.post(f"{one}/test")
    assert sent.status_code == 202
    listed = ada.get(ALL)
    (found,) = listed.json()["items"]
    assert secret not in listed.text
    assert (found["url"], found["last"]["id"]) == (URL["url"], sent.json()["delivery"])
    assert bob.get(ALL).json()["items"] == []
    assert bob.delete(one).status_code == bob.post(f"{one}/test").status_code == 404
    assert ada.delete(one).status_code == 204


def test_some_urls_are_for_no_webhook(served: Online) -> None:
    ada = served.person("ada").program
    for url in ("ftp://example.org", "http://127.0.0.1/", "http://[::1]/", "https://a:b@c.org/"):
        answer = ada.post(ALL, json={"url": url})
        assert answer.status_code == 422
        assert list(answer.json()["error"]["fields"]) == ["url"]
    for _ in range(hooks.MOST):
        assert ada.post(ALL, json=URL).status_code == 201
    assert ada.post(ALL, json=URL).json()["error"]["code"] == "too_many_webhooks"


def test_a_webhook_is_tested_so_often(local: Online, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "TESTS", Rate(1, timedelta(hours=1)))
    ada = local.person("ada").program
    one = f"{ALL}/{ada.post(ALL, json=URL).json()['id']}"
    assert [ada.post(f"{one}/test").status_code for _ in range(2)] == [202, 429]
