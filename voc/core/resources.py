"""Where the folders live that sit beside the package: in the repository itself, or packed into the wheel under `voc/_data`."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_REPOSITORY = _PACKAGE.parent


def folder(name: str) -> Path:
    """The folder `schema`, `surveys` or `migrations`: the repository's own where there is one, else the wheel's copy."""
    beside = _REPOSITORY / name
    if beside.is_dir() and (_REPOSITORY / "pyproject.toml").is_file():
        return beside
    packed = _PACKAGE / "_data" / name
    if packed.is_dir():
        return packed
    raise FileNotFoundError(f"The folder {name} is neither beside the package nor inside it: install voc again.")


def migrations_module() -> str:
    """The dotted name under which the migrations can be imported."""
    where = folder("migrations")
    if where.parent == _REPOSITORY:
        if str(_REPOSITORY) not in sys.path:
            sys.path.append(str(_REPOSITORY))
        return "migrations"
    return "voc._data.migrations"
