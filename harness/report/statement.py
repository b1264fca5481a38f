"""A problem's statement on a terminal: Markdown rendered, formulas set apart like code."""

from __future__ import annotations

import re

# Code is matched first, so that a dollar sign in it stays one.
_FORMULA = re.compile(r"```.*?```|`[^`\n]*`|\$\$(.+?)\$\$|\$([^$]+?)\$", re.DOTALL)


def render(markdown: str, *, colour: bool, width: int) -> str:
    """The statement in lines of at most `width` columns, with colours and weights if wanted."""
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.theme import Theme

    # rich's own styles for code assume a dark terminal.
    theme = Theme({"markdown.code": "cyan", "markdown.code_block": "cyan"})
    page = Console(width=width, force_terminal=colour, no_color=not colour, theme=theme)
    with page.capture() as captured:
        page.print(Markdown(_FORMULA.sub(_as_code, markdown), code_theme="ansi_light"))
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


def _as_code(found: re.Match[str]) -> str:
    block, inline = found.groups()
    if block is not None:
        return f"\n```text\n{block.strip()}\n```\n"
    return found[0] if inline is None else f"`{' '.join(inline.split())}`"
