"""What judges at once: a verdict that can be told from the source, in a random or no time."""

from __future__ import annotations

import hashlib
import random
import time
from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

from graders.steps import Watcher, unwatched
from harness.engine import Engine
from harness.problem.model import Problem
from harness.store.queue import Claim, Outcome
from harness.work.bench import Bench

VERDICTS = ("accepted", "wrong_answer", "wrong_structure")


def verdict_of(source: bytes) -> str:
    """The one right verdict for a source."""
    return VERDICTS[hashlib.sha256(source).digest()[0] % len(VERDICTS)]


@dataclass(frozen=True, slots=True)
class StandIn(Bench):
    """Takes up to so many seconds."""

    seconds: float = 0.0

    @classmethod
    def for_(cls, *problems: Problem, seconds: float = 0.0) -> StandIn:
        """For some problems, with no engine."""
        engine = SimpleNamespace(isolation=lambda: SimpleNamespace(level="none"))
        return cls(cast(Engine, engine), {p.version: (p, ()) for p in problems}, seconds)

    def judge(self, claim: Claim, watcher: Watcher = unwatched) -> Outcome:
        time.sleep(random.uniform(0, self.seconds))
        verdict = verdict_of(claim.source)
        score = 100.0 * (verdict == "accepted")
        return Outcome(verdict, score, 100.0, None, {"verdict": verdict})
