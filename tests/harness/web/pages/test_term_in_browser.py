"""The pages of those who teach and operate, in a real browser, in the middle of a term."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from harness.engine import Engine
from harness.problem.library import Library
from tests.harness.chromium import look, violations
from tests.harness.web.running import running
from tests.harness.web.term import Term

PROBLEMS = ("scan_cumsum", "scan_running_mean", "scan_training_step")


@pytest.fixture(scope="module")
def term(
    tmp_path_factory: pytest.TempPathFactory, built_in: Library, engine: Engine
) -> Iterator[Term]:
    """One term for all tests of this file, in which nothing more is judged."""
    with running(tmp_path_factory.mktemp("term"), built_in, PROBLEMS, engine) as served:
        served.pause()
        yield Term(served, PROBLEMS)


def pages(term: Term) -> dict[str, list[str]]:
    """The pages that each of them looks at."""
    course = f"/classes/{term.ids['class']}"
    week = f"{course}/sets/{term.ids['set']}"
    return {
        "barbara": [f"/submissions/{term.ids['judging']}", "/classes", course, week],
        "niklaus": [
            *("/classes", course, f"/classes/{term.ids['empty']}", week, f"{week}/change"),
            *(f"/rejudges?class_id={term.ids['class']}", f"/rejudges/{term.ids['preview']}"),
            *(f"/rejudges/{term.ids['applied']}", "/account", "/operator"),
        ],
        "margaret": ["/operator", "/operator/users", "/operator/audit", "/invitations"],
    }


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (360, "light")])
def test_every_page_fits_and_can_be_read(
    browser: Chrome, term: Term, width: int, scheme: str
) -> None:
    look(browser, width, scheme, still=True)
    for name, paths in pages(term).items():
        term.served.enter(browser, term.secrets[name])
        for path in paths:
            browser.get(term.served.site.url + path)
            assert violations(browser) == [], path
            wide = browser.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, path


def test_a_judging_is_at_a_step_with_what_has_passed(browser: Chrome, term: Term) -> None:
    term.served.enter(browser, term.secrets["barbara"])
    browser.get(f"{term.served.site.url}/submissions/{term.ids['judging']}")
    now = browser.find_element(By.CSS_SELECTOR, "[data-when=now]")
    passed = browser.find_element(By.CSS_SELECTOR, "[data-status=passed]")
    assert (now.text, passed.text) == ("Structure", "Correctness")


def test_what_is_focused_is_seen(browser: Chrome, term: Term) -> None:
    term.served.enter(browser, term.secrets["niklaus"])
    browser.get(f"{term.served.site.url}/classes/{term.ids['class']}")
    focused = "return document.activeElement.matches(':focus-visible')"
    outline = "return getComputedStyle(document.activeElement).outlineStyle"
    places = []
    for _ in range(60):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        if browser.execute_script("return document.activeElement === document.body"):
            break
        assert browser.execute_script(focused)
        assert browser.execute_script(outline) != "none"
        places.append(browser.execute_script("return document.activeElement.textContent").strip())
    assert places[0] == "Skip to the content"
    assert places.index("New problem set") < places.index("CSV") < places.index("Take out")
    assert places[-1] == "Judge again what was handed in to this class"
