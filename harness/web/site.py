"""What one server is: its database, its problems, and how it is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from harness.problem.model import Problem
from harness.store.database import Database
from harness.store.limits import Rate

_SIGN_IN = Rate(10, timedelta(minutes=10))
_SUBMIT = Rate(20, timedelta(minutes=2))


@dataclass(frozen=True, slots=True)
class Rules:
    """What one client may ask for in a time, and how long the queue may get."""

    sign_in: Rate = _SIGN_IN
    submit: Rate = _SUBMIT
    queue: int = 2_000
    open_sign_up: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    """One server. `url` is where browsers reach it, without a slash at the end.

    `problems` are by id. `github` holds the id and the secret of a GitHub application, or nothing.
    Who has `metrics_token` may read the metrics, and nothing else.
    """

    database: Database
    problems: Mapping[str, Problem]
    url: str
    rules: Rules = field(default_factory=Rules)
    github: tuple[str, str] | None = field(default=None, repr=False)
    metrics_token: str | None = field(default=None, repr=False)

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by HTTPS, so that cookies must not go elsewhere."""
        return self.url.startswith("https://")
