"""What is measured, in the form of Prometheus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from harness.store.figures import Figures

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


@dataclass(slots=True)
class Meter:
    """Measures the requests of one process; all else comes from the database, when it is asked."""

    _registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    _requests: Histogram = field(init=False)

    def __post_init__(self) -> None:
        self._requests = Histogram(
            "jaxjudge_http_request_seconds",
            "Requests that this process has answered, and how long each took",
            ("method", "route", "status"),
            buckets=_BUCKETS,
            registry=self._registry,
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request. `route` is a path with the names of its parts in their places."""
        self._requests.labels(method, route, str(status)).observe(seconds)

    def page(self, figures: Figures) -> bytes:
        """All of it as Prometheus reads it."""
        once = CollectorRegistry()
        once.register(_Counted(figures))
        return bytes(generate_latest(once)) + bytes(generate_latest(self._registry))


@dataclass(frozen=True, slots=True, eq=False)
class _Counted(Collector):
    figures: Figures

    def collect(self) -> Iterator[Metric]:
        f = self.figures
        yield _gauge("queue_length", "Judgings that wait", "priority", f.queued)
        oldest = "For how long the judging that waits longest has been waiting"
        yield GaugeMetricFamily("jaxjudge_queue_oldest_seconds", oldest, f.oldest)
        yield _gauge("workers", "Workers that have not ended", "state", f.workers)
        out = "Problems that were taken out"
        yield GaugeMetricFamily("jaxjudge_problems_quarantined", out, f.barred)
        yield _gauge("judgings", "Judgings, rejudges included", "state", f.judgings)
        yield _gauge("verdicts", "Submissions by the verdict that counts", "verdict", f.verdicts)
        accepted = "Submissions that were taken in"
        yield CounterMetricFamily("jaxjudge_submissions", accepted, f.submissions)


def _gauge(name: str, help: str, label: str, values: Mapping[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"jaxjudge_{name}", help, labels=[label])
    for value, count in sorted(values.items()):
        family.add_metric([value], count)
    return family
