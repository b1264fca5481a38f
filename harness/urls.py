"""What URLs of servers have in common, whoever writes them."""

from __future__ import annotations

from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
Origin = tuple[str, str | None, int | None]


def origin(url: str) -> Origin | None:
    """The scheme, host and port of a URL; None for what is none. The port need not be written."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None


def place(scheme: str, host: str, port: int | None) -> str:
    """A host and its port as they stand in a URL: the port only where it is not the usual one."""
    host = f"[{host}]" if ":" in host else host
    return host if port in (None, PORTS[scheme]) else f"{host}:{port}"
