"""Every command starts with settings, logs and reactions in place, and says what is wrong in one sentence."""

import os
from pathlib import Path

import pytest
import typer
from pydantic import SecretStr

from tests.commands import voc
from tests.databases import SqliteFiles
from voc import reactions
from voc.cli.main import app
from voc.core import events, settings
from voc.core.filelock import FileLock


@pytest.fixture
def house(tmp_path: Path) -> dict[str, str]:
    """An environment with a database of its own."""
    return {"PATH": os.environ["PATH"], "VOC_DATABASE_URL": f"sqlite://{tmp_path}/voc.sqlite3"}


@pytest.fixture
def migrated(sqlite_files: SqliteFiles) -> dict[str, str]:
    """An environment with a migrated database of its own."""
    return {"PATH": os.environ["PATH"], "VOC_DATABASE_URL": sqlite_files.fresh()}


def test_a_command_before_the_first_migration_says_so(house: dict[str, str]) -> None:
    done = voc(house, "jobs")
    assert (done.returncode, done.stderr.strip()) == (1, "The database misses 1 migration: run `voc migrate` first.")


def test_a_second_server_on_one_sqlite_file_is_refused_in_one_sentence(house: dict[str, str], tmp_path: Path) -> None:
    voc(house, "migrate")
    held = FileLock(tmp_path / "voc.sqlite3.worker.lock")
    assert held.take()
    try:
        done = voc(house, "serve", "--port", "0")
    finally:
        held.release()
    assert done.returncode == 1
    assert done.stderr.startswith("Another `voc serve` works on this database already")
    assert "Traceback" not in done.stderr


def test_the_house_is_set_up_with_five_commands(house: dict[str, str]) -> None:
    assert voc(house, "migrate").returncode == 0
    setup = voc(house, "setup", "--name", "Sanne", "--email", "sanne@example.nl")
    assert "/sign-in/link/" in setup.stdout, setup.stderr
    again = voc(house, "setup", "--name", "Piet", "--email", "piet@example.nl")
    assert (again.returncode, "has an admin already" in again.stderr) == (1, True)
    token = voc(house, "token", "create", "--name", "CRM", "--role", "integration")
    assert token.stdout.startswith("voc_")
    assert len(token.stdout.split()) == 1
    assert voc(house, "token", "create", "--name", "CRM", "--role", "king").stderr.startswith("There is no role king: choose one of")


def test_the_emergency_stop_is_one_command_and_so_is_going_on(migrated: dict[str, str]) -> None:
    assert voc(migrated, "pause", "everything").stdout.strip() == "Paused: everything"
    assert voc(migrated, "resume", "everything").stdout.strip() == "Going on: everything"
    assert voc(migrated, "resume", "everything").returncode == 1
    assert "nobody" not in voc(migrated, "pause", "policy", "no-such-policy").stdout


def test_apply_says_what_would_change_and_changes_it_once(migrated: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "house"
    folder.mkdir()
    hours = "calendars: {office: {name: Office, time_zone: Europe/Amsterdam, hours: {mon: [['09:00', '17:00']]}}}\n"
    (folder / "house.yaml").write_text(hours + "teams: {care: {name: Care, calendar: office}}\n")
    planned = voc(migrated, "apply", str(folder), "--plan")
    assert planned.stdout.splitlines() == ["+ calendars office", "+ teams care", "2 would change; run it again without --plan."]
    assert voc(migrated, "apply", str(folder)).stdout.splitlines() == ["+ calendars office", "+ teams care"]
    assert voc(migrated, "apply", str(folder)).stdout.strip() == "Nothing differs."
    (folder / "house.yaml").write_text(hours + "teams: {care: {name: Customer care, calendar: office}}\n")
    assert voc(migrated, "apply", str(folder), "--plan").stdout.splitlines()[0] == "~ teams care: name: 'Care' -> 'Customer care'"


def test_files_with_faults_change_nothing_and_name_the_place(migrated: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "house"
    folder.mkdir()
    hours = "calendars: {office: {name: Office, time_zone: Europe/Amsterdam, hours: {mon: [['09:00', '17:00']]}}}\n"
    (folder / "house.yaml").write_text(hours + "teams: {care: {name: Care, calendar: nowhere}}\nmood: {}\n")
    wrong = voc(migrated, "apply", str(folder))
    assert (wrong.returncode, "house.yaml: mood: There is no kind mood" in wrong.stderr) == (1, True)
    (folder / "house.yaml").write_text(hours + "teams: {care: {name: Care, calendar: nowhere}}\n")
    wrong = voc(migrated, "apply", str(folder))
    assert "teams.care.calendar: There are no business hours called nowhere" in wrong.stderr
    planned = voc(migrated, "apply", str(folder), "--plan")
    assert (planned.returncode, planned.stderr) == (1, wrong.stderr)
    (folder / "house.yaml").write_text(hours)
    assert "+ calendars office" in voc(migrated, "apply", str(folder), "--plan").stdout


def test_every_command_has_help() -> None:
    group = typer.main.get_command(app)
    assert not [name for name, command in group.commands.items() if not command.help]  # type: ignore[attr-defined]


def test_the_story_has_a_handler_for_every_kind_of_job_it_adds() -> None:
    settings.install(settings.Settings(secret=SecretStr("s" * 40)))
    reactions.install()
    assert {"outreach.decide", "outreach.deliver", "insight.tag", "followup.follow_response", "connect.tell_hook"} <= events.kinds()
