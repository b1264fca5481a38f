"""A Chromium that tests drive, and what they ask of it."""

from __future__ import annotations

import shutil
from importlib.resources import files
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

_ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--hide-scrollbars"),
)
_AXE = "axe.run(document, {resultTypes: ['violations']}).then(arguments[0])"


def started() -> Chrome:
    """A browser that keeps its console and requests; where there is none, tests are skipped."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("there is no Chromium here: make browser installs it")
    options = ChromeOptions()
    options.binary_location = binary
    for argument in _ARGUMENTS:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return Chrome(options, Service(driver))


def log(browser: Any, name: str) -> list[dict[str, Any]]:
    """What a log holds since it was asked for last."""
    found: list[dict[str, Any]] = browser.get_log(name)
    return found


def look(browser: Chrome, width: int, scheme: str, still: bool = False) -> None:
    """Give the window a width, and its pages light or dark colours; `still`: nothing moves."""
    scale = {"height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, **scale})
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    if still:
        features.append({"name": "prefers-reduced-motion", "value": "reduce"})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def violations(browser: Chrome) -> list[str]:
    """What axe finds to be in the way of a reader, and where."""
    if not browser.execute_script("return 'axe' in window"):
        browser.execute_script((files("axe_core_python") / "axe.min.js").read_text("utf-8"))
    found: dict[str, Any] = browser.execute_async_script(_AXE)
    return [
        f"{each['id']}: {[node['html'] for node in each['nodes'][:3]]}"
        for each in found["violations"]
    ]
