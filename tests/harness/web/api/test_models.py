from __future__ import annotations

from tests.harness.online import Online

PATH = "/api/v1/problems/scan_cumsum/draft"


BODIES: list[tuple[str, bytes, int, str | None]] = [
    ("text/plain", b'{"source": ""}', 415, "bad_type"),
    ("", b'{"source": ""}', 415, "bad_type"),
    ("application/json; charset=utf-8", b'{"source": ""}', 200, None),
    ("application/json", b"", 400, "bad_json"),
    ("application/json", b'{"source": "\xff"}', 400, "bad_json"),
    ("application/json", '{"source": ""}'.encode("utf-16"), 400, "bad_json"),
    ("application/json", b'{"source": "\\ud800"}', 400, "bad_json"),
    ("application/json", b"[" * 100_000, 400, "bad_json"),
    ("application/json", b'{"source": 1e999}', 422, "invalid"),
    ("application/json", b'{"source": ' + b"9" * 5_000 + b"}", 400, "bad_json"),
    ("application/json", b"[]", 422, "invalid"),
    ("application/json", b" " * (2 << 20), 413, "too_large"),
]


def test_a_body_is_json_of_some_form(served: Online) -> None:
    ada = served.person("ada").program
    for kind, body, status, code in BODIES:
        answer = ada.put(PATH, content=body, headers={"Content-Type": kind})
        assert answer.status_code == status, (body[:40], answer.text)
        assert answer.json().get("error", {}).get("code") == code


def test_a_method_that_is_not_there_is_told_with_those_that_are(served: Online) -> None:
    ada = served.person("ada").program
    answer = ada.request("PATCH", PATH)
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "bad_method")
    assert {*answer.headers["allow"].split(", ")} == {"GET", "HEAD", "PUT"}


def test_a_head_is_an_answer_without_a_body(served: Online) -> None:
    ada = served.person("ada").program
    answer = ada.head(PATH)
    assert (answer.status_code, answer.content) == (200, b"")


def test_who_is_not_signed_in_is_told_how(served: Online) -> None:
    answer = served.client().get(PATH)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_nothing_is_at_addresses_of_no_form(served: Online) -> None:
    ada = served.person("ada").program
    for id in ("%00", "%0a", "%ED%A0%80", "a" * 5_000):
        assert ada.get(f"/api/v1/submissions/{id}").status_code == 404
