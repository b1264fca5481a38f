"""What browsers call themselves, as people know them."""

from __future__ import annotations

# Many say that they are others too: the first that is found is the one.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
_LONGEST = 60


def browser(agent: str) -> str:
    """A browser and its system, such as `Firefox on Android`; the beginning of any other name."""
    name = next((name for sign, name in _BROWSERS if sign in agent), None)
    if name is None:
        return agent if len(agent) <= _LONGEST else f"{agent[:_LONGEST]}…"
    system = next((system for sign, system in _SYSTEMS if sign in agent), None)
    return f"{name} on {system}" if system else name
