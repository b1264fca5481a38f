from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.problem.diagnostics import Place
from harness.problem.library import Library
from harness.problem.statement import split
from tests.harness.problem.conftest import Vary, said

EXTENDS = 'extends = "double_sum"\n'
STATEMENT = """\
# {{ title }}

Add up.

## Signature

```python
## no heading
def {{ entry }}(start, rows): ...
```

`N` is at most {{ N.max }}.

### Result

A sum.

## Hints

None.
"""


def statement(library: Library) -> str:
    return library.load("variant").statement


@pytest.fixture
def library(vary: Vary) -> Library:
    library = vary(EXTENDS + 'title = "Another"\ndimensions.N.max = 9\n')
    (library.folder("double_sum") / "statement.md").write_text(STATEMENT)
    return library


def write(library: Library, text: str) -> None:
    (library.folder("variant") / "statement.md").write_text(text)


def test_constants_are_those_of_the_variant(library: Library) -> None:
    text = statement(library)
    expected = STATEMENT.replace("{{ title }}", "Another").replace("{{ N.max }}", "9")
    assert text == expected.replace("{{ entry }}", "double_sum")
    assert "`N` is at most 4" in library.load("double_sum").statement


def test_a_section_is_replaced_with_all_below_its_heading(library: Library) -> None:
    write(library, "## Signature  \nOther, {{ N.max }}.\n")
    assert statement(library) == (
        "# Another\n\nAdd up.\n\n## Signature  \nOther, 9.\n\n## Hints\n\nNone.\n"
    )


def test_the_title_is_replaced_with_the_text_below_it(library: Library) -> None:
    write(library, "# Mine\n\nMultiply.\n\n## Hints\r\n\r\nOne.\r\n")
    text = statement(library)
    assert text.startswith("# Mine\n\nMultiply.\n\n## Signature\n")
    assert text.endswith("A sum.\n\n## Hints\r\n\r\nOne.\n")


def test_a_comment_replaces_nothing(library: Library) -> None:
    before = statement(library)
    write(library, "<!--\n## Signature\n{{ unknown }}\n-->\n")
    assert statement(library) == before


def test_a_statement_can_stand_by_itself(vary: Vary) -> None:
    library = vary(EXTENDS + 'replace = ["statement"]\n', statement="# Mine\n\n## New\n")
    assert statement(library) == "# Mine\n\n## New\n"
    (library.folder("variant") / "statement.md").unlink()
    assert said(library) == ["variant/statement.md: expected this file, found none"]


def test_the_sections_of_a_chain(library: Library, vary: Vary) -> None:
    write(library, "## Hints\n\nMine.\n")
    vary('extends = "variant"\n', name="last", statement="## Signature\n\n{{ N.max }}\n")
    text = library.load("last").statement
    assert text == "# Another\n\nAdd up.\n\n## Signature\n\n9\n\n## Hints\n\nMine.\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\n## Signatur\n", "2: expected a section of the statement taken over (Signature, Hints)"),
        ("## signature\n", "1: expected a section of the statement taken over (Signature, Hints)"),
        ("## Hints\n## Hints\n", "2: expected each section once, found 'Hints' again"),
        ("## Hints\n\n{{ N.mox }}\n", "3: expected a constant, found 'N.mox'"),
    ],
)
def test_a_mistake_in_a_section_has_its_line(library: Library, text: str, found: str) -> None:
    write(library, text)
    (only,) = said(library)
    assert only.startswith(f"variant/statement.md:{found}")
    assert "again" in only or "(did you mean " in only


def test_there_may_be_no_section_to_replace(vary: Vary) -> None:
    (found,) = said(vary(EXTENDS, statement="## Hints\n"))
    assert "the statement taken over, and there is none, found 'Hints'" in found


def test_a_constant_that_is_gone_is_reported_where_it_is_used(vary: Vary) -> None:
    library = vary(
        EXTENDS + 'remove_arguments = ["start"]\nstructure.scan.carry = ["rows"]\n'
        "structure.scan.xs = []\n",
        reference="def double_sum(rows): ...\n",
    )
    base = library.folder("double_sum") / "statement.md"
    base.write_text("# A\n\n## Signature\n\nFrom {{ start.low }}.\n")
    (found,) = said(library)
    assert found.startswith("double_sum/statement.md:5: expected a constant (entry, title, ")
    assert found.endswith("found 'start.low'; variant takes this over, and can say otherwise")
    write(library, "## Signature\n\nFrom {{ rows.low }}.\n")
    assert statement(library).endswith("From 0.\n")


def test_the_base_must_have_a_statement(vary: Vary) -> None:
    library = vary(EXTENDS, statement="# Mine\n")
    base = library.folder("double_sum") / "statement.md"
    base.write_text("<!-- to be written -->\n")
    assert said(library) == [
        "double_sum/statement.md: expected the task in Markdown, found nothing"
    ]
    base.write_bytes(b"\xff")
    assert said(library)[0].startswith("double_sum/statement.md:1: expected UTF-8 text")
    base.unlink()
    assert said(library) == ["double_sum/statement.md: expected this file, found none"]


@given(st.text("#` ~a\n<!->", max_size=60))
def test_the_sections_are_the_statement(text: str) -> None:
    sections = split(text, Place(Path("statement.md")))
    assert "".join(section.text for section in sections) == text
    assert sections[0].heading == ""
    for section in sections[1:]:
        assert section.place.line is not None
        line = text.split("\n")[section.place.line - 1]
        assert line.startswith("##")
        assert section.heading in line
