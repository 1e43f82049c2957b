"""The command `voc`: one file per group of commands."""

from voc.core import garbage

garbage.look_rarely()

from voc.cli.main import main  # noqa: E402 - the line above must come first

__all__ = ["main"]
