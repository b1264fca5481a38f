"""Who reads the metrics with a token of the server's own: a program, which is no user."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime

from starlette.requests import Request

from harness.store.accounts import Account
from harness.store.credentials import Token
from harness.web.site import Site

METRICS = "/metrics"
_NAME = "metrics"
_ACCOUNT = Account(_NAME, _NAME, "operator", None, datetime(1970, 1, 1, tzinfo=UTC), None)
_TOKEN = Token(_NAME, _ACCOUNT, frozenset({"operate"}), stale=False)


def watcher(site: Site, request: Request, header: str) -> Token | None:
    """An operator's token for the metrics and nothing else; None for any other header or path."""
    if site.metrics_token is None or request.url.path != METRICS:
        return None
    expected = f"Bearer {site.metrics_token}".encode()
    return _TOKEN if hmac.compare_digest(header.encode("utf-8", "replace"), expected) else None
