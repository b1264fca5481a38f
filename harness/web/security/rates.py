"""How often strangers may try something."""

from __future__ import annotations

import hashlib
import ipaddress

from harness.store.limits import Rate, give_back, take
from harness.web.call import Call, Refusal


def spend(call: Call, spent: dict[str, Rate]) -> None:
    """Take one from each bucket; raises `Refusal` if one was empty, with how long to wait.

    Then none is taken: who has no more tries of his own must not use up those of others.
    """
    with call.site.database.write() as connection:
        waits = [take(connection, key, spent[key]) for key in sorted(spent)]
        wait = max((w for w in waits if w is not None), default=None)
        if wait is not None:
            message = "too many attempts: wait a little, then try again"
            raise Refusal(429, "too_often", message, wait)


def give(call: Call, spent: dict[str, Rate]) -> None:
    """Give back what was taken for something that was right."""
    with call.site.database.write() as connection:
        for key in sorted(spent):
            give_back(connection, key, spent[key])


def network(address: str) -> str:
    """What one client has for itself: an address, or of version 6 the first half of one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:40]
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False).network_address)


def digest(name: str) -> str:
    """A name, whatever was typed for one, as part of a key."""
    return hashlib.sha256(name.casefold().encode("utf-8", "surrogatepass")).hexdigest()[:32]
