from __future__ import annotations

import ast

from graders.slips.statements import forgotten, misplaced, swapped_targets

BLOCK = ast.parse("a = 1\nb, c = 2, 3\ng()\nd = 4\n").body


def test_neighbouring_assignments_change_places() -> None:
    ((first, second),) = misplaced(BLOCK)
    assert (first.text, second.text) == ("b, c = (2, 3)", "a = 1")
    assert (first.words, second.words) == ("`(b, c)` is computed before `a`", "")


def test_an_assignment_is_forgotten() -> None:
    words = [rewrite.words for (rewrite,) in forgotten(BLOCK)]
    assert words == [f"`{name}` is not updated" for name in ("a", "(b, c)", "d")]


def test_a_result_is_unpacked_in_another_order() -> None:
    words = "`b` and `c` in each other's place where they are unpacked"
    found = [(rewrite.text, rewrite.words) for (rewrite,) in swapped_targets(BLOCK)]
    assert found == [("c, b = (2, 3)", words)]
    inner = ast.parse("(a, b), c = d\na[0], b = c\n").body
    assert list(swapped_targets(inner)) == []
