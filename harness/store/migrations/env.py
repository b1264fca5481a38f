"""What Alembic runs: the steps, on the connection that it is given."""

from alembic import context

from harness.store import people, tables
from harness.store.metadata import METADATA

_ = people, tables  # importing them is what makes them part of the metadata


def _ours(_: object, name: str | None, kind: str, *__: object) -> bool:
    """Procrastinate's tables are made as it makes them, and not described here."""
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
    include_object=_ours,
)
context.run_migrations()
