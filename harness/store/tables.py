"""The tables. What changes here needs a migration beside it."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from harness.store.types import Instant

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
ROLES = ("learner", "instructor", "operator")
STATES = ("queued", "running", "done", "dead")
_ID = String(32)
_HASH = String(64)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def _user(ondelete: str = "CASCADE", **options: bool) -> Column[str]:
    return Column("user_id", _ID, ForeignKey("users.id", ondelete=ondelete), **options)  # type: ignore[arg-type]


settings = Table(
    "settings",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", JSON, nullable=False),
)

users = Table(
    "users",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("name", String(40), nullable=False),
    Column("folded", String(40), nullable=False, unique=True),  # names differ in more than case
    Column("role", String(12), nullable=False),
    Column("password", Text),
    Column("github", String(40), unique=True),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
    _one_of("role", ROLES),
)

links = Table(
    "links",
    METADATA,
    Column("hash", _HASH, primary_key=True),
    Column("purpose", String(12), nullable=False),
    Column("role", String(12)),
    _user(nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

sessions = Table(
    "sessions",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("hash", _HASH, nullable=False, unique=True),
    _user(nullable=False, index=True),
    Column("csrf", _HASH, nullable=False),
    Column("agent", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

tokens = Table(
    "tokens",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("hash", _HASH, nullable=False, unique=True),
    _user(nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("used_at", Instant),
    Column("revoked_at", Instant),
)

buckets = Table(
    "buckets",
    METADATA,
    Column("key", String(120), primary_key=True),
    Column("left", Float, nullable=False),
    Column("filled_at", Instant, nullable=False),
)

versions = Table(
    "versions",
    METADATA,
    Column("id", _HASH, primary_key=True),
    Column("problem", String(80), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("level", String(20), nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("quarantined_at", Instant),
    Column("reason", Text),
)

classes = Table(
    "classes",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("code", String(20), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("archived_at", Instant),
)

members = Table(
    "members",
    METADATA,
    Column("class_id", _ID, ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", _ID, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("teaches", Boolean, nullable=False),
    Column("joined_at", Instant, nullable=False),
    Index("ix_members_user_id", "user_id"),
)

sets = Table(
    "sets",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("class_id", _ID, ForeignKey("classes.id", ondelete="CASCADE"), nullable=False),
    Column("title", String(120), nullable=False),
    Column("opens_at", Instant),
    Column("deadline", Instant),
    Column("attempts", Integer),
    Column("hints", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_sets_class_id", "class_id"),
)

set_problems = Table(
    "set_problems",
    METADATA,
    Column("set_id", _ID, ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True),
    Column("problem", String(80), primary_key=True),
    Column("position", Integer, nullable=False),
)

drafts = Table(
    "drafts",
    METADATA,
    Column("user_id", _ID, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("problem", String(80), primary_key=True),
    Column("source", LargeBinary, nullable=False),
    Column("saved_at", Instant, nullable=False),
)

submissions = Table(
    "submissions",
    METADATA,
    Column("id", _ID, primary_key=True),
    _user(nullable=False),
    Column("problem", String(80), nullable=False),
    Column("version", _HASH, ForeignKey("versions.id"), nullable=False),
    Column("set_id", _ID, ForeignKey("sets.id", ondelete="SET NULL")),
    Column("name", String(120), nullable=False),
    Column("source", LargeBinary, nullable=False),
    Column("sha256", _HASH, nullable=False),
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
    Column("id", _ID, primary_key=True),
    _user(ondelete="RESTRICT", nullable=False),
    Column("key", String(80)),
    Column("filter", JSON, nullable=False),
    Column("state", String(12), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("decided_at", Instant),
    UniqueConstraint("user_id", "key"),
    _one_of("state", ("judging", "applied", "dropped")),
)

judgings = Table(
    "judgings",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("submission_id", _ID, ForeignKey("submissions.id", ondelete="CASCADE"), nullable=False),
    _user(nullable=False),  # the submission's, so that the queue is fair without a join
    Column("problem", String(80), nullable=False),
    Column("version", _HASH, ForeignKey("versions.id"), nullable=False),
    Column("rejudge_id", _ID, ForeignKey("rejudges.id", ondelete="CASCADE")),
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
    _one_of("state", STATES),
    UniqueConstraint("rejudge_id", "submission_id"),
    Index("ix_judgings_queue", "state", "priority", "queued_at"),
    Index("ix_judgings_submission_id", "submission_id"),
    Index("ix_judgings_problem_verdict", "problem", "verdict"),
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
    Column("submission_id", _ID, ForeignKey("submissions.id", ondelete="CASCADE"), nullable=False),
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
    Column("id", _ID, primary_key=True),
    _user(nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("secret", String(80), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
)

deliveries = Table(
    "deliveries",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("webhook_id", _ID, ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False),
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
    Column("actor", _ID),
    Column("action", String(40), nullable=False),
    Column("target", String(120), nullable=False),
    Column("details", JSON, nullable=False),
    Column("address", String(60), nullable=False),
    Index("ix_audit_at", "at"),
    sqlite_autoincrement=True,
)
