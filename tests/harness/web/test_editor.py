"""The editor in a browser, under the policy that the server's pages have."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs

import pytest
from selenium.common.exceptions import JavascriptException
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.harness.chromium import log, look, violations
from tests.harness.web.site import Answer, Site

SOURCE = '''\
import jax.numpy as jnp


@jit
class Total:
    """Adds up."""

    def total(self, rows):  # a comment
        return jnp.sum(rows) * 2.0 if True else None
'''
STATE = "[data-draft-state]"


def _open(browser: Chrome, site: Site, attributes: str = "", source: str = SOURCE) -> None:
    site.page(
        "editor.js",
        '<form method=post action="/submit"><label for=source>Your answer</label>'
        f"<textarea id=source name=source rows=12 data-editor {attributes}>\n{source}</textarea>"
        "<button>Submit</button><button type=reset>Start again</button>"
        "<p data-draft-state role=status></p></form>",
    )
    site.answers["/submit"] = Answer("<!doctype html><title>Received</title>")
    browser.get(site.address)


def _one(browser: Chrome, css: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, css)


def _text(browser: Chrome) -> str:
    found: str = browser.execute_script("return document.querySelector('textarea').value")
    return found


def _press(browser: Chrome, *keys: str, holding: str | None = None) -> None:
    chain = ActionChains(browser, duration=0)
    if holding:
        chain.key_down(holding)
    chain.send_keys(*keys)
    if holding:
        chain.key_up(holding)
    chain.perform()


def _focused(browser: Chrome) -> str:
    found: str = browser.execute_script(
        "return document.activeElement.className || document.activeElement.textContent"
    )
    return found


def _until(browser: Chrome, css: str, text: str) -> None:
    WebDriverWait(browser, 5, 0.02).until(lambda _: _one(browser, css).text == text)


def test_what_is_typed_is_posted(browser: Chrome, site: Site) -> None:
    _open(browser, site, "required", source="")
    _one(browser, "label").click()
    _press(browser, "def f(x):", Keys.ENTER, "return x")
    assert _text(browser) == "def f(x):\n    return x"
    _press(browser, Keys.ENTER, holding=Keys.CONTROL)
    WebDriverWait(browser, 5, 0.02).until(lambda _: browser.title == "Received")
    (posted,) = site.asked("POST", "/submit")
    assert parse_qs(posted.body) == {"source": ["def f(x):\r\n    return x"]}
    assert log(browser, "browser") == []


def test_the_textarea_is_used_where_there_are_no_scripts(browser: Chrome, site: Site) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        _open(browser, site)
        assert _one(browser, "textarea").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_tab_indents_and_after_escape_it_leaves(browser: Chrome, site: Site) -> None:
    _open(browser, site, "autofocus", source="x = 1")
    content = _one(browser, ".cm-content")
    assert content.get_attribute("aria-label") == "Your answer"
    (described,) = (content.get_attribute("aria-describedby") or "").split()
    assert "press Escape, then Tab" in browser.find_element(By.ID, described).text
    _press(browser, Keys.TAB)
    assert _text(browser) == "    x = 1"
    _press(browser, Keys.TAB, holding=Keys.SHIFT)
    assert _text(browser) == "x = 1"
    assert "cm-content" in _focused(browser)
    _press(browser, Keys.ESCAPE)
    browser.execute_script("const now = Date.now; Date.now = () => now() + 30_000")
    _press(browser, Keys.TAB)
    assert _focused(browser) == "Submit"
    _press(browser, Keys.TAB, holding=Keys.SHIFT)
    assert "cm-content" in _focused(browser)
    assert _text(browser) == "x = 1"


def test_a_draft_is_kept_sent_and_offered(browser: Chrome, site: Site) -> None:
    _open(browser, site, 'autofocus data-draft="total" data-draft-url="/draft"', source="x = 1")
    assert browser.find_elements(By.CSS_SELECTOR, ".editor-offer") == []
    _press(browser, "y", "z")
    _until(browser, STATE, "Saved")
    (sent,) = site.asked("PUT", "/draft")
    assert json.loads(sent.body) == {"source": "yzx = 1"}
    assert sent.headers["Content-Type"] == "application/json"
    assert sent.headers["X-CSRF-Token"] == "token"
    _press(browser, "a")  # kept though the page is left at once
    browser.refresh()
    assert _text(browser) == "x = 1"
    assert violations(browser) == []
    _one(browser, ".editor-offer button").click()
    assert _text(browser) == "yzax = 1"
    assert "cm-content" in _focused(browser)
    assert browser.find_elements(By.CSS_SELECTOR, ".editor-offer") == []
    _press(browser, "z", holding=Keys.CONTROL)
    assert _text(browser) == "x = 1"
    assert log(browser, "browser") == []


@pytest.mark.parametrize(
    ("saved", "source", "offered"),
    [("2020-01-01T00:00:00Z", "x", 1), ("2999-01-01T00:00:00Z", "x", 0), ("", "kept", 0)],
)
def test_only_a_draft_that_is_newer_and_different_is_offered(
    browser: Chrome, site: Site, saved: str, source: str, offered: int
) -> None:
    _open(browser, site, source="")
    kept = json.dumps({"source": "kept", "at": 1_700_000_000_000})
    browser.execute_script("localStorage.setItem('total', arguments[0])", kept)
    _open(browser, site, f'data-draft="total" data-draft-saved="{saved}"', source)
    assert len(browser.find_elements(By.CSS_SELECTOR, ".editor-offer")) == offered


def test_a_draft_that_is_no_draft_is_not_offered(browser: Chrome, site: Site) -> None:
    _open(browser, site)
    for text in ("{", "null", '{"source": 3}'):
        browser.execute_script("localStorage.setItem('total', arguments[0])", text)
        _open(browser, site, "data-draft=total")
        assert browser.find_elements(By.CSS_SELECTOR, ".editor-offer") == []
        assert log(browser, "browser") == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer("no", 503), "Not saved: the server answered 503. This browser keeps your text."),
        (
            Answer(
                '{"error": {"message": "the text is longer than 256 kB"}}', 413, "application/json"
            ),
            "Not saved: the text is longer than 256 kB. This browser keeps your text.",
        ),
    ],
)
def test_a_draft_that_the_server_refuses_is_said_not_to_be_saved(
    browser: Chrome, site: Site, answer: Answer, said: str
) -> None:
    site.answers["/draft"] = answer
    _open(browser, site, "autofocus data-draft=total data-draft-url=/draft")
    _press(browser, "a")
    _until(browser, STATE, said)


def test_a_browser_without_storage_says_that_nothing_is_saved(browser: Chrome, site: Site) -> None:
    _open(browser, site, "autofocus data-draft=total")
    browser.execute_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    _press(browser, "a")
    _until(browser, STATE, "Not saved: this browser keeps no drafts")


def _lines(browser: Chrome, css: str) -> list[str]:
    return [each.text for each in browser.find_elements(By.CSS_SELECTOR, css)]


def test_marks_stay_with_their_lines(browser: Chrome, site: Site) -> None:
    _open(browser, site, 'autofocus data-mark-lines="2,4,99,x"', source="a\nb\nc\nd")
    assert _lines(browser, ".cm-line.editor-marked") == ["b", "d"]
    assert _lines(browser, ".cm-gutterElement.editor-marked") == ["2", "4"]
    _press(browser, Keys.ENTER)
    assert _lines(browser, ".cm-line.editor-marked") == ["b", "d"]
    assert _lines(browser, ".cm-gutterElement.editor-marked") == ["3", "5"]


def test_a_text_to_read_cannot_be_changed_and_one_to_write_starts_again(
    browser: Chrome, site: Site
) -> None:
    _open(browser, site, "autofocus readonly data-draft=total", source="x")
    _press(browser, "a")
    assert _text(browser) == "x"
    _open(browser, site, "autofocus", source="x")
    _press(browser, "a")
    assert _text(browser) == "ax"
    _one(browser, "[type=reset]").click()
    assert (_text(browser), _one(browser, ".cm-content").text) == ("x", "x")


_COLOURS = """
const of = (css, name = 'backgroundColor') => getComputedStyle(document.querySelector(css))[name];
const texts = [...document.querySelectorAll('.cm-line span')].map(e => getComputedStyle(e).color);
const backs = ['.cm-editor', '.cm-selectionBackground', '.cm-searchMatch'].map(css => of(css));
return [[...texts, of('.cm-content', 'color')], backs, of('.cm-line.editor-marked')];
"""
Colour = tuple[float, ...]


def _colour(text: str) -> Colour:
    """Red, green and blue of 255, and how much of it covers what is beneath."""
    found = [float(each) for each in re.findall(r"[\d.]+", text)]
    return (*found[:3], *(found[3:] or [1.0]))


def _over(above: Colour, beneath: Colour) -> Colour:
    cover = above[3]
    pairs = zip(above[:3], beneath[:3], strict=True)
    return (*(cover * a + (1 - cover) * b for a, b in pairs), 1.0)


def _luminance(colour: Colour) -> float:
    shares = [each / 255 for each in colour[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return sum(a * b for a, b in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def _contrast(one: Colour, other: Colour) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _all_drawn(found: Any) -> Any:
    """The colours, once there are as many as there will be; the last come a moment later."""
    return found if found and len({_colour(each) for each in found[0]}) == 6 else None


@pytest.mark.parametrize(("width", "scheme"), [(1000, "light"), (360, "dark")])
def test_what_is_marked_up_can_be_read(
    browser: Chrome, site: Site, width: int, scheme: str
) -> None:
    look(browser, width, scheme)
    _open(browser, site, 'autofocus data-mark-lines="4"')
    _press(browser, "f", holding=Keys.CONTROL)
    _press(browser, "total", Keys.ENTER)
    drawn = WebDriverWait(browser, 5, 0.02, ignored_exceptions=[JavascriptException])
    found: Any = drawn.until(lambda _: _all_drawn(browser.execute_script(_COLOURS)))
    texts, plain = ({_colour(each) for each in some} for some in found[:2])
    assert len(texts) == 6  # keyword, string, number, definition, comment, all else
    assert len(plain) == 3
    backs = plain | {_over(_colour(found[2]), each) for each in plain}
    contrasts = {(text, back): _contrast(text, back) for text in texts for back in backs}
    assert {pair: value for pair, value in contrasts.items() if value < 4.5} == {}
    assert violations(browser) == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    assert log(browser, "browser") == []


def test_a_page_gives_its_own_colours(browser: Chrome, site: Site) -> None:
    _open(browser, site, source="if x: pass")
    browser.execute_script("document.body.style.setProperty('--editor-keyword', '#010203')")
    assert _one(browser, ".tok-keyword").value_of_css_property("color") == "rgba(1, 2, 3, 1)"
