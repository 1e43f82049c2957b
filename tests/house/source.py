"""The project's own Python files, parsed, for the tests of the house."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("staff", "customers", "surveys", "outreach", "responses", "insight", "followup", "connect")


@cache
def files() -> tuple[Path, ...]:
    """Every Python file of the package and its tests."""
    return tuple(sorted(path for top in ("voc", "tests") for path in (ROOT / top).rglob("*.py")))


def product_files() -> list[Path]:
    """The package's files."""
    return [path for path in files() if path.is_relative_to(ROOT / "voc")]


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def imported(path: Path) -> set[str]:
    """Every module a file names in an import, wherever it stands."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def relative(path: Path) -> str:
    """The file's name from the top of the project."""
    return path.relative_to(ROOT).as_posix()
