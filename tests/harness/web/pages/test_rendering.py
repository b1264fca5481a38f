from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from harness.report.html.environment import TEMPLATES
from harness.store.database import now
from harness.web.pages import rendering
from harness.web.pages.rendering import asset, style
from tests.harness.online import Online


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 second"),
        (2, "2 seconds"),
        (60, "60 seconds"),
        (61, "2 minutes"),
        (600, "10 minutes"),
    ],
)
def test_a_span_is_rounded_up(seconds: float, words: str) -> None:
    assert rendering._span(seconds) == words


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (timedelta(days=3, hours=1), ", in 3 days"),
        (timedelta(days=1, hours=7, minutes=1), ", in 31 hours"),
        (timedelta(minutes=90, seconds=30), ", in 90 minutes"),
        (timedelta(seconds=90), ", in 1 minute"),
        (timedelta(seconds=30), ", in less than a minute"),
        (timedelta(seconds=-1), ""),
    ],
)
def test_what_is_left_is_rounded_down(until: timedelta, words: str) -> None:
    assert rendering._left(now() + until) == words


def test_no_template_hides_one_of_the_reports() -> None:
    here = {path.name for path in rendering._TEMPLATES.iterdir()}
    assert here.isdisjoint({path.name for path in TEMPLATES.glob("*.html")})


def test_templates_fill_nothing_in_unescaped() -> None:
    for path in rendering._TEMPLATES.iterdir():
        text = Path(path).read_text("utf-8")
        assert "safe" not in text.replace("|safe", "| safe").split("| ")[1:], path
        assert "style=" not in text, path
        assert "onclick" not in text, path


def test_the_style_sheet_and_scripts_are_at_addresses_of_their_own(served: Online) -> None:
    client = served.client()
    page = client.get("/").text
    assert asset("icon.svg") in page
    sheet = client.get(f"/style.css?{rendering._digest(style())}")
    assert sheet.headers["content-type"].startswith("text/css")
    assert "max-age" in sheet.headers["cache-control"]
    assert sheet.content == style()


def test_every_error_is_a_page(served: Online) -> None:
    ada = served.person("ada")
    missing = ada.browser.get("/nothing")
    assert missing.status_code == 404
    assert "Not here" in missing.text
    forbidden = ada.browser.get("/operator/users")
    assert forbidden.status_code == 403
    assert "Not open to you" in forbidden.text
    unsigned = served.client().post("/account/password", data={})
    assert unsigned.status_code == 401
    assert 'href="/sign-in"' in unsigned.text


def test_a_database_that_cannot_be_used_is_said_to_be_so(
    served: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    from harness.store import standings
    from harness.store.database import StoreError

    def broken(*_: object) -> None:
        raise StoreError("the database cannot be used now: it is away")

    ada = served.person("ada")
    monkeypatch.setattr(standings, "progress", broken)
    answer = ada.browser.get("/")
    assert answer.status_code == 503
    assert "Try again in 5 seconds" in answer.text
    assert answer.headers["retry-after"] == "5"
