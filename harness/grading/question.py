"""What a worker process is asked: one submission, as a line of text."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A submission to judge: the name to show, and its source.

    Without a source, `name` is the path of the file to read it from.
    """

    name: str
    source: bytes | None = None

    @property
    def text(self) -> str:
        """The question as one line of ASCII, without a newline."""
        source = None if self.source is None else base64.b64encode(self.source).decode()
        return json.dumps({"name": self.name, "source": source})

    @classmethod
    def parse(cls, text: str) -> Question:
        """The question that `text` was made of."""
        found = json.loads(text)
        source = found["source"]
        return cls(found["name"], None if source is None else base64.b64decode(source))
