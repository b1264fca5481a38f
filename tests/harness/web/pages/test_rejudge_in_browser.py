"""An instructor's rejudge in a real browser, judged by a real worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

from harness.engine import Engine
from harness.problem.library import Library
from harness.store.assignments import Terms
from tests.harness.chromium import look, violations
from tests.harness.school import School
from tests.harness.web.running import Running, running

PROBLEM = "scan_training_step"
RIGHT = Path(__file__).parents[4] / "submissions" / PROBLEM / "accepted" / "grad.py"


@pytest.fixture
def served(tmp_path: Path, built_in: Library, engine: Engine) -> Iterator[Running]:
    with running(tmp_path, built_in, (PROBLEM,), engine) as found:
        yield found


def press(browser: Chrome, name: str) -> None:
    """Press a button or follow a link, and see where it leads without anything amiss."""
    found = f"//main//button[.='{name}'] | //main//a[.='{name}']"
    button = browser.find_element(By.XPATH, found)
    button.click()
    WebDriverWait(browser, 20, 0.05).until(staleness_of(button))
    assert violations(browser) == []


def test_an_instructor_judges_again_and_applies(browser: Chrome, served: Running) -> None:
    served.pause()
    versions = {id: problem.version for id, problem in served.site.problems.items()}
    school = School(served.database, (PROBLEM,), versions)
    (ada, session), (bob, _) = served.person("ada", "instructor"), served.person("bob")
    course = school.create(ada)
    school.join(course, bob)
    week = school.set(course, Terms("Week 1", (PROBLEM,)))
    school.handed_in(bob, "wrong_answer", PROBLEM, week, source=RIGHT.read_bytes())
    served.enter(browser, session)
    look(browser, 360, "light")
    browser.get(f"{served.site.url}/classes/{course}")
    assert "Wrong answer" in browser.find_element(By.TAG_NAME, "main").text
    press(browser, "Judge again what was handed in to this class")
    press(browser, "Judge 1 again")
    served.resume()

    def ready(found: Chrome) -> bool:
        again = found.find_elements(By.LINK_TEXT, "Look again")
        for link in again:
            link.click()
        return not again

    WebDriverWait(browser, 20, 0.2).until(ready)
    assert "1 verdict, 1 score" in browser.find_element(By.TAG_NAME, "main").text
    press(browser, "Apply")
    assert "What changed" in browser.find_element(By.TAG_NAME, "main").text
    browser.get(f"{served.site.url}/classes/{course}")
    row = browser.find_element(By.XPATH, "//tr[th='bob']").text
    assert "1 of 1" in row
    assert "Accepted" in row
    assert violations(browser) == []
