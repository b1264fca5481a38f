"""Who asks: the user of a session's cookie, or of a token."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from harness.store import credentials
from harness.store.credentials import Session, Token
from harness.web.call import Refusal
from harness.web.security.watcher import watcher
from harness.web.site import Site


def cookie_name(site: Site) -> str:
    """The name of the session's cookie; browsers let nobody else set one with this prefix."""
    return "__Host-session" if site.secure else "session"


def identify(site: Site, request: Request) -> Session | Token | None:
    """The session or token of a request; raises `Refusal` for a token that is not valid."""
    header = request.headers.get("authorization", "")
    if header:
        return watcher(site, request, header) or _bearer(site, header)
    secret = request.cookies.get(cookie_name(site))
    if not secret:
        return None
    with site.database.read() as connection:
        session = credentials.by_session(connection, secret)
    if session is not None and session.stale:
        with site.database.write() as connection:
            credentials.seen(connection, session.id)
    return session


def remember(site: Site, response: Response, secret: str) -> None:
    """Sign a browser in."""
    response.set_cookie(
        cookie_name(site),
        secret,
        max_age=int(credentials.SESSION.total_seconds()),
        path="/",
        secure=site.secure,
        httponly=True,
        samesite="lax",
    )


def forget(site: Site, response: Response) -> None:
    """Sign a browser out."""
    response.delete_cookie(
        cookie_name(site), path="/", secure=site.secure, httponly=True, samesite="lax"
    )


def _bearer(site: Site, header: str) -> Token:
    kind, _, secret = header.partition(" ")
    token = None
    if kind.lower() == "bearer":
        with site.database.read() as connection:
            token = credentials.by_token(connection, secret.strip())
    if token is None:
        raise Refusal(401, "bad_token", "the token is not valid: it may have been revoked")
    if token.stale:
        with site.database.write() as connection:
            credentials.used(connection, token.id)
    return token
