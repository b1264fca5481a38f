"""One server, from its start to its end: database, workers, answers."""

from __future__ import annotations

import fcntl
import os
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlencode

from harness.errors import MachineError, UsageError
from harness.files import reason
from harness.log import logger
from harness.problem.library import Library
from harness.problem.model import Problem
from harness.store import accounts, credentials, fleet
from harness.store.database import Database, open_database
from harness.store.migrate import migrate
from harness.web.app import application
from harness.web.listening import Listener, base, bind
from harness.web.site import Rules, Site
from harness.work import dispatch
from harness.work.bench import known, loaded
from harness.work.process import Order, library
from harness.work.supervisor import Supervisor, clear_up

_LINK = timedelta(hours=24)
_TICK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Service:
    """What one server is told. `order` is for its workers, of which there may be none here."""

    host: str
    port: int
    url: str | None
    order: Order
    workers: int
    rules: Rules = field(default_factory=Rules)
    trusted: Sequence[str] = ()
    github: tuple[str, str] | None = field(default=None, repr=False)
    metrics_token: str | None = field(default=None, repr=False)


def serve(service: Service, say: Callable[[str], None], stop: threading.Event) -> None:
    """Serve until told to stop; `say` gets what whoever started it is to read.

    Raises `UsageError` for what cannot be as it is told, and `MachineError`.
    """
    url = base(service.url, service.host, service.port)
    problems = library(service.order.problems)
    with bind(service.host, service.port) as listening:
        if service.url is None:
            url = base(None, service.host, listening.getsockname()[1])
        with open_database(service.order.database) as database, _alone(database):
            site = _site(service, url, database, problems)
            say(f"jaxjudge is at {url} (Ctrl-C ends it)\n{_welcome(site)}")
            if site.secure and not service.trusted:
                logger().warning("proxy.untrusted", reason=_UNTRUSTED)
            _run(service, site, listening, stop)


def _run(service: Service, site: Site, listening: socket.socket, stop: threading.Event) -> None:
    """Judge and answer; first no more requests are taken, and then the workers end."""
    doors = application(site)
    with (
        Supervisor(site.database, _orders(service)) as supervisor,
        _sending(site.database, service.rules.hooks_inside),
        Listener(doors, listening, service.trusted) as listener,
    ):
        while not stop.wait(_TICK_SECONDS):
            supervisor.tick()
            if not listener.alive:
                raise MachineError("what answers requests has ended: the log says why")


@contextmanager
def _sending(database: Database, inside: bool) -> Iterator[None]:
    """Send what webhooks are to be told, meanwhile."""
    stop = threading.Event()
    thread = threading.Thread(target=dispatch.run, args=(database, stop, inside))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


_UNTRUSTED = (
    "all requests seem to come from the proxy, so that limits on one client hold for all: "
    "name its address with --trust-proxy"
)


def _site(service: Service, url: str, database: Database, library: Library) -> Site:
    """Make the database ready, and tell it of the problems."""
    migrate(database)
    if database.kind == "sqlite":
        clear_up(database)
    found = loaded(library)
    for id in sorted(set(library.ids()) - {problem.id for problem in found}):
        logger().warning("problem.left_out", problem=id, reason=f"see jaxjudge verify {id}")
    with database.write() as connection:
        fleet.know(connection, known(found))
    problems: dict[str, Problem] = {problem.id: problem for problem in found}
    return Site(
        database, problems, url, service.rules, service.github, metrics_token=service.metrics_token
    )


def _welcome(site: Site) -> str:
    """The link that makes the operator, where there is none; the one before is of no use then."""
    with site.database.write() as connection:
        if accounts.there_is_an_operator(connection):
            return ""
        credentials.drop_links(connection, "operator")
        secret = credentials.make_link(connection, "operator", _LINK, role="operator")
    link = f"{site.url}/welcome?{urlencode({'link': secret})}"
    return f"There is no operator yet: whoever opens this first, within a day, will be.\n  {link}\n"


def _orders(service: Service) -> list[Order]:
    """Where there are several workers, one is never busy with rejudges."""
    live = replace(service.order, live_only=True)
    several = service.workers > 1
    return [live] * several + [service.order] * (service.workers - several)


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """Keep a second server from a database in a file; raises `UsageError` where there is one.

    The system lets go of what a process that was killed held.
    """
    path = database.engine.url.database
    if database.kind != "sqlite" or path is None:
        yield
        return
    try:
        lock = open(f"{path}.lock", "w", opener=_private)  # noqa: SIM115
    except OSError as error:
        raise UsageError(f"cannot use {path}: {reason(error)}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(f"another jaxjudge serve uses {path}: end that one first") from None
        yield


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
