"""Every shared sample, imported and read through GraphQL alone, against what an independent reader found in it."""

import time
from base64 import b64encode
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from tests.surveys.formats.figures import BAR, Figures, compared, mean
from tests.surveys.formats.plain_reading import IMPORTED, reading
from tests.surveys.formats.samples import every_sample, facts, family, sample
from voc.api import server
from voc.core.access import Actor, Role
from voc.staff.tokens import create_token
from voc.surveys.formats.detect import read_file
from voc.surveys.models import Brand, Survey
from voc.surveys.parse import dump

# Where a whole format stays under the level "pass 99", and honestly does.
UNDER_THE_BAR = {
    # A yes or no has no codes of its own; conditions of one file name questions that it does not have, another asks for what comes later.
    "lss": {"choice_recall", "logic_kept"},
    # A yes or no has no codes; a scale of words is a choice with these words as codes, a text that must be a number is one; a picture is
    # shown with its own words, not with its name; a table offers nothing that none of its columns offers.
    "surveyjs": {"choice_codes", "choice_recall", "kind_fidelity", "text_fidelity"},
}


@pytest.fixture
async def client(db: str) -> AsyncIterator[httpx.AsyncClient]:
    """A designer's program that speaks GraphQL."""
    await Brand.create(key="ours", name="Ours", from_email="care@example.nl")
    _, token = await create_token(Actor.system("test"), name="designer", role=Role.DESIGNER)
    transport = httpx.ASGITransport(Starlette(routes=server.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://voc.test", headers={"authorization": f"Bearer {token}"}) as found:
        yield found


async def brought(client: httpx.AsyncClient, path: str) -> dict[str, Any]:
    """What importing a sample answers."""
    given = {"documentBase64": b64encode(sample(path)).decode(), "fileName": path}
    answer = (await client.post("/graphql", json={"query": IMPORTED, "variables": {"input": given}})).json()
    found: dict[str, Any] = answer["data"]["importSurvey"]
    return found


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_sample_comes_along_as_an_independent_reader_found_it(client: httpx.AsyncClient) -> None:
    families: dict[tuple[str, str], list[dict[str, float]]] = {}
    for path in every_sample():
        began = time.process_time()
        answer = await brought(client, path)
        took = time.process_time() - began
        found = compared(reading(answer), facts(path))
        families.setdefault((facts(path)["format"], family(path)), []).append(found.shares())
        _say(path, found, took)
        # Read once more, it is the same; and the document of GraphQL is all of it.
        again = read_file(sample(path), path).questionnaire
        document = answer["survey"]["draftQuestionnaire"]["document"]
        assert {**document, "key": again.key} == dump(again), path
        assert took < 2, path

    assert _under_the_bar(families) == UNDER_THE_BAR


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", ["hostile/own_entities.lss", "hostile/own_truncated.qsf"])
async def test_what_must_be_refused_leaves_no_survey_behind(client: httpx.AsyncClient, path: str) -> None:
    answer = await brought(client, path)

    assert answer["__typename"] == "InvalidInput"
    assert answer["faults"][0]["path"] == "document"
    assert await Survey.all().count() == 0


def _say(path: str, found: Figures, took: float) -> None:
    under = {name: round(share, 3) for name, share in found.shares().items() if share < 1}
    print(f"{path}  {took:.2f} s  {under}", *found.short[:30], sep="\n    ")


def _under_the_bar(families: dict[tuple[str, str], list[dict[str, float]]]) -> dict[str, set[str]]:
    """By format the figures that stay under the level "pass 99", each a mean over families; the table is printed."""
    under = {}
    for format in dict.fromkeys(format for format, _ in families):
        shares = mean(mean(files) for (of, _), files in families.items() if of == format)
        print(f"{format:10}", *(f"{name} {share:.3f}" for name, share in shares.items()))
        if short := {name for name, share in shares.items() if share < BAR.get(name, 0)}:
            under[format] = short
    return under
