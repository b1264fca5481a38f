"""The examples for those who write clients, run against a server as they stand."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn

from harness.store import accounts
from harness.web.app import application
from harness.web.security import passwords
from harness.work.delivering import signature
from tests.harness.online import Online

PAGE = Path(__file__).parents[4] / "docs" / "api-v1.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@contextmanager
def listening(site: Online) -> Iterator[str]:
    """A real server of a site; its URL."""
    with socket.create_server(("127.0.0.1", 0)) as open_socket:
        url = f"http://127.0.0.1:{open_socket.getsockname()[1]}"
        served = application(replace(site.site, url=url))
        server = uvicorn.Server(uvicorn.Config(served, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, args=([open_socket],))
        thread.start()
        try:
            yield url
        finally:
            server.should_exit = True
            thread.join(20)


@contextmanager
def judging(site: Online) -> Iterator[None]:
    """Someone who judges what comes."""
    ended = threading.Event()

    def work() -> None:
        while not ended.wait(0.05):
            with site.database.read() as connection:
                waits = connection.exec_driver_sql("SELECT 1 FROM judgings WHERE state = 'queued'")
                found = waits.first() is not None
            if found:
                site.settle()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(20)


def test_examples_run(served: Online) -> None:
    hashed = passwords.hashed("correct horse")
    with served.database.write() as connection:
        accounts.add(connection, "ada", "learner", hashed)
    known: dict[str, Any] = {}
    with listening(served) as url, judging(served):
        for example in EXAMPLES:
            exec(compile(example.replace("http://127.0.0.1:8000", url), str(PAGE), "exec"), known)
        known["api"].close()
    assert len(EXAMPLES) >= 8
    assert known["report"]["verdict"] == "accepted"
    assert known["report"]["checks"][0]["findings"][0]["hint"] == ""


def test_the_example_tells_what_is_genuine() -> None:
    known: dict[str, Any] = {}
    exec(EXAMPLES[-1], known)
    genuine, now = known["genuine"], int(time.time())
    assert genuine("secret", signature("secret", now, b"{}"), b"{}")
    assert not genuine("secret", signature("secret", now, b"{}"), b"[]")
    assert not genuine("secret", signature("other", now, b"{}"), b"{}")
    assert not genuine("secret", signature("secret", now - 1_000, b"{}"), b"{}")
    assert not genuine("secret", "nonsense", b"{}")
