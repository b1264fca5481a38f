"""How a page follows a judging: what it says, what it shows, and what a lost connection costs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Event

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.harness.chromium import log, violations
from tests.harness.web.site import Answer, Request, Site

LOST = "The connection is lost. It is tried again."
_STATUS = "<p role=status aria-live=polite data-progress>Waiting</p>"
_INSIDE = f'<div data-events="/events" data-fragment="/part">{_STATUS}<a href="/">Again</a></div>'
_OUTSIDE = (
    f'{_STATUS}<div data-events="/events" data-fragment="/part"><a href="/">Again</a></div>'
    "<button>Other</button>"
)


def _event(name: str, text: str = "", number: int = 0, **more: object) -> str:
    data = json.dumps({"text": text, **more}) if text else "{}"
    return f"id: {number}\nevent: {name}\ndata: {data}\n\n"


@pytest.fixture
def gates() -> Iterator[list[Event]]:
    """What a stream waits for; all are open in the end, so that no thread is left."""
    found = [Event() for _ in range(4)]
    yield found
    for each in found:
        each.set()


def _open(browser: Chrome, site: Site, body: str) -> None:
    site.page("live.js", body)
    site.answers["/part"] = Answer("<h2>Accepted</h2><p>100 points</p><script src=/x></script>")
    browser.get(site.address)


def _until(browser: Chrome, text: str) -> None:
    def said(_: Chrome) -> bool:
        return browser.find_element(By.CSS_SELECTOR, "[data-progress]").text == text

    WebDriverWait(browser, 5, 0.02).until(said)


def _focus(browser: Chrome, css: str) -> None:
    browser.execute_script(f"document.querySelector('{css}').focus()")


def _focused(browser: Chrome, css: str) -> bool:
    return bool(
        browser.execute_script(f"return document.activeElement === document.querySelector('{css}')")
    )


@pytest.mark.parametrize("body", [_INSIDE, _OUTSIDE], ids=["inside", "outside"])
def test_progress_is_said_and_the_result_is_shown(
    browser: Chrome, site: Site, gates: list[Event], body: str
) -> None:
    def events(_: Request) -> Iterator[str]:
        yield "200"
        yield _event("progress", "Second in the queue")
        gates[0].wait(5)
        yield _event("progress", "Judging")
        gates[1].wait(5)
        yield _event("done", "Accepted")

    site.streams["/events"] = events
    _open(browser, site, body)
    _until(browser, "Second in the queue")
    gates[0].set()
    _until(browser, "Judging")
    gates[1].set()
    _until(browser, "Accepted")
    shown = browser.find_element(By.CSS_SELECTOR, "[data-events]")
    assert shown.text == "Accepted\n100 points"
    assert violations(browser) == []
    assert site.asked("GET", "/x") == []
    assert len(site.asked("GET", "/events")) == 1
    assert log(browser, "browser") == []


def test_the_steps_of_the_way_are_marked(browser: Chrome, site: Site, gates: list[Event]) -> None:
    def events(_: Request) -> Iterator[str]:
        yield "200"
        yield _event("progress", "Running", state="running", attempt=1)
        gates[0].wait(5)
        checks = {"correctness": "failed"}
        yield _event("progress", "Looking", state="running", step="structure", checks=checks)
        gates[1].wait(5)

    def marks() -> list[str]:
        items = browser.find_elements(By.CSS_SELECTOR, "[data-steps]")
        found = (map(item.get_attribute, ("data-when", "data-status")) for item in items)
        return [" ".join(mark or "-" for mark in each) for each in found]

    steps = ("queued", "running tracing", "comparing", "structure", "device explaining")
    checks = ("", "", "correctness", "structure", "")
    items = "".join(
        f'<li data-steps="{names}" data-check="{check}">{names}</li>'
        for names, check in zip(steps, checks, strict=True)
    )
    site.streams["/events"] = events
    _open(browser, site, _INSIDE.replace("<a", f"<ol>{items}</ol><a"))
    _until(browser, "Running")
    assert marks() == ["past -", "now -", "- -", "- -", "- -"]
    gates[0].set()
    _until(browser, "Looking")
    assert marks() == ["past -", "past -", "past failed", "now -", "- -"]


@pytest.mark.parametrize(
    ("before", "after"), [("button", "button"), ("[data-events] a", "[data-events]")]
)
def test_the_focus_is_not_taken_and_not_lost(
    browser: Chrome, site: Site, gates: list[Event], before: str, after: str
) -> None:
    def events(_: Request) -> Iterator[str]:
        yield "200"
        gates[0].wait(5)
        yield _event("done")

    site.streams["/events"] = events
    _open(browser, site, _OUTSIDE)
    _focus(browser, before)
    gates[0].set()
    _until(browser, "The result is here.")
    assert _focused(browser, after)


def test_a_lost_connection_is_said_and_goes_on_where_it_was(
    browser: Chrome, site: Site, gates: list[Event]
) -> None:
    def first() -> Iterator[str]:
        yield "200"
        yield "retry: 20\n\n" + _event("progress", "Judging", 7)
        gates[0].wait(5)

    def refused() -> Iterator[str]:
        gates[1].wait(5)
        yield "503"

    def last() -> Iterator[str]:
        gates[2].wait(5)
        yield "200"
        gates[3].wait(5)
        yield _event("done", "Accepted", 8)

    connections = iter((first, refused, last))
    site.streams["/events"] = lambda _: next(connections)()
    _open(browser, site, _OUTSIDE)
    _until(browser, "Judging")
    gates[0].set()
    _until(browser, LOST)
    gates[1].set()  # refused, after which a browser does not try again by itself
    gates[2].set()
    _until(browser, "Judging")
    gates[3].set()
    _until(browser, "Accepted")
    resumed = site.asked("GET", "/events")[1]
    assert resumed.headers["Last-Event-ID"] == "7"


def test_a_result_that_cannot_be_fetched_is_tried_again(browser: Chrome, site: Site) -> None:
    site.streams["/events"] = lambda _: iter(("200", _event("done")))
    _open(browser, site, _OUTSIDE)
    site.answers["/part"] = Answer(status=500)
    browser.refresh()
    _until(
        browser,
        "The result could not be fetched. It is tried again.",
    )
    site.answers["/part"] = Answer("<p>Here</p>")
    _until(browser, "The result is here.")
    assert browser.find_element(By.CSS_SELECTOR, "[data-events]").text == "Here"
