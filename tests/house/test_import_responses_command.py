"""From a file of another system to its responses, on the command line."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.commands import voc
from tests.databases import SqliteFiles
from tests.surveys.formats.qsf_files import document, question, written
from voc import reactions
from voc.core import settings
from voc.core.access import Actor
from voc.core.db import close_database, open_database
from voc.surveys.models import Brand, Survey
from voc.surveys.publish import publish_survey

EXPORT = 'ResponseId,IPAddress,Q1,Q2\nResponse ID,IP,What?,Why?\nR_one11,192.0.2.1,1,"Because, well"\nR_two22,,2,\nR_three3,,7,x\n'


async def at(address: str, work: Callable[[], Awaitable[object]]) -> None:
    """Do something in the house, as a colleague does in the console."""
    settings.install(settings.Settings(secret="a secret of thirty-two characters"))
    reactions.install()
    await open_database(address)
    try:
        await work()
    finally:
        await close_database()


async def with_brand() -> None:
    """Make the brand to ask under."""
    await Brand.create(
        key="noord", name="Noord", from_email="vraag@noord.example", postal_address="Postbus 12", help_text={}, privacy_text={}
    )


async def publish() -> None:
    """Publish the only survey."""
    await publish_survey(Actor.system("test"), (await Survey.get()).id)


def test_an_export_is_taken_over_once_and_says_what_it_did_not_use(tmp_path: Path, sqlite_files: SqliteFiles) -> None:
    house = {"PATH": os.environ["PATH"], "VOC_DATABASE_URL": sqlite_files.fresh()}
    (tmp_path / "survey.qsf").write_bytes(written(document([question(1), question(2, "TE/SL")])))
    (tmp_path / "responses.csv").write_text(EXPORT, "utf-8")
    asyncio.run(at(house["VOC_DATABASE_URL"], with_brand))
    assert voc(house, "import", "survey", str(tmp_path / "survey.qsf"), "--key", "a-survey").returncode == 0
    early = voc(house, "import", "responses", str(tmp_path / "responses.csv"), "--survey", "a-survey")
    assert (early.returncode, early.stderr) == (
        1,
        "survey: Survey a-survey was never published. Publish it first: responses belong to a version.\n",
    )
    asyncio.run(at(house["VOC_DATABASE_URL"], publish))

    trial = voc(house, "import", "responses", str(tmp_path / "responses.csv"), "--survey", "a-survey", "--trial")
    first = voc(house, "import", "responses", str(tmp_path / "responses.csv"), "--survey", "a-survey")
    again = voc(house, "import", "responses", str(tmp_path / "responses.csv"), "--survey", "a-survey")

    assert trial.stdout.splitlines()[-1] == "3 would be stored, 0 known already, from 2 columns."
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[0].startswith("IPAddress: not used. It holds an address")
    assert first.stdout.splitlines()[1:] == [
        "line 5, Q1: no answer to its question, left out.",
        "Q1: 1 value fitted no answer and was left out.",
        "3 stored, 0 known already, from 2 columns.",
    ]
    assert again.stdout.splitlines()[-1] == "0 stored, 3 known already, from 2 columns."
