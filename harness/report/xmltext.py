"""XML as text that is safe to print into the log of a CI runner."""

from __future__ import annotations

from xml.etree import ElementTree

from harness.report.text import COLONS, SIGNS


def written(root: ElementTree.Element) -> str:
    """The document as text, with its declaration, indented, one newline at the end.

    Characters that would begin a command to a CI runner are written as references, which mean the
    same. Texts must have gone through `text.clean`, as XML has no way to write control characters.
    """
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    text = SIGNS.sub(lambda found: "&#35;" * len(found[0]), text)
    text = COLONS.sub(lambda found: found[0].replace(":", "&#58;"), text)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'
