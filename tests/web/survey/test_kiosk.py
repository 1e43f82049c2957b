"""What a kiosk and the service tell each other, and who may put a page in a frame."""

from datetime import timedelta
from types import ModuleType
from typing import Any

import httpx
import orjson
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from tests.responses.asked import published
from tests.responses.conftest import Told
from tests.responses.documents import SHORT, both
from tests.web.survey.reader import Reader, Seen
from voc.core.access import Actor
from voc.core.ids import new_id
from voc.outreach.links import open_secret_of
from voc.outreach.models import OpenLink
from voc.outreach.open.kinds import OpenLinkKind
from voc.outreach.open.kiosk import register_kiosk
from voc.outreach.open.links import OpenLinkFacts, create_open_link
from voc.responses.models import Response
from voc.surveys.models import Survey, SurveyVersion
from voc.web import kiosk_routes, static_files, survey_routes, widget_page
from voc.web.dead_ends import error_handlers
from voc.web.headers import GuardHeaders

SYSTEM = Actor.system("test")


@pytest.fixture
def site(told: Told) -> Starlette:
    """Everything that customers meet, kiosks and websites too."""
    routes = [*static_files.routes(), *survey_routes.routes(), *kiosk_routes.routes(), *widget_page.routes()]
    return Starlette(routes=routes, middleware=[Middleware(GuardHeaders)], exception_handlers=error_handlers())


async def address(version: SurveyVersion) -> str:
    """The path of a registered kiosk."""
    return f"/k/{open_secret_of((await register_kiosk(SYSTEM, version.survey_id, OpenLinkFacts(name='Hall'), '2468')).id)}"


def one(score: str, **changes: Any) -> dict[str, Any]:
    """An answer as the device sends it."""
    return {"id": str(new_id()), "number": 1, "language": "nl", "at": 1_000, "left": False, "fields": [["nps", score]], **changes}


async def brought(client: httpx.AsyncClient, path: str, *answers: dict[str, Any], **changes: Any) -> httpx.Response:
    """A batch that the device sends a minute after the answers were given, by a clock that stands still in 1970."""
    return await client.post(f"{path}/answers", content=orjson.dumps({"now": 61_000, "waiting": 3, "answers": answers, **changes}))


async def test_each_answer_of_a_batch_is_taken_or_refused_by_itself(client: httpx.AsyncClient, clock: ModuleType) -> None:
    path = await address(await published())
    began = clock.now()
    clock.advance(timedelta(hours=1))
    fine, wrong = one("9"), one("eleven")
    batch = (fine, wrong, one("3", number=7), one("3", id="mine"), one("3", fields=[["nps"]]), fine)
    told = (await brought(client, path, *batch)).json()
    assert [result["taken"] for result in told["results"]] == [True, False, False, False, False, True]
    assert list(told["results"][1]["faults"]) == ["nps"]
    assert told["plan"][:2] == [True, 1]
    taken = await Response.get()
    assert (taken.source_id, taken.submitted_at, taken.language) == (fine["id"], clock.now() - timedelta(minutes=1), "nl")
    assert (await OpenLink.get()).waiting == 3 + 4
    again = (await brought(client, path, fine, waiting=0)).json()
    assert ([result["taken"] for result in again["results"]], await Response.all().count()) == ([True], 1)
    await brought(client, path, late := one("8"), now=10**12)
    assert (await Response.get(source_id=late["id"])).submitted_at == began, (
        "a clock that was set in between makes nothing older than it is"
    )
    statuses = [(await brought(client, path, *[{}] * 251)).status_code, (await brought(client, path, now="soon")).status_code]
    assert statuses == [413, 400]
    assert (await client.post(f"{path}/answers", content=b"[" * 2_000_000)).status_code == 413


async def test_a_new_edition_that_no_kiosk_can_ask_turns_no_screen_dark(client: httpx.AsyncClient, clock: ModuleType) -> None:
    version = await published()
    path = await address(version)
    mail = {"id": "mail", "kind": "text", "format": "email", "required": True, "text": both("Mail?", "Mail?")}
    pages = [*SHORT["pages"], {"id": "who", "questions": [mail]}]
    await SurveyVersion.create(survey_id=version.survey_id, number=2, document={**SHORT, "pages": pages}, published_by="test")
    await Survey.filter(id=version.survey_id).update(last_number=2)
    page = await client.get(path)
    assert (page.status_code, "&#34;number&#34;:1" in page.text) == (200, True)
    assert (await client.post(f"{path}/code", content=b'{"pin": "2468"}')).json() == {"opens": True}
    assert (await client.post(f"{path}/code", content=b'{"pin": "1111"}')).json() == {"opens": False}
    assert [(await client.get(f"/k/{nowhere}")).status_code for nowhere in ("nothing", "nothing/worker.js", "%E2%82%AC/worker.js")] == [
        404
    ] * 3
    assert (await client.get(f"{path}/worker.js")).headers["service-worker-allowed"] == path


async def test_only_the_websites_named_may_frame_a_survey(client: httpx.AsyncClient, reader: Reader, clock: ModuleType) -> None:
    version = await published()
    facts = OpenLinkFacts(name="Shop", allowed_origins=("https://shop.example", "https://www.shop.example"))
    widget = await create_open_link(SYSTEM, version.survey_id, OpenLinkKind.WIDGET, facts)
    bare = await create_open_link(SYSTEM, version.survey_id, OpenLinkKind.WIDGET, OpenLinkFacts(name="Nowhere"))
    named = ("frame-ancestors https://shop.example https://www.shop.example;", None)
    first = await reader.open(f"/o/{open_secret_of(widget.id)}")
    assert framing(first) == named
    thanks = await reader.press(nps="9")
    assert (framing(thanks), "framed." in thanks.answer.text) == (named, True)
    alone = await reader.open(f"/o/{open_secret_of(bare.id)}")
    assert (framing(alone), "framed." in alone.answer.text) == (("frame-ancestors 'none';", "DENY"), False)
    loader = await client.get("/w.js")
    assert (len(loader.content) < widget_page.LARGEST, loader.headers["cross-origin-resource-policy"]) == (True, "cross-origin")
    assert (await client.get("/w.js", headers={"If-None-Match": loader.headers["etag"]})).status_code == 304


def framing(page: Seen) -> tuple[str, str | None]:
    """What an answer says of frames."""
    policy = page.answer.headers["content-security-policy"]
    return policy[policy.index("frame-ancestors") : policy.index(";", policy.index("frame-ancestors")) + 1], page.answer.headers.get(
        "x-frame-options"
    )
