"""Hands a submission in on a server, and reads the report on it, as if it were judged here."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from harness.errors import MachineError
from harness.problem.library import inferred, unknown
from harness.remote.client import Client, path
from harness.remote.connecting import connected
from harness.remote.exchange import Refused, unfit
from harness.remote.following import follow
from harness.remote.kept import Login
from harness.remote.shapes import Handed, Offer, fit, items
from harness.report.text import clean_line

if TYPE_CHECKING:
    from harness.problem.library import Library
    from harness.remote.progress import Progress
    from harness.report.document import Report
    from harness.reporting.reports import Reports
    from harness.submitting import Submission

_PAGE = 200
_NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The problems of a server, by id with the function each asks for, if that is known."""

    problems: Mapping[str, str | None]

    def entry(self, id: str) -> str | None:
        """The function a problem asks for; raises `UsageError` for one the server does not have."""
        if id not in self.problems:
            raise unknown(id, self.problems)
        return self.problems[id]

    def entries(self) -> dict[str, list[str]]:
        """The ids of the problems that ask for a function, by the function's name."""
        entries: dict[str, list[str]] = {}
        for id, entry in self.problems.items():
            if entry is not None:
                entries.setdefault(entry, []).append(id)
        return entries

    def infer(self, source: str, option: str = "--problem") -> str:
        """The id of the problem that a source answers; raises `UsageError`."""
        return inferred(source, self.entries(), option)


@contextmanager
def place(server: str) -> Iterator[tuple[Catalogue, Callable[[Submission, int, Reports], Report]]]:
    """A server to be judged on: its problems, and what judges there.

    Raises `UsageError` where one is not logged in, and as `Client.get` does.
    """
    from harness.problem.library import standard_library

    with connected(server) as (client, login, progress):
        yield (
            catalogue(client, standard_library()),
            partial(judge, client=client, login=login, progress=progress),
        )


def judge(
    submission: Submission,
    hints: int,
    reports: Reports,
    client: Client,
    login: Login,
    progress: Progress,
) -> Report:
    """Have a submission judged on a server, and wait for the report; raises as `Client.get` does.

    It is the one that a judge on this machine would give.
    """
    from harness.report.jsondoc import to_document

    handed = hand_in(client, login, submission)
    progress.show(handed.told)
    follow(client, handed.id, progress)
    report = report_on(client, handed.id, hints, submission.name)
    if not reports.whole:
        report = replace(report, program=None)
    reports.add(to_document(report))
    return report


def hand_over(file: str, problem_id: str | None, server: str) -> str:
    """The id of a file's submission on a server, which is not waited for."""
    from harness.problem.library import standard_library
    from harness.reporting.reports import Reports
    from harness.submitting import taken

    with connected(server) as (client, login, _):
        offered = catalogue(client, standard_library())
        submission = taken(file, problem_id, offered, Reports((), ()))
        return clean_line(hand_in(client, login, submission).id)


def catalogue(client: Client, library: Library) -> Catalogue:
    """What a server offers; the function of a problem that is here as well is known here."""
    here = library.ids()
    return Catalogue(
        {
            offer.id: offer.entry or (library.entry(offer.id) if offer.id in here else None)
            for offer in _offers(client)
        }
    )


def _offers(client: Client) -> Iterator[Offer]:
    cursor = ""
    while True:
        found, following = items(
            client.url, Offer, client.get("/problems", limit=_PAGE, cursor=cursor)
        )
        yield from found
        if not following or following == cursor:
            return
        cursor = following


def hand_in(client: Client, login: Login, submission: Submission) -> Handed:
    """The submission on the server, where it is safe: it is accepted once however often it is sent.

    Raises as `Client.post` does.
    """
    name = clean_line(PurePath(submission.name).name)[:_NAME_LIMIT]
    body = {
        "problem": submission.problem,
        "source": submission.source.decode("utf-8"),
        "name": name,
    }
    document = client.post("/submissions", body, _key(login, submission))
    return fit(client.url, Handed, document)


def _key(login: Login, submission: Submission) -> str:
    """A name for this one attempt to hand in, which no other attempt has."""
    parts = (login.url, login.user, submission.problem, secrets.token_hex(16))
    said = b"\0".join([*(part.encode() for part in parts), submission.source])
    return hashlib.sha256(said).hexdigest()


def report_on(client: Client, id: str, hints: int, name: str = "") -> Report:
    """The report on a submission with a verdict, under another name if one is given.

    Raises `MachineError` where the judge failed and there is none, and as `Client.get` does.
    """
    from harness.report.document import Ungraded
    from harness.report.jsondoc import line, to_document
    from harness.report.reading import read

    try:
        document = client.get(path("submissions", id, "report"), hints=hints)
    except Refused as refused:
        if refused.code != "no_report":
            raise
        raise MachineError(f"{refused} ({id})") from None  # the judge's fault, not the asker's
    try:
        entry = read(document)
        # A second time, so that whatever the server wrote is clean, and cut, as reports here are.
        entry = entry if isinstance(entry, Ungraded) else read(to_document(entry))
    except ValueError as error:
        raise unfit(client.url, str(error)) from None
    if isinstance(entry, Ungraded):
        raise MachineError(f"{client.url} could not judge the submission {id}: {entry.message}")
    return replace(entry, name=line(name)) if name else entry
