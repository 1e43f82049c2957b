"""Database URLs: what is taken, and a sentence for what is not."""

from pathlib import Path

import pytest

from voc.core.db import close_database, open_database, tortoise_config
from voc.core.db.address import PostgresServer, SqliteFile, parse_url


@pytest.mark.parametrize(
    ("url", "path"),
    [("sqlite://voc.sqlite3", "voc.sqlite3"), ("sqlite:///srv/voc.sqlite3", "/srv/voc.sqlite3"), ("sqlite://my%20data/v", "my data/v")],
)
def test_a_sqlite_url_names_a_file(url: str, path: str) -> None:
    assert parse_url(url) == SqliteFile(Path(path))


def test_a_postgres_url_names_a_database() -> None:
    where = parse_url("postgresql://ann:s%40fe@db.example.org:6000/voc?sslmode=require&statement_cache_size=0")
    assert where == PostgresServer(
        {
            "host": "db.example.org",
            "port": 6000,
            "database": "voc",
            "user": "ann",
            "password": "s@fe",
            "ssl": "require",
            "statement_cache_size": 0,
        }
    )
    assert "s@fe" not in repr(where)
    socket = parse_url("postgres://ann@/voc?host=/run/postgresql")
    assert isinstance(socket, PostgresServer)
    assert (socket.connect["host"], socket.connect["password"]) == ("/run/postgresql", None)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "must start with sqlite:// or postgres://"),
        ("mysql://x/y", "must start with sqlite:// or postgres://"),
        ("voc.sqlite3", "must start with sqlite:// or postgres://"),
        ("sqlite://", "needs a file"),
        ("sqlite://:memory:", "what lives in memory would be lost"),
        ("sqlite://a?mode=ro", "takes no options: leave out \\?mode=ro"),
        ("postgres://host", "names no database"),
        ("postgres://host:port/voc", "port in the postgres:// URL is not a number"),
        ("postgres://host/voc?pool=9", "unknown option pool"),
        ("postgres://host/voc?port=x", "option port of the postgres:// URL must be a number"),
    ],
)
def test_a_wrong_url_is_refused_with_a_sentence(url: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        tortoise_config(url)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:///nowhere/at/all.sqlite3", "The database file /nowhere/at/all.sqlite3 cannot be opened: .* folder must exist"),
        ("postgres://ann:hidden@127.0.0.1:1/voc", "The PostgreSQL database 127.0.0.1:1/voc cannot be reached"),
    ],
)
async def test_a_database_that_cannot_be_reached_is_said_in_a_sentence(url: str, sentence: str) -> None:
    for _ in range(2):
        with pytest.raises(ConnectionError, match=sentence) as caught:
            await open_database(url)
        assert "hidden" not in str(caught.value)
    await close_database()
