"""What one server is: its database, its problems, and how it is reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from harness.problem.model import Problem
from harness.store.database import Database
from harness.store.limits import Rate
from harness.web.pulse import Pulse

_SIGN_IN = Rate(60, timedelta(minutes=10))
_SIGN_IN_NAME = Rate(10, timedelta(minutes=10))
_SIGN_IN_ANYWHERE = Rate(100, timedelta(hours=1))
_SIGN_UP = Rate(60, timedelta(hours=1))
_SUBMIT = Rate(20, timedelta(minutes=2))


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be asked for in a time, and how long the queue may get.

    `sign_in` is for wrong passwords from an address, `sign_in_name` for those with one name from
    an address, `sign_in_anywhere` for those with one name from all; `sign_up` is for an address.
    `streams` is how many streams of events a user has open with one process; `hooks_inside` allows
    webhooks that lead into the server's own network.
    """

    sign_in: Rate = _SIGN_IN
    sign_in_name: Rate = _SIGN_IN_NAME
    sign_in_anywhere: Rate = _SIGN_IN_ANYWHERE
    sign_up: Rate = _SIGN_UP
    submit: Rate = _SUBMIT
    queue: int = 2_000
    open_sign_up: bool = True
    streams: int = 8
    hooks_inside: bool = False


@dataclass(frozen=True, slots=True)
class GitHub:
    """Where GitHub is asked who somebody is."""

    authorize: str = "https://github.com/login/oauth/authorize"
    token: str = "https://github.com/login/oauth/access_token"
    user: str = "https://api.github.com/user"


@dataclass(frozen=True, slots=True)
class Site:
    """One server. `url` is where browsers reach it, without a slash at the end.

    `problems` are by id. `github` holds the id and the secret of a GitHub application, or nothing.
    `following` counts the streams that users have open with this process; `pulse` is what it has
    noticed of its database.
    Who has `metrics_token` may read the metrics, and nothing else.
    """

    database: Database
    problems: Mapping[str, Problem]
    url: str
    rules: Rules = field(default_factory=Rules)
    github: tuple[str, str] | None = field(default=None, repr=False)
    following: Counter[str] = field(default_factory=Counter, repr=False, compare=False)
    pulse: Pulse = field(default_factory=Pulse, repr=False, compare=False)
    github_at: GitHub = field(default_factory=GitHub)
    metrics_token: str | None = field(default=None, repr=False)

    @property
    def secure(self) -> bool:
        """Whether browsers reach it by HTTPS, so that cookies must not go elsewhere."""
        return self.url.startswith("https://")
