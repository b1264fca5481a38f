from __future__ import annotations

import re
from dataclasses import replace

import pytest
from starlette.responses import Response, StreamingResponse
from starlette.testclient import TestClient

from harness.store.database import StoreError
from harness.web import app
from harness.web.call import Call
from harness.web.doors import Door, Who
from tests.harness.online import Online


def _events(_: Call) -> Response:
    return StreamingResponse(iter(["data: 1\n\n"]), media_type="text/event-stream")


def _broken(_: Call) -> Response:
    raise ZeroDivisionError


def _gone(_: Call) -> Response:
    raise StoreError("the database cannot be used now: the disk is full")


EXTRA = (
    Door("GET", "/test/events", _events, Who.ANYONE, "api", "read"),
    Door("GET", "/test/broken", _broken, Who.ANYONE),
    Door("GET", "/api/test/broken", _broken, Who.ANYONE, "api"),
    Door("GET", "/test/gone", _gone, Who.ANYONE),
)
ANSWERS = {
    "/sign-in": 200,
    "/account": 303,
    "/nothing": 404,
    "/api/nothing": 404,
    "/sign-out": 405,
    "/api/v1/submissions/1": 401,
    "/operator/users": 303,
    "/test/events": 200,
    "/test/broken": 500,
    "/api/test/broken": 500,
    "/test/gone": 503,
    "/static/style.css": 200,
    "/static/../site.py": 404,
    "/static/nothing": 404,
}


@pytest.fixture
def client(local: Online, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(app, "DOORS", (*app.DOORS, *EXTRA))
    served = app.application(replace(local.site, url="https://testserver"))
    return TestClient(
        served, "https://testserver", follow_redirects=False, raise_server_exceptions=False
    )


@pytest.mark.parametrize(("path", "status"), ANSWERS.items())
def test_every_answer_has_them(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    _check(answer.headers)
    static = path == "/static/style.css"
    assert answer.headers["cache-control"] == ("public, max-age=3600" if static else "no-store")


def test_also_the_answers_to_bad_requests(client: TestClient) -> None:
    _check(client.get("/sign-in", headers={"Host": "evil.example"}).headers)
    large = client.post("/sign-in", content=b"x" * ((1 << 20) + 1))
    assert large.status_code == 413
    _check(large.headers)


def _check(headers: object) -> None:
    given = dict(headers)  # type: ignore[call-overload]
    policy = dict(
        part.strip().split(" ", 1) for part in given["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in given["content-security-policy"]
    assert given["x-content-type-options"] == "nosniff"
    assert given["referrer-policy"] == "same-origin"
    assert given["cross-origin-opener-policy"] == "same-origin"
    assert given["cross-origin-resource-policy"] == "same-origin"
    assert given["strict-transport-security"] == "max-age=31536000"


def test_the_server_s_own_messages_are_passed_on(local: Online) -> None:
    with local.client() as client:  # begins and ends the application
        assert client.get("/sign-in").status_code == 200


@pytest.mark.parametrize("path", ["/sign-in", "/nothing", "/test/broken"])
def test_a_page_s_nonce_is_its_own(client: TestClient, path: str) -> None:
    seen = set()
    for _ in range(2):
        answer = client.get(path)
        named = re.findall(r'csp-nonce" content="([^"]+)"', answer.text)
        assert f"'nonce-{named[0]}'" in answer.headers["content-security-policy"]
        seen.add(named[0])
    assert len(seen) == 2


def test_faults_show_nothing_of_what_failed(client: TestClient) -> None:
    for path in ("/test/broken", "/api/test/broken"):
        text = client.get(path).text
        assert "ZeroDivisionError" not in text
        assert "the server failed" in text.lower()
    assert client.get("/test/gone").headers["retry-after"] == "5"


def test_nobody_is_told_to_use_https_where_there_is_none(local: Online) -> None:
    assert "strict-transport-security" not in local.client().get("/sign-in").headers


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver:8080", "", "testserver:x", "["]
)
def test_another_host_is_not_answered(local: Online, host: str) -> None:
    answer = local.client().get("/sign-in", headers={"Host": host})
    assert (answer.status_code, "served here" in answer.text) == (400, True)


@pytest.mark.parametrize("host", ["testserver", "TestServer", "testserver:80"])
def test_the_site_s_own_is(local: Online, host: str) -> None:
    assert local.client().get("/sign-in", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["localhost:8000", "[::1]:8000", "127.0.0.1:8000"])
def test_one_s_own_machine_is_known_by_all_its_names(local: Online, host: str) -> None:
    url = "http://127.0.0.1:8000"
    here = TestClient(app.application(replace(local.site, url=url)), url, follow_redirects=False)
    answer = here.get("/sign-in?next=%2F", headers={"Host": host})
    if host == "127.0.0.1:8000":
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.headers["location"]) == (307, f"{url}/sign-in?next=%2F")
        assert here.post("/sign-in", headers={"Host": host}).status_code == 400
        assert here.get("/", headers={"Host": host.replace("8000", "1")}).status_code == 400


def test_two_hosts_are_none(local: Online) -> None:
    headers = [("Host", "testserver"), ("Host", "testserver")]
    assert local.client().get("/sign-in", headers=headers).status_code == 400


def test_whoever_watches_a_machine_may_call_it_as_he_likes(local: Online) -> None:
    answer = local.client().get("/healthz", headers={"Host": "10.0.0.3:8000"})
    assert answer.status_code != 400


def test_the_cookie_of_a_secure_site_is_for_it_alone(local: Online) -> None:
    url = "https://testserver"
    served = app.application(replace(local.site, url=url))
    client = TestClient(served, url, follow_redirects=False, headers={"Origin": url})
    form = {"name": "ada", "password": "correct horse battery"}
    cookie = client.post("/sign-up", data=form).headers["set-cookie"]
    assert cookie.startswith("__Host-session=jjs_")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=2592000"):
        assert part in cookie
    assert "Domain" not in cookie
