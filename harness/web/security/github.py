"""Asking GitHub who somebody is: OAuth's authorization code, with state and PKCE."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from starlette.responses import RedirectResponse, Response

from harness.errors import UsageError
from harness.store import credentials
from harness.web.call import Call, Refusal, missing
from harness.web.security import rates
from harness.web.security.headers import allow_forms_to
from harness.web.security.signing_in import own_path
from harness.web.site import Site

BACK = "/sign-in/github/back"
_LIFETIME = timedelta(minutes=10)
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Answered:
    """Who GitHub says it is: `number` stays the same, `login` may change.

    `linking` is the user who wants to sign in so, None for somebody signing in; `path` is where to
    go then.
    """

    number: str
    login: str
    linking: str | None
    path: str


def check_installed() -> None:
    """Raises `UsageError` where what it needs is not installed."""
    try:
        import authlib.integrations.httpx_client  # noqa: F401
    except ImportError:
        raise UsageError(
            "signing in with GitHub needs a package of its own: install it with pip install "
            "'jaxjudge[oauth]'"
        ) from None


def offer(call: Call) -> bool:
    """Whether a page may have the button; its forms are allowed to lead to GitHub then."""
    if call.site.github is None:
        return False
    parts = urlsplit(call.site.github_at.authorize)
    allow_forms_to(call.request, f"{parts.scheme}://{parts.netloc}")
    return True


def begin(call: Call, path: str, linking: str | None) -> Response:
    """Send a browser to GitHub. What it must bring back is kept in a cookie of its own."""
    from authlib.common.security import generate_token

    client = _client(call.site)
    rates.spend(call, {f"github:at:{rates.network(call.address)}": call.site.rules.sign_in})
    verifier = generate_token(48)
    with call.site.database.write() as connection:
        state = credentials.make_link(connection, "github", _LIFETIME, user=linking)
    at = call.site.github_at.authorize
    url, _ = client.create_authorization_url(at, state=state, code_verifier=verifier)
    response = RedirectResponse(url, 303)
    response.set_cookie(
        _cookie(call.site),
        f"{state}.{verifier}.{quote(own_path(path), safe='')}",
        max_age=int(_LIFETIME.total_seconds()),
        path="/",
        secure=call.site.secure,
        httponly=True,
        samesite="lax",
    )
    return response


def answered(call: Call) -> Answered:
    """What GitHub answered; raises `Refusal` unless this browser asked it, and for the first time.

    A link that another one made would sign its victim in as somebody else.
    """
    kept = call.request.cookies.get(_cookie(call.site), "").split(".", 2)
    state = call.query("state") or ""
    if len(kept) != 3 or not hmac.compare_digest(kept[0].encode(), state.encode()):
        raise Refusal(
            403, "github_refused", "this browser did not ask GitHub: begin again, from here"
        )
    with call.site.database.write() as connection:
        link = credentials.use_link(connection, state, "github")
    code = call.query("code")
    if link is None or not code:
        raise Refusal(403, "github_refused", "GitHub did not let you in: begin again")
    number, login = _who(call.site, code, kept[1])
    return Answered(number, login, link.user, own_path(unquote(kept[2])))


def forget(call: Call, response: Response) -> None:
    """Drop the cookie that was for GitHub's answer only."""
    name, secure = _cookie(call.site), call.site.secure
    response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="lax")


def _who(site: Site, code: str, verifier: str) -> tuple[str, str]:
    import httpx2
    from authlib.common.errors import AuthlibBaseError

    try:
        with _client(site) as client:
            client.fetch_token(site.github_at.token, code=code, code_verifier=verifier)
            found: Any = client.get(site.github_at.user).raise_for_status().json()
            number, login = found["id"], found["login"]
    except (AuthlibBaseError, httpx2.HTTPError, ValueError, KeyError, TypeError):
        number, login = None, None
    if not isinstance(number, int) or not isinstance(login, str):
        raise Refusal(502, "github_failed", "GitHub did not say who you are: try again") from None
    return str(number), login


def _client(site: Site) -> Any:
    from authlib.integrations.httpx_client import OAuth2Client

    if site.github is None:
        raise missing("page")
    id, secret = site.github
    return OAuth2Client(
        client_id=id,
        client_secret=secret,
        token_endpoint_auth_method="client_secret_post",
        redirect_uri=site.url + BACK,
        code_challenge_method="S256",
        timeout=_SECONDS,
    )


def _cookie(site: Site) -> str:
    return "__Host-github" if site.secure else "github"
