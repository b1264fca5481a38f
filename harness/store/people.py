"""The tables of people: who they are, how they get in, what they are set."""

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
)

from harness.store.metadata import HASH, ID, METADATA, one_of, user_id
from harness.store.types import Instant

ROLES = ("learner", "instructor", "operator")

users = Table(
    "users",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("name", String(40), nullable=False),
    Column("folded", String(40), nullable=False, unique=True),  # names differ in more than case
    Column("role", String(12), nullable=False),
    Column("password", Text),
    Column("github", String(40), unique=True),
    Column("created_at", Instant, nullable=False),
    Column("disabled_at", Instant),
    one_of("role", ROLES),
)

links = Table(
    "links",
    METADATA,
    Column("hash", HASH, primary_key=True),
    Column("purpose", String(12), nullable=False),
    Column("role", String(12)),
    user_id(nullable=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

sessions = Table(
    "sessions",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("hash", HASH, nullable=False, unique=True),
    user_id(index=True),
    Column("csrf", HASH, nullable=False),
    Column("agent", String(200), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)

tokens = Table(
    "tokens",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("hash", HASH, nullable=False, unique=True),
    user_id(index=True),
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

classes = Table(
    "classes",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("code", String(20), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("archived_at", Instant),
)

members = Table(
    "members",
    METADATA,
    Column("class_id", ID, ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ID, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("teaches", Boolean, nullable=False),
    Column("joined_at", Instant, nullable=False),
    Index("ix_members_user_id", "user_id"),
)

sets = Table(
    "sets",
    METADATA,
    Column("id", ID, primary_key=True),
    Column("class_id", ID, ForeignKey("classes.id", ondelete="CASCADE"), nullable=False),
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
    Column("set_id", ID, ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True),
    Column("problem", String(80), primary_key=True),
    Column("position", Integer, nullable=False),
)

drafts = Table(
    "drafts",
    METADATA,
    Column("user_id", ID, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("problem", String(80), primary_key=True),
    Column("source", LargeBinary, nullable=False),
    Column("saved_at", Instant, nullable=False),
)
