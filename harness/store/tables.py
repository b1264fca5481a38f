"""The tables of judging. What changes here or beside it needs a migration."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from harness.store.metadata import HASH, ID, METADATA, one_of, user_id
from harness.store.types import Instant

STATES = ("queued", "running", "done", "dead")

settings = Table(
    "settings",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", JSON, nullable=False),
)

versions = Table(
    "versions",
    METADATA,
    Column("id", HASH, primary_key=True),
    Column("problem", String(80), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("level", String(20), nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("quarantined_at", Instant),
    Column("released_at", Instant),
    Column("reason", Text),
)

submissions = Table(
    "submissions",
    METADATA,
    Column("id", ID, primary_key=True),
    user_id(),
    Column("problem", String(80), nullable=False),
    Column("version", HASH, ForeignKey("versions.id"), nullable=False),
    Column("set_id", ID, ForeignKey("sets.id", ondelete="SET NULL")),
    Column("name", String(120), nullable=False),
    Column("source", LargeBinary, nullable=False),
    Column("sha256", HASH, nullable=False),
    Column("key", String(80)),  # what a client calls the request, so that it is accepted once
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("user_id", "key"),
    Index("ix_submissions_user_id_created_at", "user_id", "created_at"),
    Index("ix_submissions_problem_created_at", "problem", "created_at"),
    Index("ix_submissions_set_id", "set_id"),
)

rejudges = Table(
    "rejudges",
    METADATA,
    Column("id", ID, primary_key=True),
    user_id(ondelete="RESTRICT"),
    Column("key", String(80)),
    Column("filter", JSON, nullable=False),
    Column("state", String(12), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("decided_at", Instant),
    UniqueConstraint("user_id", "key"),
    one_of("state", ("judging", "applied", "dropped")),
)

judgings = Table(
    "judgings",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("submission_id", ID, ForeignKey("submissions.id", ondelete="CASCADE"), nullable=False),
    user_id(),  # the submission's, so that the queue is fair without a join
    Column("problem", String(80), nullable=False),
    Column("version", HASH, ForeignKey("versions.id"), nullable=False),
    Column("rejudge_id", ID, ForeignKey("rejudges.id", ondelete="CASCADE")),
    Column("replaces", ID),  # of a rejudge: what counts when it is not applied
    Column("priority", Integer, nullable=False),  # 0 live, 1 rejudge
    Column("state", String(12), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("worker", String(80)),
    Column("lease_until", Instant),
    Column("queued_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("finished_at", Instant),
    Column("verdict", String(24)),
    Column("score", Float),
    Column("max_score", Float),
    Column("equations", Integer),
    Column("report", JSON),
    Column("error", Text),
    one_of("state", STATES),
    UniqueConstraint("rejudge_id", "submission_id"),
    Index("ix_judgings_queue", "state", "priority", "queued_at", "id"),
    # All that it takes to find whose turn it is, however many wait.
    Index("ix_judgings_turn", "state", "priority", "user_id", "queued_at", "version"),
    Index("ix_judgings_submission_id", "submission_id"),
    Index("ix_judgings_problem_verdict", "problem", "verdict"),
    Index("ix_judgings_finished_at", "finished_at"),
    # However many workers judge it, a submission has one verdict that counts.
    Index(
        "uq_judgings_current",
        "submission_id",
        unique=True,
        sqlite_where=text("current"),
        postgresql_where=text("current"),
    ),
)

events = Table(
    "events",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("submission_id", ID, ForeignKey("submissions.id", ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("data", JSON, nullable=False),
    Index("ix_events_submission_id_id", "submission_id", "id"),
    sqlite_autoincrement=True,
)

workers = Table(
    "workers",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("versions", JSON, nullable=False),
    Column("problems", JSON, nullable=False),  # the versions of problems it can judge by
    Column("isolation", String(12), nullable=False),
    Column("live_only", Boolean, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("judged", Integer, nullable=False),
    Column("errors", Integer, nullable=False),  # in a row
    Column("quarantined_at", Instant),
    Column("reason", Text),
    Column("ended_at", Instant),
)

webhooks = Table(
    "webhooks",
    METADATA,
    Column("id", ID, primary_key=True),
    user_id(index=True),
    Column("url", Text, nullable=False),
    Column("secret", String(80), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
)

deliveries = Table(
    "deliveries",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("webhook_id", ID, ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant),
    Column("delivered_at", Instant),
    Column("answer", String(200)),
    Index("ix_deliveries_next_at", "next_at"),
)

audit = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("actor", ID),
    Column("action", String(40), nullable=False),
    Column("target", String(120), nullable=False),
    Column("details", JSON, nullable=False),
    Column("address", String(60), nullable=False),
    Index("ix_audit_at", "at"),
    sqlite_autoincrement=True,
)
