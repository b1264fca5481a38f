"""What the server costs: submissions a second, and the time from POST to verdict.

Run with `python -m benchmarks.load [--submissions N] [--workers K ...] [--databases KIND ...]`. For
each number of workers, `jaxjudge grade` judges the same files with as many jobs; both are measured
by what more files take, so that neither counts its start. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import quantiles

import httpx2

from benchmarks.cold import measured_environment
from benchmarks.embedded import PROBLEM, sources
from harness.judge import Submission
from harness.store import accounts, credentials
from harness.store.database import Database, open_database
from harness.store.migrate import migrate
from tests.postgresql import Cluster, programs

_WARM = 20  # judged before anything is measured, by each worker
_PER_USER = 15  # as many as one may hand in at once
_CLIENTS = 8
_POLL_SECONDS = 0.02
_ABSENT = "there is no PostgreSQL here: make postgresql installs it"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: submissions a second under load, and seconds to a verdict without."""

    name: str
    workers: int
    rate: float
    bare: float
    seconds: Sequence[float]

    def __str__(self) -> str:
        places = quantiles(self.seconds, n=100, method="inclusive")
        times = " | ".join(f"{places[n - 1] * 1e3:.0f}" for n in (50, 95, 99))
        share = self.rate / self.bare
        return (
            f"| {self.name} | {self.workers} | {self.rate:.2f} | {self.bare:.2f} | {share:.2f} "
            f"| {times} |"
        )


def main() -> None:
    """Measure, and print a line of the table for each database and number of workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=300)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    asked = parser.parse_args()
    print("| database | workers | a second | `grade` | ratio | p50 ms | p95 ms | p99 ms |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory() as cache:
        measured_environment(cache)
        bare(Path(cache), _WARM, max(asked.workers))  # draws the batches
        for workers in asked.workers:
            rate = bare(Path(cache), asked.submissions, workers)
            for kind in asked.databases:
                with database(kind) as url:
                    print(served(kind, url, workers, asked.submissions, rate), flush=True)


def bare(folder: Path, count: int, jobs: int) -> float:
    """Files a second that `jaxjudge grade` judges, its start left aside."""
    few = _grade(folder, _WARM, jobs)
    return count / (_grade(folder, _WARM + count, jobs) - few)


def _grade(folder: Path, count: int, jobs: int) -> float:
    with tempfile.TemporaryDirectory(dir=folder) as files:
        for source in files_of(count):
            Path(files, f"s{source.name}.py").write_text(str(source.source), "utf-8")
        command = [sys.executable, "-m", "harness", "grade", "-p", PROBLEM, "-j", str(jobs)]
        output = ["--output", str(Path(files, "results.jsonl"))]
        began = time.perf_counter()
        subprocess.run([*command, *output, files], check=False, capture_output=True)
        return time.perf_counter() - began


def files_of(count: int) -> Iterator[Submission]:
    """So many sources of every kind; but a file with NUL bytes is none that anybody takes."""
    fit = (source for source in sources(2 * count) if "\0" not in str(source.source))
    return islice(fit, count)


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The URL of an empty database."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/load.db"
        return
    found = programs()
    if found is None:
        sys.exit(_ABSENT)
    with Cluster(found) as cluster:
        yield cluster.database()


def served(kind: str, url: str, workers: int, count: int, rate: float) -> Row:
    """Hand in all at once, then one after another, to a server with some workers."""
    kept = open_database(url)
    migrate(kept)
    warm = _WARM * workers
    tokens = _tokens(kept, 1 + (warm + 2 * count) // _PER_USER)
    numbered = enumerate(files_of(warm + 2 * count))
    texts = [(tokens[n // _PER_USER], str(source.source)) for n, source in numbered]
    with server(url, workers) as address, ThreadPoolExecutor(_CLIENTS) as threads:
        client = Client(httpx2.Client(base_url=address, timeout=60))
        list(threads.map(client.hand_in, texts[:warm]))
        client.await_all(kept)
        began = time.perf_counter()
        list(threads.map(client.hand_in, texts[warm : warm + count]))
        client.await_all(kept)
        took = time.perf_counter() - began
        alone = [client.seconds(each) for each in texts[warm + count :]]
    kept.close()
    return Row(kind, workers, count / took, rate, alone)


def _tokens(kept: Database, count: int) -> list[str]:
    scopes = {"read", "submit"}
    with kept.write() as connection:
        users = [accounts.add(connection, f"user{n}", "learner").id for n in range(count)]
        return [credentials.make_token(connection, id, "load", scopes)[1] for id in users]


@contextmanager
def server(url: str, workers: int) -> Iterator[str]:
    """The address of a server that answers."""
    port = random.randrange(15_000, 32_000)
    address = f"http://127.0.0.1:{port}"
    options = ["--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen(
        [sys.executable, "-m", "harness", "serve", *options],
        env={**os.environ, "JAXJUDGE_DATABASE": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while process.poll() is None:
            try:
                httpx2.get(f"{address}/healthz")
                break
            except httpx2.TransportError:
                time.sleep(0.05)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


@dataclass(frozen=True, slots=True)
class Client:
    """Hands in, and waits for verdicts."""

    http: httpx2.Client

    def hand_in(self, made: tuple[str, str]) -> str:
        """The address of a submission, given a token and a source."""
        token, source = made
        new = {"problem": PROBLEM, "source": source}
        answer = self.http.post("/api/v1/submissions", json=new, headers=_as(token))
        return f"/api/v1/submissions/{answer.raise_for_status().json()['id']}"

    def seconds(self, made: tuple[str, str]) -> float:
        """From the POST to the verdict."""
        began = time.perf_counter()
        path = self.hand_in(made)
        while self._verdict(path, made[0]) is None:
            time.sleep(_POLL_SECONDS)
        return time.perf_counter() - began

    def await_all(self, kept: Database) -> None:
        """Wait until nothing is left to judge."""
        while True:
            with kept.read() as connection:
                query = "SELECT 1 FROM judgings WHERE state IN ('queued', 'running') LIMIT 1"
                if connection.exec_driver_sql(query).first() is None:
                    return
            time.sleep(5 * _POLL_SECONDS)

    def _verdict(self, path: str, token: str) -> object:
        answer = self.http.get(path, headers=_as(token))
        return answer.raise_for_status().json()["verdict"]


def _as(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


if __name__ == "__main__":
    main()
