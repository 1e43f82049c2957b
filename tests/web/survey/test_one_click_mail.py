"""One click in the mail program, over a mail that really arrived: signed, posted without a cookie, and at once (RFC 8058)."""

import subprocess
from base64 import b64encode
from pathlib import Path

import dkim
import httpx
import pytest
from pydantic import SecretStr

from tests.outreach.house import ASKED, House, skipped
from tests.outreach.smtp import mail_server
from voc.app import create_app
from voc.core import settings
from voc.outreach.channels import close_channels
from voc.outreach.models import Suppression


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_one_click_in_a_mail_that_arrived_stops_all_that_follow(db: str, clock: object, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    subprocess.run(["openssl", "genrsa", "-out", key, "1024"], check=True, capture_output=True)
    public = subprocess.run(["openssl", "rsa", "-in", key, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout
    with mail_server() as server:
        told = {"dkim_key": SecretStr(key.read_text()), "dkim_selector": "voc1", "dkim_domain": "fiber.example"}
        url = SecretStr(f"smtp://127.0.0.1:{server.port}")
        settings.install(settings.current().model_copy(update={**told, "smtp_url": url}))
        app, house = create_app(settings.current()), House(db)
        await house.furnish()
        await house.policy(quiet_days=0)
        await house.contact()
        await house.work()
        await close_channels()
    assert await house.decisions() == [ASKED]
    (mail,) = server.received

    assert dkim.verify(mail.source, dnsfunc=lambda name, timeout=5: b"v=DKIM1; k=rsa; p=" + b64encode(public))
    signed = mail.message["DKIM-Signature"].partition("h=")[2].partition(";")[0].split(":")
    assert {"list-unsubscribe", "list-unsubscribe-post"} <= {name.strip() for name in signed}
    click = mail.message["List-Unsubscribe"].partition("<")[2].partition(">")[0].removeprefix(settings.current().base_url)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=settings.current().base_url) as client:
        assert (await client.get(click)).status_code == 200
        assert await Suppression.all().count() == 0, "looking changes nothing"
        field, _, value = mail.message["List-Unsubscribe-Post"].partition("=")
        client.cookies.clear()
        answer = await client.post(click, data={field: value})
    assert (answer.status_code, answer.headers.get("set-cookie"), answer.headers.get("location")) == (200, None, None)
    again = await house.contact()
    await house.work()
    assert await house.decisions(again) == [skipped("suppressed")]
