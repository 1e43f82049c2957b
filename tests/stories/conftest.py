"""Stories run against a real installation on both databases."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import browser
from tests.databases import Postgres, SqliteFiles
from tests.stories.installation import Service, installed

__all__ = ["browser", "service"]


@pytest.fixture(scope="module", params=["sqlite_files", "postgres_server"], ids=["sqlite", "postgres"])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A furnished, running installation with a real mail server: one for the stories of a file, which have customers of their own."""
    source: SqliteFiles | Postgres = request.getfixturevalue(request.param)
    url = source.fresh()
    with installed(url, tmp_path_factory.mktemp("service")) as found:
        found.start()
        yield found
    source.drop(url)
