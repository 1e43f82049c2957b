"""Every setting is explained, masked where it is secret, and refused with one sentence where it is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT
from voc.core.settings import Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("VOC_"):
            monkeypatch.delenv(name)


def test_every_setting_says_what_it_does_and_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    missing = [name for name, field in Settings.model_fields.items() if not field.description or f"`VOC_{name.upper()}`" not in readme]
    assert not missing


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOC_SECRET", "a" * 40)
    monkeypatch.setenv("VOC_DATABASE_URL", "postgres://voc:hunter2@db.example/voc")
    monkeypatch.setenv("VOC_SMTP_URL", "smtp://mailer:hunter3@relay.example:587")
    settings = load_settings()
    told = str(settings.shown()) + repr(settings)
    assert "db.example" in settings.shown()["VOC_DATABASE_URL"]
    assert not [secret for secret in ("hunter3", "a" * 40) if secret in told]
    assert "hunter2" not in str(settings.shown())


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("b" * 40 + "\n")
    monkeypatch.setenv("VOC_SECRET_FILE", str(tmp_path / "secret"))
    assert load_settings().key() == b"b" * 40
    monkeypatch.setenv("VOC_SECRET_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(SettingsError, match="VOC_SECRET_FILE cannot be read"):
        load_settings()


def test_names_that_others_give_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOC_DATABASE_POOL", "3")
    monkeypatch.setenv("VOC_SERVICE_HOST", "10.0.0.7")  # Kubernetes, for a service called voc
    monkeypatch.setenv("VOC_PORT", "tcp://10.0.0.7:8000")
    assert load_settings().database_pool == 3


def test_the_embedded_database_makes_its_secret_once_and_keeps_it_to_the_owner(tmp_path: Path) -> None:
    first = load_settings(database_url=f"sqlite://{tmp_path}/voc.sqlite3").key()
    assert load_settings(database_url=f"sqlite://{tmp_path}/voc.sqlite3").key() == first
    assert len(first) >= 32
    assert (tmp_path / "voc.secret").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("VOC_DATABASE_URL", "mysql://x", "VOC_DATABASE_URL takes sqlite://PATH or postgres://"),
        ("VOC_DATABASE_URL", "postgres://x@y/z", "VOC_SECRET is required with PostgreSQL"),
        ("VOC_BASE_URL", "voice.example.com", "VOC_BASE_URL takes a whole address"),
        ("VOC_DEFAULT_TIME_ZONE", "Mars/Olympus", "VOC_DEFAULT_TIME_ZONE takes the name of a time zone"),
        ("VOC_DEFAULT_COUNTRY", "Nederland", "VOC_DEFAULT_COUNTRY takes the two capitals"),
        ("VOC_DEFAULT_LANGUAGE", "Dutch", "VOC_DEFAULT_LANGUAGE takes the two or three small letters"),
        ("VOC_SMTP_URL", "http://relay", "VOC_SMTP_URL takes smtp://HOST:PORT"),
        ("VOC_SMTP_URL", "smtp://mailer:hunter#3@relay.example", "VOC_SMTP_URL takes smtp://HOST:PORT or"),
        ("VOC_SECRET", "short", "VOC_SECRET must have at least 32 characters"),
        ("VOC_DATABASE_POOL", "many", "VOC_DATABASE_POOL takes a whole number, not `many`: leave it out for 8."),
        ("VOC_DATABASE_POOL", "101", "VOC_DATABASE_POOL takes at most 100, not `101`: leave it out for 8."),
        ("VOC_QUERY_COST", "5", "VOC_QUERY_COST takes at least 100, not `5`: leave it out for 20000."),
        ("VOC_REQUEST_SECONDS", "soon", "VOC_REQUEST_SECONDS takes a number, not `soon`: leave it out for 10.0."),
        ("VOC_REQUEST_SECONDS", "0", "VOC_REQUEST_SECONDS takes more than 0.0, not `0`"),
        ("VOC_PRODUCTION", "perhaps", "VOC_PRODUCTION takes true or false, not `perhaps`: leave it out for false."),
        ("VOC_LOG_LEVEL", "loud", "VOC_LOG_LEVEL takes debug, info, warning or error, not `loud`: leave it out for info."),
        ("VOC_SMTP_ULR", "smtp://relay", "VOC_SMTP_ULR is no setting: write VOC_SMTP_URL, or see them all with `voc config`."),
        ("VOC_SECRET_FIEL", "/run/secret", "VOC_SECRET_FIEL is no setting: write VOC_SECRET_FILE"),
    ],
)
def test_a_wrong_setting_is_one_clear_sentence_at_start(name: str, value: str, says: str, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], name: value}
    done = subprocess.run(
        [sys.executable, "-m", "voc", "migrate"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
