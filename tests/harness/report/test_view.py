from __future__ import annotations

import json

from graders.view import Dead, Growth, Loop, Row, View
from harness.report.page import ASCII, Page, Symbols
from harness.report.view import document, render

SOURCE = ["import jax", "def f(w, xs):", "    return jax.lax.scan(body, w, xs)[0]"]
VIEW = View(
    (("N", 2),),
    "float32[]",
    (
        Row("inputs w:f32[]", None, False),
        Row("a = scan(length=2)", 3, True),
        Row("  b = c * c", 2, False),
        Row("returns a", None, False),
    ),
    (
        Loop("scan", 3, 2, ("w",), ("xs",), (), ()),
        Loop("while", None, None, ("w",), (), ("lr",), ("lr",)),
    ),
    (Dead("sin", 2), Dead("sin", 2), Dead("cos", 9), Dead("abs", None)),
    (Growth("N", (3, 6), (10, 20), (3,)), Growth("B", (3, 6), (10, 10), ())),
)

EXPECTED = """\
The program for N = 2
      inputs w:f32[]
  3 → a = scan(length=2)
  2     b = c * c
      returns a

scan, 2 steps, line 3:  return jax.lax.scan(body, w, xs)[0]
  starts from  w
  scans  xs

while, as many steps as the data ask for
  starts from  w
  captures  lr
  results also depend, past it, on  lr

Without any effect on the result
  abs
  2 sin, line 2:  def f(w, xs):
  cos, line 9

Grows with N: 10 operations for N = 3, 20 for N = 6
  line 3:  return jax.lax.scan(body, w, xs)[0]

Does not grow with B: 10 operations for B = 3, 10 for B = 6
"""


def test_a_program_is_shown_with_its_loops_and_what_is_to_be_said() -> None:
    assert render(VIEW, SOURCE, Page(80, False, Symbols())) == EXPECTED
    assert render(VIEW, SOURCE, Page(80, False, ASCII)).isascii()


def test_a_long_program_is_cut_and_one_without_dimensions_has_no_sizes() -> None:
    rows = tuple(Row(f"a{n} = b", None, False) for n in range(500))
    text = render(View((), "", rows, (), (), ()), [], Page(80, False, Symbols()))
    assert text.startswith("The program\n")
    assert "... and 100 lines more" in text


def test_the_document_holds_everything() -> None:
    found = json.loads(document(VIEW))
    assert found["schema"] == "jaxjudge.view/1"
    assert found["dimensions"] == {"N": 2}
    assert found["loops"][0]["xs"] == ["xs"]
    assert found["dead"][0] == {"primitive": "sin", "line": 2}
