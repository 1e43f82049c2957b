"""The demo's telephones take texts of the demo, and tell nobody else that they did."""

import httpx
import pytest
from starlette.applications import Starlette

from voc.demo.telephones import Telephones


@pytest.mark.parametrize(
    "form",
    [
        {"to": "+31612345678", "text": "x", "receipts": "http://169.254.169.254/reports/sms/texts/x"},
        {"to": "+31612345678", "text": "x", "receipts": "http://127.0.0.1:8000.evil.example/reports/sms/texts/x"},
        {"to": "+31612345678", "text": "x"},
        {"receipts": "http://127.0.0.1:8000/reports/sms/texts/x"},
        {},
    ],
)
async def test_a_form_of_another_page_is_refused(form: dict[str, str]) -> None:
    telephones = Telephones("key", "http://127.0.0.1:8000/replies/sms/texts/secret")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(Starlette(routes=telephones.routes())), base_url="http://demo") as web:
        assert (await web.post("/texts", data=form)).status_code == 422
    assert not telephones.texts
