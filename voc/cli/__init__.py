"""The command `voc`: one file per group of commands."""

from voc.cli.main import main

__all__ = ["main"]
