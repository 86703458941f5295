"""Alembic runs this. The connection, already in a transaction, comes from ``bot.adapters.store.migrate``."""

from alembic import context

from bot.adapters.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
