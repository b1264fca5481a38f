from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harness.report.prose import pieces


def test_what_stands_between_backticks_is_code() -> None:
    assert list(pieces("use `jnp.where`.")) == [(False, "use "), (True, "jnp.where"), (False, ".")]
    assert list(pieces("`a\nb and `")) == [(False, "`a\nb and `")]
    assert list(pieces("")) == []


@given(st.text("`a \n"))
def test_nothing_but_backticks_is_lost(text: str) -> None:
    said = "".join(piece for _, piece in pieces(text))
    assert said.replace("`", "") == text.replace("`", "")
