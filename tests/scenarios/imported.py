"""What the server that commands are forked from has imported, those parts included that a start imports late."""

import gc

import alembic.command
import alembic.context

import bot.cli.demo
import tests.scenarios.forked

__all__ = ["alembic", "bot", "tests"]

gc.freeze()  # nothing of this is ever garbage in a fork
