"""`voc demo`: a house with people in it, a mail server, and customers who answer; or one story with `--once`."""

import asyncio
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import typer
from pydantic import SecretStr

from voc import reactions
from voc.cli.already_there import is_worked_on, refuse_a_taken_port
from voc.cli.apply import apply_folder
from voc.cli.frame import OPERATOR, refusals, stop
from voc.core import log, settings
from voc.core.access import Role
from voc.core.db import close_database, open_database
from voc.core.db.migrations import migrate
from voc.demo.doors import DemoFault, Doors
from voc.demo.mailbox import Mailbox, free_port
from voc.demo.once import play_once
from voc.demo.play import Play
from voc.demo.telephones import TEMPLATE, Telephones
from voc.outreach.channels.gateway import door_address
from voc.staff import members, queries, sign_in, tokens

ORGANISATION = Path(__file__).resolve().parent.parent / "demo" / "organisation"
COLLEAGUES = (
    ("Sanne de Wit", "sanne", (Role.ADMIN, Role.DESIGNER, Role.LEAD, Role.ANALYST), None),
    ("Piet Vermeer", "piet", (Role.LEAD, Role.HANDLER), "care"),
    ("Aylin Demir", "aylin", (Role.HANDLER, Role.AGENT), "care"),
    ("Joris Maas", "joris", (Role.HANDLER,), "billing"),
    ("Femke Hoekstra", "femke", (Role.LEAD, Role.HANDLER), "billing"),
    ("Mohamed Aziz", "mohamed", (Role.HANDLER, Role.AGENT), "delivery"),
    ("Lars Kok", "lars", (Role.HANDLER,), "workshop"),
    ("Ingrid Blom", "ingrid", (Role.ANALYST, Role.AUDITOR), None),
)


def play(once: bool, port: int) -> None:
    """Set up a small company in a fresh SQLite database and play the loop; `once` plays one story on a free port."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C, and takes the server along
    folder = Path(tempfile.mkdtemp(prefix="voc-demo-")) if once else Path("voc-data/demo")
    port, url = free_port() if once else port, f"sqlite://{folder.resolve()}/voc.sqlite3"
    if not once:
        refuse_a_taken_port("127.0.0.1", port)
        if is_worked_on(url):
            stop("Another demo runs in this folder: end that one, or begin this one in another folder.")
        shutil.rmtree(folder, ignore_errors=True)
    mailbox = Mailbox()
    log.set_up("text", "warning")
    house = settings.load_settings(
        database_url=url,
        base_url=f"http://127.0.0.1:{port}",
        smtp_url=mailbox.url,
        smtp_starttls="off",
        secret=None,
        **({} if once else _telephones(free_port())),
    )
    with refusals():
        token, link = asyncio.run(_furnish(house))
        mailbox.start()
        try:
            with _serving(house, port), _no_traceback():
                asyncio.run(_once(house, token, mailbox) if once else _for_ever(house, token, mailbox, link))
        finally:
            mailbox.stop()
            if once:
                shutil.rmtree(folder, ignore_errors=True)


async def _furnish(house: settings.Settings) -> tuple[str, str]:
    settings.install(house)
    reactions.install()
    await migrate(house.database_url)
    await open_database(house.database_url)
    try:
        await apply_folder(ORGANISATION)
        for name, key, roles, team_key in COLLEAGUES:
            team = await queries.team_by_key(team_key) if team_key else None
            member = await members.add_member(OPERATOR, name=name, email=f"{key}@defietsenmakers.example", agent_key=key)
            for role in roles:
                await members.give_role(OPERATOR, member.id, role, team.id if team else None)
            if key == "sanne":
                link = house.base_url + await sign_in.make_link(OPERATOR, member.id)
        _, token = await tokens.create_token(OPERATOR, name="demo", role=Role.INTEGRATION)
        return token, link
    finally:
        await close_database()


@contextmanager
def _serving(house: settings.Settings, port: int) -> Iterator[None]:
    environment = {
        **os.environ,
        "VOC_DATABASE_URL": house.database_url,
        "VOC_BASE_URL": house.base_url,
        "VOC_SMTP_URL": _told(house.smtp_url),
        "VOC_SMTP_STARTTLS": "off",
        "VOC_SMS_GATEWAY": house.sms_gateway,
        "VOC_SMS_ACCOUNT": _told(house.sms_account),
        "VOC_SMS_KEY": _told(house.sms_key),
        "VOC_LOG_LEVEL": "warning",
    }
    server = subprocess.Popen([sys.executable, "-m", "voc", "serve", "--port", str(port)], env=environment)
    try:
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()


def _telephones(port: int) -> dict[str, object]:
    """The settings of the demo's own gateway for texts."""
    return {"sms_gateway": str(TEMPLATE), "sms_account": SecretStr(str(port)), "sms_key": SecretStr(secrets.token_hex(16))}


def _told(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


@contextmanager
def _no_traceback() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("\nThe demo is over. Its data stays in voc-data/demo until it begins anew.")
    except DemoFault as fault:
        stop(f"The demo failed: {fault}")


async def _once(house: settings.Settings, token: str, mailbox: Mailbox) -> None:
    doors = Doors(house.base_url, token)
    try:
        await doors.ready()
        await play_once(doors, mailbox, lambda what, words, ref: typer.echo(f"{what:9} {words}\n{'':9} {ref}"))
        typer.echo("The loop is closed.")
    finally:
        await doors.close()


async def _for_ever(house: settings.Settings, token: str, mailbox: Mailbox, link: str) -> None:
    import uvicorn

    from voc.demo.mailbox_pages import mailbox_app

    pages_port = int(_told(house.sms_account))
    telephones = Telephones(_told(house.sms_key), door_address("replies", TEMPLATE.stem))
    pages = uvicorn.Server(uvicorn.Config(mailbox_app(mailbox, telephones), port=pages_port, log_config=None, access_log=False))
    doors = Doors(house.base_url, token)
    play = Play(doors, mailbox, telephones, lambda line: typer.echo(f"{datetime.now().astimezone():%H:%M:%S} {line}"))
    async with asyncio.TaskGroup() as group:
        group.create_task(pages.serve())
        await doors.ready()
        typer.echo("Setting the stage …")
        await play.set_the_stage()
        typer.echo(_ADDRESSES.format(link=link, base=house.base_url, outbox=f"http://127.0.0.1:{pages_port}/", token=token))
        await play.go_on()


_ADDRESSES = """
  console   {link}
            (signs you in once as Sanne, who may do everything)
  outbox    {outbox}
            (every mail and text that left; open one and answer it)
  survey    {base}/s/… is in each mail
  API       {base}/api
            (Authorization: Bearer {token})

Contacts keep ending and customers keep answering while you watch. Ctrl-C ends the demo.
"""
