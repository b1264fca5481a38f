from __future__ import annotations

import ast

import pytest

from graders.slips import repair
from graders.slips.repair import Repair, repairs

SOURCE = """def f(w, lr):
    rate = 2
    grad = jnp.sum(w)
    return w + lr * grad
"""


def one(source: str, changed: str) -> Repair:
    return next(each for each in repairs(source) if each.source == changed)


def test_repairs_are_other_sources_that_can_be_read() -> None:
    found = list(repairs(SOURCE))
    sources = [each.source for each in found]
    assert len(set(sources)) == len(sources)
    assert SOURCE not in sources
    assert all(ast.parse(source) for source in sources)
    assert list(repairs(SOURCE)) == found


def test_a_repair_says_what_stands_in_a_line_and_what_should() -> None:
    changed = SOURCE.replace("w + lr * grad", "(w - lr * grad)")
    assert one(SOURCE, changed) == Repair(4, "`w + lr * grad`", "`w - lr * grad`", changed)


def test_a_part_is_shown_in_what_it_stands_in() -> None:
    found = one(SOURCE, SOURCE.replace("lr * grad", "(rate) * grad"))
    assert (found.found, found.wanted) == ("`lr * grad`", "`rate * grad`")
    long = SOURCE.replace("lr * grad", f"lr * {'grad' * 20}")
    found = one(long, long.replace("lr *", "(rate) *"))
    assert (found.found, found.wanted) == ("`lr`", "`rate`")


def test_lines_are_shown_whole() -> None:
    found = one(SOURCE, SOURCE.replace("    rate = 2\n", "    pass\n"))
    assert (found.line, found.found, found.wanted) == (2, "`rate = 2`", "nothing")
    turned = "def f(w, lr):\n    grad = jnp.sum(w)\n    rate = 2\n    return w + lr * grad\n"
    found = one(SOURCE, turned)
    assert found.found == "`rate = 2` and `grad = jnp.sum(w)`"
    assert found.wanted == "`grad = jnp.sum(w)` and `rate = 2`"


def test_what_takes_away_comes_first() -> None:
    sources = [each.source for each in repairs("def f(w):\n    return w + 1\n")]
    assert sources.index("def f(w):\n    return (w)\n") < sources.index(
        "def f(w):\n    return (w - 1)\n"
    )


def test_there_are_never_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_MOST_LIKELY", "_MOST_VALUES", "_MOST_MORE"):
        monkeypatch.setattr(repair, name, 4)
    assert 8 < len(list(repairs(SOURCE))) <= 12
    assert list(repairs(SOURCE + "#" * 20_000)) == []
