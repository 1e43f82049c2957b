"""Pull the plug at any moment: what was accepted is decided, sent, read, scored and followed, once."""

from pathlib import Path

from tests.stories.chaos import faults, settle, storm
from tests.stories.installation import installed


async def test_killing_server_and_worker_loses_nothing_and_doubles_nothing(database_url: str, tmp_path: Path) -> None:
    with installed(database_url, tmp_path) as service:
        service.start()
        books = await storm(service, contacts=60, answers=15, kills=4)
        await settle(service)
        service.stop()
        assert books.kills == 4
        assert await faults(service, books) == {}
