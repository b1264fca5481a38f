from __future__ import annotations

import ast

from graders.slips.statements import forgotten, misplaced

BLOCK = ast.parse("a = 1\nb, c = 2, 3\ng()\nd = 4\n").body


def test_neighbouring_assignments_change_places() -> None:
    ((first, second),) = misplaced(BLOCK)
    assert (first.text, second.text) == ("b, c = (2, 3)", "a = 1")
    assert (first.words, second.words) == ("`(b, c)` is computed before `a`", "")


def test_an_assignment_is_forgotten() -> None:
    words = [rewrite.words for (rewrite,) in forgotten(BLOCK)]
    assert words == [f"`{name}` is not updated" for name in ("a", "(b, c)", "d")]
