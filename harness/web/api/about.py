"""What the API's document says of a door, beyond what the door itself says."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class About:
    """One thing that can be asked for.

    `answer` is what comes back with `status`: a model, or None for nothing or for what is no JSON,
    which is of the type `media` then. `takes` is the body, `query` what stands behind the `?`,
    `headers` what else is read; `others` are statuses that nothing else here implies.
    """

    summary: str
    answer: type[BaseModel] | None = None
    status: int = 200
    takes: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    headers: type[BaseModel] | None = None
    others: tuple[int, ...] = ()
    media: str | None = None
