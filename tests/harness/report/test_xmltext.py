from __future__ import annotations

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from harness.report.text import clean
from harness.report.xmltext import written

_TEXTS = st.lists(
    st.sampled_from(["::error::x", "##[group]", "###[", "##vso[x]", "\n", " ", "]]>", "&#58;"])
)


@given(_TEXTS.map("".join) | st.text())
def test_nothing_in_xml_is_a_command_and_every_text_is_read_as_it_was(text: str) -> None:
    root = ElementTree.Element("root", name=clean(text))
    inner = ElementTree.SubElement(root, "inner")
    inner.text = clean(text) or None
    found = written(root)
    assert not re.search(r"##\w*\[", found)
    assert not any(line.lstrip().startswith("::") for line in found.splitlines())
    parsed = ElementTree.fromstring(found)
    assert parsed.get("name") == clean(text)
    assert parsed[0].text == inner.text
