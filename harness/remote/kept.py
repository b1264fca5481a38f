"""What is kept of the servers one is logged in at: a file that nobody else may read."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from harness.errors import UsageError
from harness.files import private, reason
from harness.remote.address import address


@dataclass(frozen=True, slots=True)
class Login:
    """A user of a server, and the token by which it knows them; `id` is that of the token."""

    url: str
    user: str
    token: str
    id: str

    def __repr__(self) -> str:
        """Without the token: it is a secret."""
        return f"<Login {self.user} at {self.url}>"


@dataclass(frozen=True, slots=True)
class Kept:
    """All logins, and at which server it was last."""

    logins: tuple[Login, ...] = ()
    last: str = ""

    def at(self, url: str) -> Login | None:
        """The login at a server; None where there is none."""
        return next((login for login in self.logins if login.url == url), None)

    def with_login(self, login: Login) -> Kept:
        """With one more, or another one at its server."""
        return Kept((*self.without(login.url).logins, login), login.url)

    def without(self, url: str) -> Kept:
        """Without the one at a server; the last of those that stay is the last then."""
        logins = tuple(login for login in self.logins if login.url != url)
        if self.last != url:
            return replace(self, logins=logins)
        return Kept(logins, logins[-1].url if logins else "")


def place(environ: Mapping[str, str] = os.environ) -> Path:
    """The file: in the user's own folder for settings."""
    given = environ.get("XDG_CONFIG_HOME", "")
    base = Path(given) if os.path.isabs(given) else Path.home() / ".config"
    return base / "jaxjudge" / "servers.json"


def known(server: str) -> Login:
    """The login at a server, at the last one for an empty URL; raises `UsageError`."""
    kept = load(place())
    if not server and not kept.last:
        raise UsageError("you are not logged in anywhere: jaxjudge login URL")
    url = address(server) if server else kept.last
    login = kept.at(url)
    if login is None:
        raise UsageError(f"you are not logged in at {url}: jaxjudge login {url}")
    return login


def load(path: Path) -> Kept:
    """What is kept in a file; nothing where there is none. Raises `UsageError`."""
    try:
        document = json.loads(path.read_bytes())
        return Kept(tuple(map(_login, document["logins"])), str(document["last"]))
    except FileNotFoundError:
        return Kept()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {reason(error)}") from None
    except (KeyError, TypeError, ValueError):
        raise UsageError(
            f"{path} is not what jaxjudge keeps there: remove it, and log in again"
        ) from None


def save(path: Path, kept: Kept) -> None:
    """Keep it, whole or not at all; at no moment may others read it. Raises `UsageError`."""
    document = {"last": kept.last, "logins": [asdict(login) for login in kept.logins]}
    try:
        path.parent.parent.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.parent.chmod(0o700)
        with private(path) as file:
            file.write((json.dumps(document, indent=2) + "\n").encode())
    except OSError as error:
        raise UsageError(f"cannot write {path}: {reason(error)}") from None


def _login(entry: Mapping[str, Any]) -> Login:
    return Login(*(str(entry[name]) for name in ("url", "user", "token", "id")))
