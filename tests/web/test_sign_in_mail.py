"""The mail that lets a colleague in, from the press of the button to the mailbox."""

from email import message_from_string, policy

from voc.core.access import Actor
from voc.core.jobs.worker import Worker
from voc.outreach.models import OutboxMail
from voc.staff.members import add_member
from voc.staff.sign_in import ask_link, use_link
from voc.surveys.brands import save_brand

ADMIN = Actor.system("test")


async def test_the_link_arrives_in_the_language_of_the_member_and_signs_in(db: str) -> None:
    await save_brand(ADMIN, "main", name="De Fietsenmakers", from_email="luister@fietsen.example")
    await add_member(ADMIN, name="Sanne de Wit", email="sanne@example.nl", language="nl")
    await ask_link(Actor.stranger(), "sanne@example.nl")
    await Worker(db).run_until_idle()
    kept = await OutboxMail.get()
    mail = message_from_string(kept.source, policy=policy.default)
    body = mail.get_body(("plain",))
    assert body
    text = body.get_content()
    assert (mail["To"], mail["Subject"], mail["Auto-Submitted"]) == ("sanne@example.nl", "Je link om in te loggen", "auto-generated")
    assert text.startswith("Hallo Sanne de Wit,")
    secret = next(line for line in text.splitlines() if "/sign-in/link/" in line).rsplit("/", 1)[1]
    assert await use_link(Actor.stranger(), secret)
