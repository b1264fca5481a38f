from __future__ import annotations

import ast

import pytest

from graders.slips import slip
from graders.slips.slip import slips

SOURCE = '''def f(w, lr):
    """Größe."""
    rate = lr * 2
    w = w - rate  # ä
    return (
        jnp.sum(w)
    )
'''


def test_slips_are_other_sources_that_can_be_read_and_say_what_they_are() -> None:
    found = list(slips(SOURCE))
    sources = [each.source for each in found]
    assert len(set(sources)) == len(sources)
    assert SOURCE not in sources
    assert all(ast.parse(source) for source in sources)
    assert all(each.words and all(each.words) for each in found)
    assert {len(each.words) for each in found} == {1, 2}
    assert list(slips(SOURCE)) == found


def test_two_ways_to_one_source_are_one_slip() -> None:
    sources = [each.source for each in slips("def f():\n    return 1 + 1\n")]
    assert sources.count("def f():\n    return (1)\n") == 1


def test_what_is_not_rewritten_stays() -> None:
    plus = next(e for e in slips(SOURCE) if e.words[0].startswith("`+` in the place of `-`"))
    assert plus.source == SOURCE.replace("w - rate", "(w + rate)")


def test_lines_change_places() -> None:
    found = next(e for e in slips(SOURCE) if e.words == ("`w` is computed before `rate`",))
    assert "    w = w - rate\n    rate = lr * 2  # ä\n" in found.source


def test_two_of_a_pair_are_apart() -> None:
    pairs = [each.words for each in slips(SOURCE) if len(each.words) == 2]
    assert any("`+` in" in first and "jnp.mean" in second for first, second in pairs)
    assert not any("rate` in `w" in first and "-` in" in second for first, second in pairs)


def test_there_are_never_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MOST_LIKELY", "MOST_OTHERS", "MOST_PAIRS"):
        monkeypatch.setattr(slip, name, 4)
    assert 8 <= len(list(slips(SOURCE))) <= 12
