"""Forms that strangers may send take no more than a form has, whatever is claimed or sent."""

import httpx
import pytest
from starlette.applications import Starlette

from voc.core import settings

OPEN_FORMS = ("/sign-in", "/sign-in/ask", "/sign-in/reset/nobodys", "/api")
TOO_MUCH = 300 * 1024


@pytest.mark.parametrize("address", OPEN_FORMS)
async def test_a_form_that_is_too_large_is_refused_before_it_is_kept(app: Starlette, address: str) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=settings.current().base_url) as client:
        answer = await client.post(address, data={"email": "a" * TOO_MUCH})
    assert answer.status_code == 413


async def test_an_upload_is_not_read_as_a_form(app: Starlette) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=settings.current().base_url) as client:
        answer = await client.post("/sign-in", data={"email": "sanne@example.nl"}, files={"photo": b"x" * TOO_MUCH})
    assert answer.status_code == 422
    assert "sanne@example.nl" not in answer.text
