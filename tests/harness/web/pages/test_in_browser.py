"""The pages in a real browser, served by a real server, judged by a real worker."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from harness.engine import Engine
from harness.problem.library import Library
from harness.store import credentials
from tests.harness.chromium import log, look, started, violations
from tests.harness.web.running import Running, running

PROBLEM = "scan_training_step"
PAGE = f"/problems/{PROBLEM}"
SAMPLES = Path(__file__).parents[4] / "submissions" / PROBLEM
RIGHT = (SAMPLES / "accepted" / "grad.py").read_text("utf-8")
WRONG = (SAMPLES / "wrong_answer" / "first_microbatch_skipped.py").read_text("utf-8")

_PASTE = """
const clipboardData = new DataTransfer();
clipboardData.setData("text/plain", arguments[0]);
const paste = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
document.querySelector(".cm-content").dispatchEvent(paste);
"""


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, built_in: Library, engine: Engine
) -> Iterator[Running]:
    """One server for all tests of this file."""
    with running(tmp_path_factory.mktemp("served"), built_in, (PROBLEM,), engine) as found:
        yield found


@pytest.fixture(autouse=True)
def _awake(served: Running) -> Iterator[None]:
    """However a test ends, the next one has a worker."""
    yield
    served.resume()


@pytest.fixture
def scriptless(browser: Chrome) -> Iterator[Chrome]:
    """The browser with scripts turned off."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    yield browser
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def _until(browser: Chrome, ready: Callable[[Chrome], object]) -> None:
    # A page that is left while it is looked at is looked at again.
    WebDriverWait(browser, 20, 0.05, [StaleElementReferenceException]).until(ready)


def _shows(browser: Chrome, text: str) -> None:
    _until(browser, lambda b: text in b.find_element(By.TAG_NAME, "main").text)


def _find(browser: Chrome, css: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, css)


def _open(browser: Chrome, served: Running, path: str) -> None:
    browser.get(served.site.url + path)


def _write(browser: Chrome, text: str) -> None:
    """Paste a text in the place of all that is in the editor."""
    _find(browser, ".cm-content").click()
    ActionChains(browser).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()
    browser.execute_script(_PASTE, text)


def _submit(browser: Chrome) -> None:
    ActionChains(browser).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(
        Keys.CONTROL
    ).perform()
    _until(browser, lambda b: "/submissions/" in b.current_url)


def _quiet(browser: Chrome, served: Running) -> None:
    """Nothing was refused by the policy, and nothing was asked of another place."""
    assert [
        each for each in log(browser, "browser") if each["level"] in ("SEVERE", "WARNING")
    ] == []
    events = [json.loads(entry["message"])["message"] for entry in log(browser, "performance")]
    asked = {
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    }
    elsewhere = [u for u in asked if not u.startswith((served.site.url, "data:", "about:"))]
    assert elsewhere == []


def test_from_signing_up_to_accepted(browser: Chrome, served: Running) -> None:
    browser.get("about:blank")
    log(browser, "performance")
    look(browser, 1280, "light")
    served.enter(browser, None)
    _open(browser, served, PAGE)
    _find(browser, ".desk .primary").click()
    _find(browser, "main a[href='/sign-up']").click()
    _find(browser, "#name").send_keys("newcomer")
    _find(browser, "#password").send_keys("a password of four words", Keys.ENTER)
    _shows(browser, "0 of 1 accepted so far")
    _find(browser, ".problems a").click()
    _write(browser, WRONG)
    _submit(browser)
    _shows(browser, "Wrong answer")
    assert _find(browser, "[data-progress]").text == "Judged: wrong answer."
    browser.find_element(By.LINK_TEXT, "Show more help").click()
    _shows(browser, "The first microbatch is skipped")
    browser.find_element(By.LINK_TEXT, "Edit again").click()
    assert "x_batches[1:]" in _find(browser, ".cm-content").text
    _write(browser, RIGHT)
    _find(browser, "form .primary").click()
    _shows(browser, "100/100 points")
    browser.find_element(By.LINK_TEXT, "Leaderboard").click()
    assert "newcomer" in _find(browser, "tr.here").text
    _open(browser, served, "/history")
    browser.find_element(By.PARTIAL_LINK_TEXT, "What changed").click()
    assert {"− removed", "+ added"} <= {
        each.text for each in browser.find_elements(By.CSS_SELECTOR, ".diff td:nth-child(3)")
    }
    _quiet(browser, served)


def test_a_judging_is_shown_step_by_step(browser: Chrome, served: Running) -> None:
    served.enter(browser, served.person("stepper")[1])
    served.pause()
    _open(browser, served, PAGE)
    _write(browser, RIGHT)
    _submit(browser)
    assert "Next in the queue." in _find(browser, "[data-progress]").text
    assert violations(browser) == []
    served.resume()
    _shows(browser, "100/100 points")
    assert browser.find_elements(By.CSS_SELECTOR, ".steps") == []


def test_two_users_at_once_see_their_own(browser: Chrome, served: Running) -> None:
    served.pause()
    other = started()
    try:
        for who, each, text in (("one", browser, WRONG), ("two", other, RIGHT)):
            served.enter(each, served.person(who)[1])
            _open(each, served, PAGE)
            _write(each, text)
            _submit(each)
        served.resume()
        _shows(browser, "Wrong answer")
        _shows(other, "Accepted")
        other.get(browser.current_url)
        _shows(other, "There is no such submission")
    finally:
        other.quit()


def test_a_session_that_ends_costs_no_text(browser: Chrome, served: Running) -> None:
    account, secret = served.person("leaver")
    served.enter(browser, secret)
    _open(browser, served, PAGE)
    _write(browser, "typed = 1\n")
    _until(browser, lambda b: _find(b, "[data-draft-state]").text == "Saved")
    with served.database.write() as connection:
        credentials.end_sessions(connection, account.id)
    _write(browser, "typed = 2\n")
    _until(browser, lambda b: "This browser keeps your text" in _find(b, ".over").text)
    _find(browser, "form .primary").click()
    _shows(browser, "Your session has ended")
    assert _find(browser, ".cm-content").text.startswith("typed = 2")
    with served.database.write() as connection:
        again = credentials.begin_session(connection, account.id, "test")
    served.enter(browser, again)
    _open(browser, served, PAGE)
    assert _find(browser, ".cm-content").text.startswith("typed = 1")
    _find(browser, ".editor-offer button").click()
    assert _find(browser, ".cm-content").text.startswith("typed = 2")
    log(browser, "browser")  # that the draft was refused is no fault


def test_who_must_sign_in_comes_back(browser: Chrome, served: Running) -> None:
    served.enter(browser, None)
    _open(browser, served, f"/history?problem={PROBLEM}")
    assert "/sign-in?next=%2Fhistory%3Fproblem%3D" in browser.current_url


def test_back_shows_the_text_that_was_submitted(browser: Chrome, served: Running) -> None:
    served.enter(browser, served.person("walker")[1])
    _open(browser, served, PAGE)
    _write(browser, "again = 1\n")
    _submit(browser)
    first = browser.current_url
    browser.back()
    _until(browser, lambda b: _find(b, ".cm-content").text.startswith("again = 1"))
    _submit(browser)
    _shows(browser, "Invalid submission")
    browser.get(first)
    _shows(browser, "Invalid submission")


def test_all_but_live_works_without_scripts(scriptless: Chrome, served: Running) -> None:
    served.pause()
    served.enter(scriptless, served.person("plain")[1])
    _open(scriptless, served, PAGE)
    source = _find(scriptless, "#source")
    source.clear()
    source.send_keys("kept = 1")
    scriptless.find_element(By.XPATH, "//button[text()='Save draft']").click()
    _shows(scriptless, "Your draft is saved")
    assert str(_find(scriptless, "#source").get_attribute("value")).strip() == "kept = 1"
    _find(scriptless, "form .primary").click()
    _shows(scriptless, "This page loads itself again")
    served.resume()
    _shows(scriptless, "Invalid submission")
    scriptless.find_element(By.LINK_TEXT, "Edit again").click()
    assert str(_find(scriptless, "#source").get_attribute("value")).strip() == "kept = 1"


def test_the_keyboard_is_enough(browser: Chrome, served: Running) -> None:
    served.enter(browser, served.person("typist")[1])
    _open(browser, served, "/")

    def press(*keys: str) -> str:
        ActionChains(browser).send_keys(*keys).perform()
        return str(browser.execute_script("return document.activeElement.textContent").strip())

    assert press(Keys.TAB) == "Skip to the content"
    press(Keys.ENTER)
    reached = next(n for n in range(40) if press(Keys.TAB) == "A training loop as one scan")
    assert reached < 40
    press(Keys.ENTER)
    _until(browser, lambda b: b.find_elements(By.CSS_SELECTOR, ".cm-content"))
    for _ in range(60):
        press(Keys.TAB)
        if browser.execute_script("return document.activeElement.matches('.cm-content')"):
            break
    ActionChains(browser).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).perform()
    press("typed = 1", Keys.ESCAPE, Keys.TAB)
    assert browser.execute_script("return document.activeElement.textContent") == "Submit"
    press(Keys.ENTER)
    _shows(browser, "Invalid submission")


def test_every_page_fits_and_can_be_read(browser: Chrome, served: Running) -> None:
    account, secret = served.person("reader")
    served.enter(browser, secret)
    _open(browser, served, PAGE)
    _write(browser, WRONG)
    _submit(browser)
    _shows(browser, "Wrong answer")
    submission = browser.current_url.removeprefix(served.site.url)
    id = submission.rpartition("/")[2]
    log(browser, "browser")
    pages = (
        *("/", PAGE, f"{submission}?hints=3", "/history", f"/history/diff?a={id}&b={id}"),
        *(f"{PAGE}/leaderboard", "/account"),
    )
    backgrounds = set()
    for width, scheme in ((1280, "light"), (360, "dark")):
        look(browser, width, scheme)
        for path in pages:
            _open(browser, served, path)
            browser.execute_script(
                "document.querySelectorAll('details').forEach(each => each.open = true)"
            )
            assert violations(browser) == [], path
            wide = browser.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, path
        script = "return getComputedStyle(document.body).backgroundColor"
        backgrounds.add(browser.execute_script(script))
    assert len(backgrounds) == 2
    _quiet(browser, served)
    served.enter(browser, None)
    for path in ("/sign-in", "/sign-up", PAGE, "/nothing"):
        _open(browser, served, path)
        assert violations(browser) == [], path
    log(browser, "browser")
    assert account.name == "reader"
