"""What Alembic runs: the steps, on the connection that it is given."""

from alembic import context

from harness.store import people, tables
from harness.store.metadata import METADATA

_ = people, tables  # importing them is what makes them part of the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
