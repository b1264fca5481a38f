from __future__ import annotations

import re

from harness.report.statement import render

STATEMENT = """\
# Title

The weight $w_{i-1}$ moves by $\\eta \\,
x$; a price is `$5` or `$6`.

$$w \\, x$$

```python
cost = "$1"  # and $2
```
"""


def test_formulas_are_kept_as_the_author_wrote_them() -> None:
    text = render(STATEMENT, colour=False, width=80)
    assert "The weight w_{i-1} moves by \\eta \\, x; a price is $5 or $6." in text
    assert "w \\, x\n" in text
    assert 'cost = "$1"  # and $2' in text


def test_colour_is_only_decoration() -> None:
    plain = render(STATEMENT, colour=False, width=60)
    coloured = render(STATEMENT, colour=True, width=60)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert not re.search(r"\x1b\[[0-9;]*4[0-9]m", coloured), "a background may not fit the terminal"
