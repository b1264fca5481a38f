"""One request, with who asks; and the ways it can be refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from harness.store.accounts import Account
from harness.store.credentials import Session, Token
from harness.web.site import Site


class Refusal(Exception):
    """An answer that is an error: its status, a stable code, and what to tell.

    `retry` is in how many seconds to ask again; `fields` says what is wrong with which field.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        retry: float | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry = retry
        self.fields = dict(fields or {})


def missing(what: str) -> Refusal:
    """There is no such thing, or it is not for who asks: both look the same."""
    return Refusal(404, "not_found", f"there is no such {what}")


def bad_cursor() -> Refusal:
    """A list was asked for what comes after something that it never had."""
    return Refusal(400, "bad_cursor", "this link is broken: begin at the first page")


def forbidden(message: str) -> Refusal:
    """It is there, but not for who asks."""
    return Refusal(403, "forbidden", message)


@dataclass(frozen=True, slots=True)
class Call:
    """A request to a site: `by` is the session or token it came with, if it came with one.

    `nonce` marks the scripts and styles of the page that answers.
    """

    site: Site
    request: Request
    body: bytes
    by: Session | Token | None
    nonce: str

    @property
    def user(self) -> Account | None:
        """Who asks; None for somebody who is not signed in."""
        return None if self.by is None else self.by.user

    @property
    def me(self) -> Account:
        """Who asks, behind a door that lets in nobody who is not signed in."""
        assert self.by is not None
        return self.by.user

    @property
    def session(self) -> Session | None:
        """The browser's session, if it is a browser that asks."""
        return self.by if isinstance(self.by, Session) else None

    @property
    def address(self) -> str:
        """The network address of who asks."""
        return self.request.client.host if self.request.client else ""

    def path(self, name: str) -> str:
        """A part of the path; raises `Refusal` for what no database can look for."""
        part = str(self.request.path_params[name])
        if not part.isprintable():
            raise missing("page")
        return part

    def query(self, name: str) -> str | None:
        """A part of the query, the last where it comes twice; raises `Refusal` as `path` does."""
        part = self.request.query_params.get(name)
        if part is not None and not part.isprintable():
            raise missing("page")
        return part

    def form(self) -> dict[str, str]:
        """The fields of a form; the last where one comes twice. Line ends are `\\n`.

        Raises `Refusal` for a body that is no form.
        """
        try:
            pairs = parse_qsl(self.body.decode("utf-8"), keep_blank_values=True, max_num_fields=100)
        except ValueError:
            raise Refusal(400, "bad_form", "expected the fields of a form") from None
        return {name: value.replace("\r\n", "\n") for name, value in pairs}
