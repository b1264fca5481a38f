"""What a browser makes of a page: it fetches nothing, fits a telephone, and can be read by all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from harness.report.document import Output, Report
from harness.report.formats import html
from harness.report.results import Results
from tests.harness.report.formats.test_html import PROGRAM, STATEMENT

_ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--hide-scrollbars"),
)
_AXE = "axe.run(document, {resultTypes: ['violations']}).then(arguments[0])"
_OPEN = "document.querySelectorAll('details').forEach(each => each.open = true)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("there is no Chromium here: make browser installs it")
    options = ChromeOptions()
    options.binary_location = chromium
    for argument in _ARGUMENTS:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with Chrome(options, Service(driver)) as found:
        yield found


def _log(browser: Any, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = browser.get_log(name)
    return found


def _requests(browser: Chrome) -> list[str]:
    """The addresses that were asked for since they were asked for last."""
    events = [json.loads(entry["message"])["message"] for entry in _log(browser, "performance")]
    return [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]


def _look(browser: Chrome, width: int, scheme: str) -> None:
    scale = {"height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, **scale})
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def _violations(browser: Chrome) -> list[str]:
    """What axe finds to be in the way of a reader, and where."""
    found: dict[str, Any] = browser.execute_async_script(_AXE)
    return [
        f"{each['id']}: {[node['html'] for node in each['nodes'][:3]]}"
        for each in found["violations"]
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
    browser.execute_script((files("axe_core_python") / "axe.min.js").read_text("utf-8"))
    for width, scheme in ((1000, "light"), (360, "dark")):
        _look(browser, width, scheme)
        assert _violations(browser) == []
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    asked = [url for url in _requests(browser) if not url.startswith("data:")]
    assert asked == [address]
    assert _log(browser, "browser") == []


def test_dark_and_light_are_different(browser: Chrome, address: str) -> None:
    colours = []
    for scheme in ("light", "dark"):
        _look(browser, 1000, scheme)
        browser.get(address)
        script = "return getComputedStyle(document.body).backgroundColor"
        colours.append(browser.execute_script(script))
    assert colours == ["rgb(255, 255, 255)", "rgb(16, 20, 26)"]
