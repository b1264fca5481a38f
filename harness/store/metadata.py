"""What all tables have in common."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, MetaData, String

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
ID = String(32)
HASH = String(64)


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """A column has one of a few values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def user_id(ondelete: str = "CASCADE", nullable: bool = False, index: bool = False) -> Column[str]:
    """Whose a row is."""
    key = ForeignKey("users.id", ondelete=ondelete)
    return Column("user_id", ID, key, nullable=nullable, index=index)
