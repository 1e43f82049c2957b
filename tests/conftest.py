"""Fixtures of every test: a migrated database on both engines, and a clock that stands still.

What must hold for anything there can be is tried with a few examples, the same every time; `--hypothesis-profile=many` tries thousands.
"""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import hypothesis
import pytest
from pydantic import SecretStr

from tests import databases
from voc.core import clock as the_clock
from voc.core import settings as the_settings
from voc.core.db import close_database, open_database

PHASES = [phase for phase in hypothesis.Phase if phase is not hypothesis.Phase.explain]  # explanations take minutes
hypothesis.settings.register_profile(
    "few", max_examples=12, derandomize=True, deadline=None, suppress_health_check=list(hypothesis.HealthCheck), phases=PHASES
)
hypothesis.settings.register_profile("many", hypothesis.settings.get_profile("few"), max_examples=3000, derandomize=False)
hypothesis.settings.load_profile("few")
FROZEN_AT = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)  # a Tuesday


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[databases.SqliteFiles]:
    """Migrated SQLite files."""
    yield from databases.sqlite_files(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[databases.Postgres]:
    """A PostgreSQL server with a migrated template."""
    yield from databases.postgres_server()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a migrated, empty database, once for SQLite and once for PostgreSQL."""
    source: databases.SqliteFiles | databases.Postgres = request.getfixturevalue(
        {"sqlite": "sqlite_files", "postgres": "postgres_server"}[request.param]
    )
    url = source.fresh()
    yield url
    source.drop(url)


@pytest.fixture
def settings(database_url: str) -> the_settings.Settings:
    """The settings of the process under test: this database, no relay, no limits per address."""
    chosen = the_settings.Settings(database_url=database_url, secret=SecretStr("s" * 40), rate_limits=False)
    the_settings.install(chosen)
    return chosen


@pytest.fixture
async def db(database_url: str, settings: the_settings.Settings) -> AsyncIterator[str]:
    """The database, open in this process, with settings and the reactions of the house installed."""
    if find_spec("voc.reactions"):
        import_module("voc.reactions").install()
    await open_database(database_url)
    yield database_url
    await close_database()


@pytest.fixture
def clock() -> Iterator[ModuleType]:
    """The house's clock, standing still on a Tuesday at ten; `clock.advance(...)` moves it."""
    the_clock.freeze(FROZEN_AT)
    yield the_clock
    the_clock.thaw()
