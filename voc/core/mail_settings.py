"""The settings of the mail road: the relay, the signature, what comes back, and how fast it may go."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings

from voc.core.mail_address import is_plain_mailbox
from voc.core.mail_keys import pem_of, speaks_against_key
from voc.core.mail_rates import host_rates

_IN_DNS = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")


def _is_address(url: SecretStr, *schemes: str) -> bool:
    """Whether it names a host, and a port that is one; what is wrong in it is not told, for it may be a part of the password."""
    try:
        where = urlsplit(url.get_secret_value())
        return where.scheme in schemes and bool(where.hostname) and where.port != 0
    except ValueError:
        return False


class MailSettings(BaseSettings):
    """What a house says about its mail; part of `Settings`."""

    smtp_url: SecretStr | None = Field(
        None, description="Mail relay: smtp://USER:PASSWORD@HOST:587 (STARTTLS) or smtps://HOST:465; without it mail goes to the outbox."
    )
    smtp_starttls: Literal["auto", "required", "off"] = Field(
        "auto", description="STARTTLS on smtp://: auto takes it when offered, required refuses a relay without it."
    )
    smtp_connections: Annotated[int, Field(ge=1, le=100)] = Field(10, description="Connections to the relay that a process keeps at most.")
    mail_rate: Annotated[int, Field(ge=1)] = Field(50, description="Mails handed to the relay per second, over all workers.")
    mail_host_rates: str = Field(
        "", description="Mails a second that hosts of recipients take, over all workers, such as: gmail.com=20 outlook.com=10."
    )
    dkim_key: SecretStr | None = Field(
        None,
        description="Private RSA key (PEM) that signs mail; left to the relay without it. With 2048 bits a mail costs a worker 9 ms.",
    )
    dkim_selector: str = Field("", description="Name of the key in DNS: SELECTOR._domainkey.DOMAIN holds its public half.")
    dkim_domain: str = Field("", description="Domain that signs, the one brands write from.")
    bounce_address: str = Field(
        "", description="Where mail comes back to, such as bounce@voice.example.com; bounce+ANYTHING@… must arrive there too."
    )
    bounce_mailbox: SecretStr | None = Field(
        None, description="Mailbox of that address, read every three minutes: imaps://USER:PASSWORD@HOST:993/INBOX."
    )

    @field_validator("smtp_url")
    @classmethod
    def _relay(cls, url: SecretStr | None) -> SecretStr | None:
        if url and not _is_address(url, "smtp", "smtps"):
            raise ValueError("takes smtp://HOST:PORT or smtps://HOST:PORT; in name and password write @ as %40, / as %2F and # as %23")
        return url

    @field_validator("dkim_selector", "dkim_domain")
    @classmethod
    def _name_in_dns(cls, name: str) -> str:
        if name and not _IN_DNS.fullmatch(name):
            raise ValueError("takes a name as it stands in DNS, such as voc1 or brand.example")
        return name

    @field_validator("mail_host_rates")
    @classmethod
    def _rates(cls, written: str) -> str:
        host_rates(written)
        return written

    @field_validator("dkim_key")
    @classmethod
    def _key(cls, key: SecretStr | None) -> SecretStr | None:
        if key and (against := speaks_against_key(pem_of(key.get_secret_value()))):
            raise ValueError(against)
        return key

    @field_validator("bounce_address")
    @classmethod
    def _bounce_address(cls, address: str) -> str:
        if address and (not is_plain_mailbox(address) or "+" in address):
            raise ValueError("takes a mail address without a plus, such as bounce@voice.example.com")
        return address

    @field_validator("bounce_mailbox")
    @classmethod
    def _mailbox(cls, url: SecretStr | None) -> SecretStr | None:
        if url:
            where = urlsplit(url.get_secret_value()) if _is_address(url, "imaps") else None
            if not (where and where.username and where.password):
                raise ValueError("takes imaps://USER:PASSWORD@HOST:993/INBOX; in name and password write @ as %40, / as %2F and # as %23")
        return url

    @model_validator(mode="after")
    def _belong_together(self) -> "MailSettings":
        told = {"VOC_DKIM_KEY": self.dkim_key, "VOC_DKIM_SELECTOR": self.dkim_selector, "VOC_DKIM_DOMAIN": self.dkim_domain}
        missing = [name for name, value in told.items() if not value]
        if missing and len(missing) < len(told):
            raise ValueError(f"{' and '.join(missing)} must be set too, because mail is signed with key, selector and domain together")
        if self.bounce_mailbox and not self.bounce_address:
            raise ValueError("VOC_BOUNCE_ADDRESS must be set too, because only then does mail come back to VOC_BOUNCE_MAILBOX")
        return self
