"""The schema as a file: `schema/voc.graphql` is committed, so that every change of the contract is read before it is merged."""

from pathlib import Path

from voc.api.current import house_schema
from voc.core.resources import folder

NAME = "voc.graphql"


def sdl() -> str:
    """The schema of the house in its own language."""
    return house_schema().as_str() + "\n"


def export(to: Path | None = None) -> Path:
    """Write the schema to a file, or to its place in the repository; says where."""
    path = to or folder("schema") / NAME
    path.write_text(sdl(), "utf-8")
    return path
