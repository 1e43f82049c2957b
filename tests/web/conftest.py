"""The console over a database, and colleagues who use it without scripts."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
from starlette.applications import Starlette

from tests.api.over_http import OverHttp
from tests.makers import SYSTEM, Story
from tests.web.designing import SMALL
from tests.web.visitor import Visitor
from voc.api.current import engine
from voc.app import create_app
from voc.core import settings as the_settings
from voc.core.access import Role
from voc.staff.models import Member
from voc.surveys.brands import save_brand
from voc.surveys.documents import yaml_of
from voc.surveys.draft import save_draft
from voc.surveys.models import Survey
from voc.web.run import through

Enter = Callable[[Member], Awaitable[Visitor]]


@pytest.fixture
def story(db: str) -> Story:
    """What happens, told in sentences."""
    return Story(db)


@pytest.fixture
def app(db: str, settings: the_settings.Settings) -> Starlette:
    """The whole service over the open database."""
    return create_app(settings, with_worker=False)


@pytest.fixture
async def enter(app: Starlette, story: Story) -> AsyncIterator[Enter]:
    """Signs a colleague in and gives their browser."""
    opened: list[httpx.AsyncClient] = []

    async def come_in(member: Member) -> Visitor:
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=the_settings.current().base_url)
        client.cookies.set("voc-session", await story.session(member))
        opened.append(client)
        return Visitor(client)

    yield come_in
    for client in opened:
        await client.aclose()


@pytest.fixture
async def dee(story: Story) -> Member:
    """A designer, and a brand to ask under."""
    await save_brand(SYSTEM, "main", name="De Fietsenmakers", from_email="luister@fietsen.example")
    return await story.member("Dee Bos", Role.DESIGNER)


@pytest.fixture
async def browser(enter: Enter, dee: Member) -> Visitor:
    """The designer at work."""
    return await enter(dee)


@pytest.fixture
async def small_survey(story: Story, dee: Member) -> Survey:
    """A survey with a small draft: two pages, three questions, two languages."""
    found = await (await story.survey()).survey
    return await save_draft(await story.actor(dee), found.id, yaml_of(SMALL), found.draft_revision)


@pytest.fixture(params=["in-process", "over HTTP"])
async def door(request: pytest.FixtureRequest, app: Starlette) -> AsyncIterator[None]:
    """What the console asks, asked in the process and then as a frontend of somebody else would ask it."""
    if request.param == "in-process":
        yield
        return
    documents = engine().documents
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=the_settings.current().base_url) as client:
        with through(OverHttp(client, _Stored(documents.named))):
            yield


class _Stored(dict[str, str]):
    """Stored operations by name, read when they are asked for."""

    def __init__(self, named: Callable[[str], str]) -> None:
        super().__init__()
        self._named = named

    def __missing__(self, name: str) -> str:
        return self._named(name)
