"""PURE. Cells that spreadsheets would run: a text that begins like a formula gets an apostrophe before it, and loses it again when read."""

_RUNS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return f"'{text}" if text.startswith(_RUNS) or (text.startswith("'") and text[1:].startswith((*_RUNS, "'"))) else text


def unguarded(cell: str) -> str:
    """The text that was guarded; any other stays as it is."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*_RUNS, "'")) else cell
