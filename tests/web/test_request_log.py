"""The log of requests names no secret."""

import logging

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from voc.web.request_log import RequestLog


@pytest.mark.parametrize("before", [*(f"/{letter}" for letter in "sorumkpt"), "/reports/mail/ses", "/reports/sms/cm", "/replies/sms/cm"])
async def test_a_secret_in_an_address_is_not_logged(before: str, caplog: pytest.LogCaptureFixture) -> None:
    app = RequestLog(Starlette(routes=[Route("/{rest:path}", lambda _: PlainTextResponse("ok"))]))
    caplog.set_level(logging.INFO, "voc.request")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://voc.example") as client:
        await client.get(f"{before}/AbCdEfGhIjKlMnOpQrStUv/thanks")
    (line,) = [record for record in caplog.records if record.name == "voc.request"]
    assert vars(line)["path"] == f"{before}/…/thanks"
