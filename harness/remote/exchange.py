"""One request to a server and its answer; and what can be wrong with either, in one line."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from harness.errors import MachineError, UsageError

if TYPE_CHECKING:
    import httpx2

API = "/api/v1"
_ANSWER_LIMIT = 32 << 20
_LONGEST_WAIT = 600.0
_REASON_LIMIT = 200
_LATER = (429, 502, 503, 504)


class Later(MachineError):
    """The server cannot answer now; `after` is in how many seconds to ask again, if it said so."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class Refused(UsageError):
    """The server will not do what it was asked for; `code` is its own word for why."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def opened(url: str, token: str) -> httpx2.Client:
    """What sends requests to the API of a server; raises `UsageError` where nothing can."""
    try:
        import httpx2
    except ModuleNotFoundError:
        raise UsageError(
            "talking to a server needs httpx2: pip install 'jaxjudge[client]'"
        ) from None
    headers = {"User-Agent": f"jaxjudge/{version('jaxjudge')}"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return httpx2.Client(
        base_url=url + API, headers=headers, timeout=httpx2.Timeout(30, connect=10)
    )


def exchange(
    http: httpx2.Client, method: str, path: str, body: object, headers: Mapping[str, str]
) -> Any:
    """The document that a server answers with; None where it answers with nothing.

    Raises `Later`, `Refused`, and `MachineError` where trying again is of no use.
    """
    url = home(http)
    with told(url), http.stream(method, path, json=body, headers=dict(headers)) as response:
        return answered(url, response)


def home(http: httpx2.Client) -> str:
    """The URL of the server that requests are sent to."""
    return str(http.base_url).rstrip("/").removesuffix(API)


def answered(url: str, response: httpx2.Response) -> Any:
    """The document in an answer; raises as `exchange` does."""
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > _ANSWER_LIMIT:
            raise unfit(url, f"it has more than {_ANSWER_LIMIT >> 20} MiB")
    try:
        document = json.loads(content) if content else None
    except (ValueError, RecursionError):
        document = {}
    if response.is_success and document != {}:
        return document
    if response.is_success or response.status_code < 400:
        raise unfit(url, f"status {response.status_code} without a document")
    raise _error(url, response, document, bytes(content))


@contextmanager
def told(url: str) -> Iterator[None]:
    """Say in one line what is wrong with a connection, in the place of the library's errors."""
    import httpx2

    try:
        yield
    except httpx2.TransportError as error:
        raise _lost(url, error) from None
    except (httpx2.RequestError, httpx2.InvalidURL) as error:
        raise unfit(url, str(error)) from None


def unfit(url: str, why: str) -> MachineError:
    """The error for an answer that is not as this version knows it."""
    own = version("jaxjudge")
    return MachineError(
        f"{url} answers otherwise than jaxjudge {own} expects ({why}): it is no jaxjudge server, "
        "or an older or newer one"
    )


def _error(url: str, response: httpx2.Response, document: Any, content: bytes) -> Exception:
    status = response.status_code
    code, message = _refusal(document)
    if status == 401 and "authorization" in response.request.headers:
        return Refused(f"you are not logged in at {url} any more: jaxjudge login {url}", code)
    if status in _LATER:
        after = response.headers.get("retry-after", "")
        seconds = min(float(after), _LONGEST_WAIT) if after.isdecimal() else None
        return Later(f"{url} is busy: {message or f'status {status}'}", seconds)
    if status >= 500:
        return MachineError(f"{url} failed: {message or f'status {status}'}")
    if not message:
        return unfit(url, f"status {status}: {_plainly(response, content)}")
    return Refused(f"{url} says: {message}", code)


def _refusal(document: Any) -> tuple[str, str]:
    """The code and the message of an error, as the API tells of it; empty where it is not one."""
    error = document.get("error") if isinstance(document, Mapping) else None
    if not isinstance(error, Mapping):
        return "", ""
    return str(error.get("code", "")), str(error.get("message", ""))


def _plainly(response: httpx2.Response, content: bytes) -> str:
    """What an answer that is no document says, where that is a text."""
    if not response.headers.get("content-type", "").startswith("text/plain"):
        return "no reason"
    return content.decode("utf-8", "replace").strip()[:_REASON_LIMIT]


def _lost(url: str, error: BaseException) -> MachineError:
    import httpx2

    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return MachineError(f"cannot trust {url}: {cause.verify_message}")
        if isinstance(cause, ssl.SSLError):
            return MachineError(f"{url} does not speak TLS as it should: {cause.reason}")
        if isinstance(cause, socket.gaierror):
            return MachineError(f"cannot reach {url}: there is no host of that name")
    if isinstance(error, httpx2.TimeoutException):
        return Later(f"cannot reach {url}: no answer in time")
    why = next((c.strerror for c in _causes(error) if isinstance(c, OSError) and c.strerror), "")
    return Later(f"cannot reach {url}: {(why or str(error) or 'the connection was lost').lower()}")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
