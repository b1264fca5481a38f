from __future__ import annotations

from typing import Any

from graders.verdict import Moment
from harness.report import preview
from harness.report.page import Page, Symbols
from harness.sight import Example, Sight, Spread

PAGE = Page(80, False, Symbols())


def shown(steps: int, **sizes: int) -> str:
    way = [Moment(n, {"w": n / 2}, {"w": n / 2}, {}, True) for n in range(steps)]
    arguments: dict[str, Any] = {"key": 7, "x": [[1.0, 2.0], [3.0, 4.0]]}
    spreads = [Spread("key", "key<fry>[]", 0.0, 9e9), Spread("x", "float32[N,2]", 1.0, 4.0)]
    example = Example(sizes, arguments, "0.5", way)
    sight = Sight(260, [sizes], 20, spreads, [Spread("result", "float32[]", 0.5, 0.5)], [example])
    return preview.render(sight, PAGE)


def test_numbers_come_before_batches() -> None:
    assert shown(2, N=2) == (
        "260 batches, 20 of them also compared as rational numbers\n"
        "  shapes  N = 2\n"
        "  argument  key     key<fry>[]    random keys\n"
        "  argument  x       float32[N,2]  from 1 to 4\n"
        "  result    result  float32[]     from 0.5 to 0.5\n"
        "\n"
        "A batch of N = 2\n"
        "  key        7\n"
        "  x          [[1, 2]\n"
        "              [3, 4]]\n"
        "  reference  0.5\n"
        "  start      w 0\n"
        "  step 1     w 0.5\n"
    )


def test_without_sizes_there_are_no_shapes_and_a_long_way_is_cut() -> None:
    text = shown(20)
    assert "shapes" not in text
    assert "A batch\n" in text
    assert text.endswith("... and 8 more\n")
