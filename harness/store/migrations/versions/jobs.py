"""The jobs of Procrastinate, by which workers are woken; on PostgreSQL only."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MADE = Path(__file__).parents[1] / "procrastinate.sql"
_DROP = """
DO $$
DECLARE command text;
BEGIN
    FOR command IN
        SELECT format('DROP TABLE IF EXISTS %s CASCADE', oid::regclass) FROM pg_class
            WHERE relname LIKE 'procrastinate\\_%' AND relkind = 'r'
            AND relnamespace = current_schema()::regnamespace
        UNION ALL
        SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', oid::regprocedure) FROM pg_proc
            WHERE proname LIKE 'procrastinate\\_%'
            AND pronamespace = current_schema()::regnamespace
        UNION ALL
        SELECT format('DROP TYPE IF EXISTS %s CASCADE', oid::regtype) FROM pg_type
            WHERE typname LIKE 'procrastinate\\_%' AND (typtype = 'e' OR typrelid IN (
                SELECT oid FROM pg_class WHERE relkind = 'c'
            )) AND typnamespace = current_schema()::regnamespace
    LOOP
        EXECUTE command;
    END LOOP;
END;
$$
"""


def upgrade() -> None:
    _run(_MADE.read_text("utf-8"))


def downgrade() -> None:
    _run(_DROP)


def _run(statements: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        # Not through SQLAlchemy, to which a percent sign is the beginning of a parameter.
        connection.connection.cursor().execute(statements)
