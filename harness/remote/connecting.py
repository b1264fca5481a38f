"""A command's connection to the server it is for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from harness import console
from harness.remote import kept
from harness.remote.client import Client
from harness.remote.kept import Login
from harness.remote.progress import Progress


@contextmanager
def connected(server: str) -> Iterator[tuple[Client, Login, Progress]]:
    """A client of a server, of the last one for an empty URL, and who one is there.

    What it has to wait for is said on standard error. Raises `UsageError` where one is not logged
    in.
    """
    login = kept.known(server)
    look = console.look(sys.stderr, os.environ)
    progress = Progress(sys.stderr, look.tty, look.width)
    with Client.of(login.url, login.token) as client:
        yield replace(client, notice=progress.note), login, progress
