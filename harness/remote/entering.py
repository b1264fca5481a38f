"""Logging in at a server, and out."""

from __future__ import annotations

import platform
from dataclasses import replace

from harness.errors import JudgeError, MachineError, UsageError
from harness.remote import kept
from harness.remote.client import Client, path
from harness.remote.exchange import Refused
from harness.remote.kept import Login
from harness.remote.shapes import Entrance, User, fit

_TOKEN_NAME_LIMIT = 80
_UNKNOWN = ("bad_token", "signed_out", "not_found")


def with_password(url: str, name: str, password: str) -> User:
    """Log in at a server, and keep the token that it gives; raises `JudgeError`."""
    asked = {"name": name, "password": password, "token_name": _token_name()}
    with Client.of(url) as client:
        entrance = fit(url, Entrance, replace(client, patience=0.0).post("/login", asked))
    return _enter(url, entrance.token, entrance.id)


def with_token(url: str, token: str) -> User:
    """Keep a token that the server gave before; raises `JudgeError`, also for one it takes back."""
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError("expected a token, as the server shows it once: jjt_ and then letters")
    try:
        return _enter(url, token)
    except Refused as refused:
        if refused.code not in _UNKNOWN:
            raise
        raise UsageError(
            f"{url} does not know this token: it was revoked, or is not all of it"
        ) from None


def leave(login: Login) -> None:
    """Log out: the token is of no use afterwards, and forgotten here in any case.

    Raises `MachineError` where the server could not be told.
    """
    try:
        _revoke(login)
    except JudgeError as error:
        if isinstance(error, Refused) and error.code in _UNKNOWN:
            return
        raise MachineError(
            f"{error}; the token is forgotten here, but not revoked: do so at {login.url}/account"
        ) from None
    finally:
        file = kept.place()
        kept.save(file, kept.load(file).without(login.url))


def _enter(url: str, token: str, id: str = "") -> User:
    with Client.of(url, token) as client:
        user = fit(url, User, client.get("/me"))
    file = kept.place()
    kept.save(
        file, kept.load(file).with_login(Login(url, user.name, token, id or user.token or ""))
    )
    return user


def _revoke(login: Login) -> None:
    if not login.id:
        raise MachineError(f"{login.url} did not say which token this is")
    with Client.of(login.url, login.token) as client:
        client.delete(path("tokens", login.id))


def _token_name() -> str:
    """What the account page calls the token: by the machine it is used on."""
    return f"jaxjudge on {platform.node() or 'a machine'}"[:_TOKEN_NAME_LIMIT]
