"""Alembic's entry: runs the migrations on the connection that storage.migrate hands over."""

from alembic import context

from storage.isolation import loosen
from storage.tables import metadata


def is_ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
    """The full-text index is made by hand for each engine and is no part of the models."""
    if kind == "table":
        return name is None or not name.startswith("advocate_search")
    return name not in {"document", "ix_advocate_document_document"}


connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, include_object=is_ours)
with context.begin_transaction():
    if connection.dialect.name == "postgresql":
        loosen(connection)
    context.run_migrations()
