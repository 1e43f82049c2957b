"""The mail with a link that signs in or sets a new password; the link is made again from its row, so no job holds a secret."""

from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from uuid import UUID

from voc.core import clock, settings
from voc.core.access import Actor
from voc.core.jobs import Retry
from voc.customers.models import Channel
from voc.outreach.channels import adapter_for
from voc.outreach.channels.adapter import NotDelivered
from voc.outreach.channels.mail import MailChannel
from voc.outreach.channels.outbox import keep, kept_mail
from voc.outreach.mail.render import Mail
from voc.staff.models import Member
from voc.staff.sign_in import link_of
from voc.surveys.models import Brand
from voc.surveys.queries import default_brand
from voc.web.wording import words_for


async def mail_sign_in_link(actor: Actor, ref: str, key: str) -> None:
    """Effect: send the link to its member; nothing is sent once it is used or too old."""
    found = await link_of(UUID(ref))
    if found is None:
        return
    member, path, purpose = found
    mail = compose(member, settings.current().base_url + path, purpose, await default_brand(), key)
    channel = adapter_for(Channel.EMAIL)
    if not isinstance(channel, MailChannel):
        await keep(actor, kept_mail(mail))
        return
    try:
        await channel.hand_over(mail)
    except NotDelivered as failure:
        raise Retry(timedelta(seconds=30), failure.detail) from None


def compose(member: Member, link: str, purpose: str, brand: Brand, key: str) -> Mail:
    """The mail in the member's language; `key` makes its Message-ID, the same over all attempts."""
    words = words_for("door", member.language)
    subject, host = words.plain(f"mail_{purpose}_subject"), brand.from_email.rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr((brand.name, brand.from_email))
    message["To"] = member.email
    message["Subject"] = subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{key}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    lines = [words.plain("mail_greeting", name=member.name), words.plain(f"mail_{purpose}"), link, words.plain("mail_not_you")]
    message.set_content("\n\n".join(lines) + "\n", cte="quoted-printable")
    return Mail(message_id=str(message["Message-ID"]), sender=brand.from_email, to=member.email, subject=subject, source=message.as_bytes())
