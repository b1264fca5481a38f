"""XML as text that is safe to print into the log of a CI runner."""

from __future__ import annotations

import re
from xml.etree import ElementTree


def written(root: ElementTree.Element) -> str:
    """The document as text, with its declaration, indented, one newline at the end.

    Characters that would begin a command to a CI runner (`::` at the start of a line, `##[`) are
    written as references, which mean the same. Texts must have gone through `text.clean`, as XML
    has no way to write control characters.
    """
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode").replace("##[", "#&#35;[")
    text = re.sub(r"^(\s*):(?=:)", r"\1&#58;", text, flags=re.MULTILINE)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
