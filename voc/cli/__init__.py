"""The command `voc`: one file per group of commands."""

import gc

# Modules and schema stay for good: looking for garbage among them again and again costs a sixth of the start.
gc.set_threshold(50_000, 20, 50)

from voc.cli.main import main  # noqa: E402 - the line above must come first

__all__ = ["main"]
