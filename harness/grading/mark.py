"""What a worker says of a document beside what is in it: whether it was kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

_KEY = "kept"
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """That a document was kept before, or why it could not be kept for the next time."""

    hit: bool = False
    trouble: str = ""

    def on(self, document: Document) -> Document:
        """The document with this mark, for the process that asked."""
        return {**document, _KEY: asdict(self)}


def unmarked(document: Document) -> tuple[Document, Mark]:
    """A document as it is to be shown, and its mark."""
    if _KEY not in document:
        return document, Mark()
    rest = {key: value for key, value in document.items() if key != _KEY}
    return rest, Mark(**document[_KEY])
