"""The engine of this process: made once over the house's schema and its stored operations."""

from collections.abc import Mapping

import strawberry

from voc.api.engine import Engine
from voc.api.stored_documents import stored_operations
from voc.core.resources import folder

_engine: Engine | None = None


def install(schema: strawberry.Schema | None = None, stored: Mapping[str, str] | None = None) -> Engine:
    """Make the engine of the process, anew when it is called again."""
    global _engine  # noqa: PLW0603 - a process has one
    _engine = Engine(schema or house_schema(), stored_operations(folder("schema") / "operations") if stored is None else stored)
    return _engine


def engine() -> Engine:
    """The engine of the process; made now when no command did it at its start."""
    return _engine or install()


def house_schema() -> strawberry.Schema:
    """The schema of the house. It is imported when first needed: a worker never does."""
    from voc.api.schema import schema

    return schema
