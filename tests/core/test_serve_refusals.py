"""What hinders a fresh `voc serve` is said at once, in one sentence with the way out."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests import commands
from tests.databases import SqliteFiles


def voc(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with these settings only."""
    return commands.voc({**{name: value for name, value in os.environ.items() if not name.startswith("VOC_")}, **given}, *arguments)


def test_a_misspelt_setting_is_named_with_the_right_one(sqlite_files: SqliteFiles) -> None:
    done = voc("serve", VOC_DATABASE_URL=sqlite_files.fresh(), VOC_SMTP_ULR="smtp://relay")
    assert (done.returncode, done.stderr) == (2, "VOC_SMTP_ULR is no setting: write VOC_SMTP_URL, or see them all with `voc config`.\n")


def test_a_taken_port_is_named(sqlite_files: SqliteFiles) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = voc("serve", "--port", str(port), VOC_DATABASE_URL=sqlite_files.fresh())
    said = f"Something listens at port {port} of 127.0.0.1 already: stop it, or choose another with --port.\n"
    assert (done.returncode, done.stderr) == (1, said)


def test_an_address_of_another_machine_is_named(sqlite_files: SqliteFiles) -> None:
    done = voc("serve", "--host", "192.0.2.1", VOC_DATABASE_URL=sqlite_files.fresh())
    assert done.returncode == 1
    assert done.stderr.startswith("Port 8000 of 192.0.2.1 cannot be opened")
    assert done.stderr.endswith("choose others with --host and --port.\n")


def test_a_database_that_was_never_migrated_says_what_to_run(tmp_path: Path) -> None:
    done = voc("serve", "--port", "0", VOC_DATABASE_URL=f"sqlite://{tmp_path}/voc.sqlite3")
    assert done.returncode == 1
    assert done.stderr.startswith("The database misses ")
    assert done.stderr.endswith(": run `voc migrate` first.\n")


@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_a_folder_that_cannot_be_written_to_is_named(command: str, sqlite_files: SqliteFiles, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    database = Path(sqlite_files.fresh().removeprefix("sqlite://")).rename(folder / "voc.sqlite3")
    folder.chmod(0o500)
    unprivileged = ("unshare", "--user", "--map-user=1000") if os.getuid() == 0 else ()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("VOC_")},
        "VOC_DATABASE_URL": f"sqlite://{database}",
    }
    try:
        done = subprocess.run(
            [*unprivileged, sys.executable, "-m", "voc", command], env=environment, capture_output=True, text=True, check=False, timeout=60
        )
    finally:
        folder.chmod(0o700)
    way = "give this account the right to write there, or set VOC_DATABASE_URL to another place."
    assert (done.returncode, done.stderr) == (1, f"The folder {folder} of the database cannot be written to (Permission denied): {way}\n")
