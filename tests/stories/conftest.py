"""Stories run against a real installation on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import browser
from tests.stories.installation import Service, installed

__all__ = ["browser", "service"]


@pytest.fixture
def service(database_url: str, tmp_path: Path) -> Iterator[Service]:
    """A furnished, running installation with a real mail server."""
    with installed(database_url, tmp_path) as found:
        found.start()
        yield found
