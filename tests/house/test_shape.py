"""Files stay small, well named, and each outside library lives where it belongs."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.source import ROOMS, ROOT, files, imported, product_files, relative, tree

FORBIDDEN_NAMES = {"services", "service", "utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "managers"}
TOP_LEVEL = {"voc", "schema", "surveys", "migrations", "tests", "pyproject.toml", "README.md"}
TOP_LEVEL |= {".ci", ".gitignore", "CHANGELOG.md", "LICENSE"}
UNTRACKED = {".git", ".venv", "voc-data", "build", "dist", "__pycache__", ".hypothesis"}
HOMES = {
    "strawberry": ("voc/api/",),
    "graphql": ("voc/api/", "voc/web/api_page"),
    "starlette": ("voc/api/", "voc/web/", "voc/app.py", "voc/connect/", "voc/demo/"),
    "vaderSentiment": ("voc/insight/sentiment/",),
    "cel_expr_python": ("voc/core/expression",),
    "pgqueuer": ("voc/core/jobs/", "voc/core/db/"),
    "jinja2": ("voc/web/", "voc/outreach/mail/"),
    "aiosmtplib": ("voc/outreach/channels/",),
    "argon2": ("voc/staff/passwords.py",),
}
WRITES = {"create", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
CHANGES = {"update", "delete"}


def test_no_file_is_longer_than_300_lines() -> None:
    long = {relative(path): count for path in files() if (count := len(path.read_text("utf-8").splitlines())) > 300}
    assert not long


def test_no_file_is_named_after_nothing() -> None:
    assert not [relative(path) for path in files() if path.stem in FORBIDDEN_NAMES]


def test_every_module_and_public_function_says_what_it_promises() -> None:
    silent = []
    for path in product_files():
        if path.stat().st_size and ast.get_docstring(tree(path)) is None:
            silent.append(relative(path))
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                silent += [] if ast.get_docstring(node) else [f"{relative(path)}:{node.lineno} {node.name}"]
    assert not silent


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_only_where_it_lives(library: str) -> None:
    strays = [
        relative(path)
        for path in product_files()
        if any(name.split(".")[0] == library for name in imported(path)) and not relative(path).startswith(HOMES[library])
    ]
    assert not strays


def test_only_the_owner_writes_its_tables() -> None:
    strays = [f"{relative(path)}:{line} {what}" for path in product_files() for line, what in foreign_writes(path)]
    assert not strays


def foreign_writes(path: Path) -> list[tuple[int, str]]:
    """Calls in a file that write a table of another room."""
    room = path.relative_to(ROOT / "voc").parts[0]
    foreign = {
        alias.asname or alias.name: node.module.split(".")[1]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and re.fullmatch(rf"voc\.({'|'.join(ROOMS)}|core)\.models", node.module or "")
        for alias in node.names
        if node.module and node.module.split(".")[1] != room
    }
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES | CHANGES:
            start = node.func.value
            chained = False
            while isinstance(start, ast.Call | ast.Attribute):
                chained = chained or isinstance(start, ast.Call)
                start = start.func if isinstance(start, ast.Call) else start.value
            if isinstance(start, ast.Name) and start.id in foreign and (node.func.attr in WRITES or chained):
                found.append((node.lineno, f"{start.id}.{node.func.attr} of {foreign[start.id]}"))
    return found


def test_nothing_but_settings_reads_the_environment() -> None:
    allowed = {"voc/core/settings.py", "voc/cli/serve.py", "voc/cli/demo.py", "voc/app.py"}
    readers = [relative(path) for path in product_files() if re.search(r"os\.(environ|getenv)", path.read_text("utf-8"))]
    assert set(readers) <= allowed


def test_nothing_but_the_clock_asks_the_time() -> None:
    asking = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(")
    outside = ("voc/demo/", "voc/cli/demo.py", "voc/core/limit.py")  # the demo plays the world; the limiter counts wall time
    asked = [relative(path) for path in product_files() if asking.search(path.read_text("utf-8"))]
    assert [name for name in asked if not name.startswith(outside)] == ["voc/core/clock.py"]


def test_the_top_level_holds_only_what_it_should() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.endswith("_cache")}
    assert found - UNTRACKED <= TOP_LEVEL


def test_nothing_unfinished_is_left() -> None:
    marks = re.compile("TODO|FIXME|XXX|NotImplementedError|pytest.mark.(skip|xfail)\\b")
    assert not [relative(path) for path in files() if path != Path(__file__) and marks.search(path.read_text("utf-8"))]
