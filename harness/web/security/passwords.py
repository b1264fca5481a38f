"""Passwords: which will do, and how they are kept."""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from harness.web.call import Refusal

SHORTEST = 10  # characters
LONGEST = 1024  # bytes
# 19 MiB and two passes, what OWASP asks of argon2id at least: some 30 ms of one core. More memory
# would be better against who has stolen the hashes, but each thread of the server may be hashing,
# and forty of these stay below 1 GiB.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 << 10, parallelism=1)


def check(password: str, name: str) -> None:
    """Raises `Refusal` for a password that will not do for the user with a name."""
    if len(password) < SHORTEST:
        raise _weak(f"expected a password of at least {SHORTEST} characters")
    if len(_bytes(password)) > LONGEST:
        raise _weak(f"expected a password of at most {LONGEST} bytes")
    if name.casefold() == password.strip().casefold():
        raise _weak("the password is the name: choose another one")


def hashed(password: str) -> str:
    """What is kept of a password. This takes long: do it outside of transactions."""
    return HASHER.hash(_bytes(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one of which `kept` was kept.

    It takes as long where nothing was kept, so that the time does not tell which names exist.
    """
    nobody = _nobody(HASHER)
    try:
        HASHER.verify(kept or nobody, _bytes(password)[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether a password would be kept in another way now."""
    return HASHER.check_needs_rehash(kept)


@cache
def _nobody(hasher: PasswordHasher) -> str:
    return hasher.hash(b"the password of nobody")


def _bytes(password: str) -> bytes:
    # The same characters, on whatever keyboard they were typed.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _weak(message: str) -> Refusal:
    return Refusal(422, "weak_password", message, fields={"password": message})
