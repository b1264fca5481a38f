from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.report.layout import columns, pad, wrap
from harness.report.text import cap, clean, clean_line, defused


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "plain"),
        ("naïve 界 ✓", "naïve 界 ✓"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\x00b", "a\\x00b"),
        ("user\u202etxt.exe", "user\\u202etxt.exe"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("bad \udcff byte", "bad \\udcff byte"),
        ("one\r\ntwo\rthree", "one\ntwo\\rthree"),
        ("tab\tstays", "tab\tstays"),
        ("\u2028", "\\u2028"),
    ],
)
def test_what_is_not_writing_is_spelled_out(raw: str, shown: str) -> None:
    assert clean(raw) == shown


def test_one_line_is_one_line() -> None:
    assert clean_line("a\nb\tc\r\nd") == "a\\nb\\tc\\r\\nd"


def test_a_cap_says_how_much_is_missing() -> None:
    assert cap("abcdef", 6) == "abcdef"
    assert cap("abcdef", 4) == "abcd... (2 more characters)"


@given(st.text(":#[\n vso") | st.text())
def test_what_is_defused_has_no_command(text: str) -> None:
    found = defused(text)
    assert not any(line.lstrip().startswith("::") for line in found.split("\n"))
    assert not re.search(r"##\w*\[", found)
    assert found.translate(dict.fromkeys(b":#")) == text.translate(dict.fromkeys(b":#"))


def test_plain_text_stays_as_it_is_where_commands_are_taken_out() -> None:
    assert defused("## a[1] a::b\n : # x") == "## a[1] a::b\n : # x"
    assert defused("  ::error::x ##vso[task] ###[x]") == "  :error::x #vso[task] #[x]"


@pytest.mark.parametrize("char", ["\n", " ", ":", "#", "##a"])
def test_commands_are_found_in_time_whatever_the_text_is_made_of(char: str) -> None:
    text = char * 200_000
    began = time.monotonic()
    defused(text)
    assert time.monotonic() - began < 5


def test_wide_characters_count_twice_and_accents_not_at_all() -> None:
    assert columns("abc") == 3
    assert columns("界") == 2
    assert columns("e\u0301") == 1
    assert pad("界", 4) == "界  "


def test_a_long_path_is_cut_where_the_line_ends() -> None:
    assert wrap("/a" * 6, 8, "> ", "  ") == ["> /a/a/a", "  /a/a/a"]


def test_source_keeps_its_indentation_and_inner_spaces() -> None:
    assert wrap("    x  = 1", 20, "| ", "| ") == ["|     x  = 1"]


@given(st.text(), st.integers(8, 60))
def test_wrapping_keeps_every_character_but_space(text: str, width: int) -> None:
    lines = wrap(clean(text), width, "- ", "  ")
    assert all(columns(line) <= width for line in lines)
    joined = "".join(line[2:] for line in lines)
    assert "".join(joined.split()) == "".join(clean(text).split())
