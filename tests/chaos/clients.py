"""Clients that hand in, and ask again until they are told that it was accepted."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import httpx2

_RETRY = (429, 503)
_GIVE_UP_SECONDS = 30.0
_PATIENCE = 3.0


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a client knows of one submission: its source, its id, and each answer it got."""

    number: int
    source: str
    id: str
    answers: tuple[int, ...]


def hand_in(
    url: str, tokens: Sequence[str], problem: str, sources: Sequence[str], at_once: int, seed: int
) -> list[Accepted]:
    """Hand in all sources, some at a time; raises `TimeoutError` where one is never accepted."""
    one = partial(_hand_in_one, url, tokens, problem, seed)
    with ThreadPoolExecutor(at_once) as threads:
        return list(threads.map(one, range(len(sources)), sources))


def _hand_in_one(
    url: str, tokens: Sequence[str], problem: str, seed: int, number: int, source: str
) -> Accepted:
    dice = random.Random(f"{seed} {number}")
    new = {"problem": problem, "source": source}
    headers = {
        "Authorization": f"Bearer {tokens[number % len(tokens)]}",
        "Idempotency-Key": f"key-{number}",
    }
    answers: list[int] = []
    ids: set[str] = set()
    again = dice.random() < 0.3  # some ask again although they were answered
    end = time.monotonic() + _GIVE_UP_SECONDS
    with httpx2.Client(base_url=url, headers=headers, timeout=_PATIENCE) as client:
        while not ids or again:
            again = again and not ids
            try:
                answer = client.post("/api/v1/submissions", json=new)
            except httpx2.TransportError:
                answers.append(0)
            else:
                answers.append(answer.status_code)
                if answer.status_code in (200, 201):
                    ids.add(answer.json()["id"])
                    continue
                if answer.status_code not in _RETRY:
                    raise AssertionError(answer.text)
            if time.monotonic() > end:
                raise TimeoutError(f"submission {number} was not accepted: {answers}")
            time.sleep(dice.uniform(0.01, 0.3))
    (id,) = ids
    return Accepted(number, source, id, tuple(answers))
