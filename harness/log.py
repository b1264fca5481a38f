"""What the server and its workers write down: a line an event, with what it is about."""

from __future__ import annotations

import logging
import math
import sys
import time
from dataclasses import dataclass

import structlog

Logger = structlog.stdlib.BoundLogger
_SELDOM_SECONDS = 60.0


def logger(**about: object) -> Logger:
    """A logger whose lines all say what they are about, such as `submission="..."`."""
    found: Logger = structlog.get_logger()
    return found.bind(**about)


@dataclass(slots=True)
class Seldom:
    """For what would be said again and again while it lasts: once a minute is enough."""

    seconds: float = _SELDOM_SECONDS
    _next: float = -math.inf

    def due(self) -> bool:
        """Whether to say it now."""
        at = time.monotonic()
        if at < self._next:
            return False
        self._next = at + self.seconds
        return True


def configure() -> None:
    """Write to standard error: JSON lines, or columns for people where that is a terminal."""
    shown = sys.stderr.isatty()
    renderer = structlog.dev.ConsoleRenderer() if shown else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    others = logging.getLogger()
    others.setLevel(logging.WARNING)
    others.handlers = [_Passed()]


class _Passed(logging.Handler):
    """What libraries log goes the same way."""

    def emit(self, record: logging.LogRecord) -> None:
        logger(source=record.name).log(
            record.levelno, "library.said", reason=record.getMessage(), exc_info=record.exc_info
        )
