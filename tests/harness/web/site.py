"""A small server on this machine, with the scripts and the policy of the real one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

STATIC = Path(__file__).parents[3] / "harness" / "web" / "static"
NONCE = "bm9uY2U"
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    f"style-src 'self' 'nonce-{NONCE}'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: str


@dataclass(frozen=True)
class Answer:
    body: str = ""
    status: int = 200
    kind: str = "text/html"


Stream = Callable[[Request], Iterator[str]]


@dataclass
class Site:
    """What is answered at which path, and what was asked for; a stream's answer comes in pieces."""

    address: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    streams: dict[str, Stream] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

    def asked(self, method: str, path: str) -> list[Request]:
        return [each for each in self.requests if (each.method, each.path) == (method, path)]

    def page(self, script: str, body: str) -> None:
        """Put a page with one of the scripts at the root."""
        self.answers["/"] = Answer(
            "<!doctype html><html lang=en><title>A problem</title>"
            f'<meta name="csp-nonce" content="{NONCE}"><meta name="csrf-token" content="token">'
            f'<meta name="color-scheme" content="light dark">'
            f'<script src="/static/{script}" defer></script>'
            f"<main><h1>A problem</h1>{body}</main>"
        )

    def answer(self, path: str) -> Answer:
        if path.startswith("/static/"):
            return Answer((STATIC / path.removeprefix("/static/")).read_text("utf-8"), 200, _SCRIPT)
        return self.answers.get(path, Answer(status=204))


_SCRIPT = "text/javascript; charset=utf-8"


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, site: Site, *rest: object) -> None:
        self.site = site
        super().__init__(*rest)  # type: ignore[arg-type]

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        request = Request(self.command, self.path, dict(self.headers), body)
        self.site.requests.append(request)
        if stream := self.site.streams.get(self.path):
            self._stream(stream(request))
            return
        answer = self.site.answer(self.path)
        self._begin(answer.status, answer.kind)
        self.wfile.write(answer.body.encode())

    def _stream(self, pieces: Iterator[str]) -> None:
        """The first piece is the status; a connection that its reader has closed is no fault."""
        self._begin(int(next(pieces)), "text/event-stream")
        try:
            for piece in pieces:
                self.wfile.write(piece.encode())
        except ConnectionError:
            pieces.close()  # type: ignore[attr-defined]

    def _begin(self, status: int, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()

    do_GET = do_POST = do_PUT = _handle  # noqa: N815 (the names that http.server looks for)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are kept, not printed."""


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, site)) as server:
        site.address = f"http://127.0.0.1:{server.server_port}/"
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
