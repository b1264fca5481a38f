from __future__ import annotations

import pytest

from graders.wording import listed


@pytest.mark.parametrize(
    ("names", "said"),
    [(("x",), "x"), (("x", "y"), "x and y"), (("x", "y", "z"), "x, y and z")],
)
def test_names_are_listed_as_one_says_them(names: tuple[str, ...], said: str) -> None:
    assert listed(names) == said
