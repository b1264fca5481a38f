"""A small OAuth server that answers as GitHub does, in a thread of its own."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from harness.web.site import GitHub

CLIENT = ("Iv1.client", "the client's secret")


@dataclass
class Hub:
    """Who sits before the browser there, and what goes wrong."""

    url: str = ""
    id: Any = 1
    login: str = "ada"
    refuses: bool = False
    fault: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)

    @property
    def addresses(self) -> GitHub:
        return GitHub(f"{self.url}/authorize", f"{self.url}/token", f"{self.url}/user")

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert query["client_id"] == CLIENT[0]
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_hex(8)
        self.codes[code] = query["code_challenge"]
        answer = {"error": "access_denied"} if self.refuses else {"code": code}
        return f"{query['redirect_uri']}?{urlencode({**answer, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, str]:
        """GitHub tells of errors with status 200."""
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        client = (form["client_id"], form["client_secret"])
        if client != CLIENT or self.codes.pop(form["code"], "") != proof:
            return {"error": "bad_verification_code", "error_description": "it is wrong"}
        token = secrets.token_hex(8)
        self.tokens.add(token)
        return {"access_token": token, "token_type": "bearer", "scope": ""}


@contextmanager
def hub() -> Iterator[Hub]:
    found = Hub()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", found.authorize(query))
                self.end_headers()
            elif self.headers["Authorization"].removeprefix("Bearer ") in found.tokens:
                self._say({"id": found.id, "login": found.login})
            else:
                self._say({"message": "Bad credentials"}, 401)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            if found.fault:
                self._say(found.fault, 500 if found.fault == "broken" else 200)
            else:
                self._say(found.token(form))

        def _say(self, what: object, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(what).encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        found.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield found
        finally:
            server.shutdown()
            thread.join()
