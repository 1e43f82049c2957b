"""Files that customers sent, as colleagues meet them: saved under their own name, and only by who may see the response."""

from pathlib import Path

import httpx
from starlette.applications import Starlette

from tests.makers import Story
from tests.responses.asked import Asked, asked, published
from tests.responses.kinds import of_kind
from tests.web.conftest import Enter
from voc.api.global_ids import global_id
from voc.core import settings
from voc.core.access import Role
from voc.responses.models import Response, Upload

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


async def sent(app: Starlette, **changed: bool) -> Asked:
    """A customer who sent a photo."""
    one = await asked(await published(of_kind("file", **changed)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=settings.current().base_url) as client:
        fields = {"_step": "all", "_language": "en", "_go": "next"}
        await client.post(f"/s/{one.secret}", data=fields, files=[("file", ("natte doos.png", PNG))])
    return one


async def test_a_lead_saves_the_file_of_a_response(app: Starlette, story: Story, enter: Enter, tmp_path: Path) -> None:
    settings.install(settings.current().model_copy(update={"uploads": str(tmp_path)}))
    await sent(app)
    browser = await enter(await story.member("Lea Blom", Role.LEAD))
    await browser.go(f"/console/responses/{global_id('Response', (await Response.get()).id)}")
    answer = (await browser.follow("Save file 1")).answer
    assert (answer.status_code, answer.content) == (200, PNG)
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''natte%20doos.png"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert (answer.headers["x-content-type-options"], answer.headers["content-type"]) == ("nosniff", "image/png")


async def test_whoever_may_not_see_the_response_or_what_is_personal_finds_no_file(
    app: Starlette, story: Story, enter: Enter, tmp_path: Path
) -> None:
    settings.install(settings.current().model_copy(update={"uploads": str(tmp_path)}))
    await sent(app, sensitive=True)
    address = f"/console/files/{(await Upload.get()).id}"
    assert (await (await enter(await story.member("Lea Blom", Role.LEAD))).go(address)).status == 200
    other_team = await enter(await story.member("Hans Bakker", Role.HANDLER, await story.team("billing", "Billing")))
    assert (await other_team.go(address)).status == 404
    analyst = await enter(await story.member("Ans Smit", Role.ANALYST))
    assert (await analyst.go(address)).status == 404
    assert (await analyst.go("/console/files/nonsense")).status == 404
