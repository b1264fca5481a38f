"""What a browser makes of a page: it fetches nothing, fits a telephone, and can be read by all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from harness.report.document import Output, Report
from harness.report.formats import html
from harness.report.results import Results
from tests.harness.chromium import log, look, violations
from tests.harness.report.formats.test_html import PROGRAM, STATEMENT

_OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"


def _requests(browser: Chrome) -> list[str]:
    """The addresses that were asked for since they were asked for last."""
    events = [json.loads(entry["message"])["message"] for entry in log(browser, "performance")]
    return [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]


@pytest.fixture(params=["wrong", "mixed", "accepted"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A page on disk, in which everything is there, and some of it long."""
    results: Results = request.getfixturevalue(request.param)
    output = Output("a line that is long " * 30, "::error::no", True)
    entries = tuple(
        replace(entry, name=f"class/{'long_' * 30}{n}.py", program=PROGRAM, output=output)
        if isinstance(entry, Report)
        else entry
        for n, entry in enumerate(results.entries)
    )
    statements = {"scan_training_step": f"{STATEMENT}\n\n$${' + '.join('w' * 60)}$$\n"}
    page = tmp_path / "report.html"
    page.write_text(html.render(replace(results, entries=entries, statements=statements)), "utf-8")
    return page.as_uri()


def test_a_page_is_quiet_fits_and_can_be_read(browser: Chrome, address: str) -> None:
    browser.get("about:blank")
    _requests(browser)
    browser.get(address)
    browser.execute_script(_OPEN)
    for width, scheme in ((1000, "light"), (360, "dark")):
        look(browser, width, scheme)
        assert violations(browser) == []
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    asked = [url for url in _requests(browser) if not url.startswith("data:")]
    assert asked == [address]
    assert log(browser, "browser") == []


def test_dark_and_light_are_different(browser: Chrome, address: str) -> None:
    colours = []
    for scheme in ("light", "dark"):
        look(browser, 1000, scheme)
        browser.get(address)
        script = "return getComputedStyle(document.body).backgroundColor"
        colours.append(browser.execute_script(script))
    assert colours == ["rgb(255, 255, 255)", "rgb(16, 20, 26)"]
