"""Where a server is: its URL in one form, and whether a password may be sent there."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from harness.errors import UsageError
from harness.urls import PORTS, place


def address(text: str) -> str:
    """The URL of a server in the form in which it is kept, without a slash at the end.

    Raises `UsageError` for anything that is not the URL of a server.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError as error:
        raise UsageError(f"{text} is no URL: {error}") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise UsageError(f"expected the URL of a server, such as https://{_guess(text)}")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise UsageError("expected the URL of a server, without a name, a query or a fragment")
    host = place(parts.scheme, parts.hostname, port)
    return f"{parts.scheme}://{host}{parts.path.rstrip('/')}"


def is_private(url: str) -> bool:
    """Whether what is sent there can be read by nobody on the way."""
    parts = urlsplit(url)
    return parts.scheme == "https" or _is_local(parts.hostname or "")


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _guess(text: str) -> str:
    plain = text.strip().removeprefix("//").rstrip("/")
    return plain if "." in plain and "/" not in plain and " " not in plain else "judge.example.org"
