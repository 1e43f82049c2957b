"""What tests of this room share."""

import pytest

from voc.core import settings as the_settings


@pytest.fixture
def installed() -> None:
    """The settings that defaults come from, without a database."""
    the_settings.install(the_settings.Settings())
