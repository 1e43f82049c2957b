"""Everything that can be set from outside, in one frozen model; nothing else reads the environment."""

import os
import re
import secrets
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from voc.core.mail_settings import MailSettings
from voc.core.wrong_settings import misspelt, sentence

PREFIX = "VOC_"


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one sentence with the way out."""


class Settings(MailSettings):
    """The settings of one process. Each also has a `_FILE` twin for secrets kept in files."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    database_url: str = Field(
        "sqlite://voc-data/voc.sqlite3", description="Where the data lives: sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME."
    )
    uploads: str = Field("", description="Folder for files that customers send, never inside a web root; beside the database unless set.")
    uploads_leave_free: int = Field(
        200, ge=0, description="Megabytes that files of customers leave free on its disk; below, none are taken."
    )
    database_pool: Annotated[int, Field(ge=1, le=100)] = Field(8, description="PostgreSQL connections a process keeps at most.")
    base_url: str = Field(
        "http://127.0.0.1:8000", description="The address customers and colleagues reach this service at; links in mails begin with it."
    )
    secret: SecretStr | None = Field(None, description="Key behind links and signatures, at least 32 characters; made by itself on SQLite.")
    sms_gateway: str = Field(
        "",
        description="How texts are sent: twilio, bird, cm, vonage, or the path of your own template; without it texts go to the outbox.",
    )
    sms_sender: str = Field("", description="The number or name that texts come from, as the gateway knows it.")
    sms_account: SecretStr | None = Field(
        None, description="The first credential of the gateway: account, key id or workspace, as its template says."
    )
    sms_key: SecretStr | None = Field(None, description="The second credential of the gateway: its token or key.")
    sms_signing_key: SecretStr | None = Field(
        None, description="What the gateway signs receipts and replies with, where that is not `VOC_SMS_KEY`."
    )
    sms_rate: Annotated[int, Field(ge=1)] = Field(10, description="Texts handed to the gateway per second, over all workers.")
    sms_countries: str = Field("", description="Countries that texts may go to, as in NL,BE; every country unless set.")
    log_format: Literal["auto", "json", "text"] = Field(
        "auto", description="auto writes for a person at a terminal and JSON lines elsewhere."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="What is worth a log line.")
    production: bool = Field(
        False, description="Refuses strangers' introspection and field suggestions, and runs only stored documents for browser sessions."
    )
    trusted_proxies: str = Field(
        "127.0.0.1", description="Addresses of proxies whose X-Forwarded-* headers are believed, separated by commas."
    )
    allowed_origins: str = Field("", description="Other origins whose pages may open the GraphQL WebSocket, separated by commas.")
    default_language: str = Field("nl", description="Language for customers and colleagues of whom none is known.")
    default_country: str = Field("NL", description="Country that phone numbers without a prefix belong to (ISO 3166).")
    default_time_zone: str = Field("Europe/Amsterdam", description="Time zone where none is known.")
    unknown_consent: Literal["ask", "skip"] = Field(
        "ask", description="A customer whose consent is unknown: ask allows mail within an existing relation, skip never asks."
    )
    publish_approval: Literal["off", "second_person"] = Field(
        "off", description="second_person: whoever publishes a questionnaire asks, and a colleague agrees; the command line needs no leave."
    )
    crm_system: str = Field("crm", description="Name of the outside system whose customer id is shown as crmId.")
    contact_system: str = Field("contact-centre", description="Name of the outside system whose contact id is shown as interactionId.")
    query_cost: Annotated[int, Field(ge=100)] = Field(20000, description="Cost a GraphQL document may have at most.")
    request_seconds: Annotated[float, Field(gt=0)] = Field(
        10.0, description="Time a GraphQL request may take; one that reads a file has six times as long."
    )
    rate_limits: bool = Field(
        True,
        description="Limits per address on pages, sign-in and ingest, per credential on GraphQL; off only behind a gateway with its own.",
    )
    webhook_private: bool = Field(False, description="Allows outgoing webhooks to private and loopback addresses.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite://", "postgres://", "postgresql://")):
            raise ValueError("takes sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME")
        return url

    @field_validator("base_url")
    @classmethod
    def _absolute(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError("takes a whole address such as https://voice.example.com")
        return url.rstrip("/")

    @field_validator("default_language")
    @classmethod
    def _language(cls, code: str) -> str:
        if not re.fullmatch("[a-z]{2,3}", code):
            raise ValueError("takes the two or three small letters of a language, such as nl")
        return code

    @field_validator("default_country")
    @classmethod
    def _country(cls, code: str) -> str:
        if not re.fullmatch("[A-Z]{2}", code):
            raise ValueError("takes the two capitals of a country, such as NL")
        return code

    @field_validator("default_time_zone")
    @classmethod
    def _time_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError("takes the name of a time zone, such as Europe/Amsterdam") from None
        return name

    @field_validator("sms_countries")
    @classmethod
    def _countries(cls, codes: str) -> str:
        if not re.fullmatch("([A-Z]{2}(,[A-Z]{2})*)?", codes.replace(" ", "")):
            raise ValueError("takes countries by their two capitals, separated by commas, such as NL,BE")
        return codes.replace(" ", "")

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and len(secret.get_secret_value()) < 32:
            raise ValueError("must have at least 32 characters")
        return secret

    @model_validator(mode="after")
    def _secret_where_shared(self) -> "Settings":
        if not self.embedded and self.secret is None:
            raise ValueError(
                "VOC_SECRET is required with PostgreSQL, because all processes must share it: set it to 32 or more random characters"
            )
        return self

    @property
    def embedded(self) -> bool:
        """Whether the one SQLite file is the database."""
        return self.database_url.startswith("sqlite://")

    @property
    def secure(self) -> bool:
        """Whether people reach the service over HTTPS, so that cookies may demand it."""
        return self.base_url.startswith("https://")

    def key(self) -> bytes:
        """The key behind links and signatures; on SQLite it is made once, beside the database, readable by the owner only."""
        if self.secret is not None:
            return self.secret.get_secret_value().encode()
        return _kept_secret(Path(self.database_url.removeprefix("sqlite://")).with_suffix(".secret"))

    def uploads_folder(self) -> Path:
        """Where files of customers are kept: as set, else beside the database file, else in the working folder."""
        if self.uploads:
            return Path(self.uploads)
        return Path(self.database_url.removeprefix("sqlite://")).with_suffix(".uploads") if self.embedded else Path("voc-data/uploads")

    def shown(self) -> dict[str, str]:
        """Every setting as it stands, secrets masked."""
        return {f"{PREFIX}{name.upper()}": _shown(name, getattr(self, name)) for name in type(self).model_fields}


_installed: Settings | None = None


def install(settings: Settings) -> None:
    """Make these the settings of the process; called once at start."""
    global _installed  # noqa: PLW0603 - a process has one set
    _installed = settings


def current() -> Settings:
    """The settings of the process."""
    if _installed is None:
        raise RuntimeError("No settings are installed: call voc.core.settings.install() at start.")
    return _installed


def load_settings(**overrides: object) -> Settings:
    """Read the environment once. A wrong setting is a `SettingsError` that names it, and so is a name that is nearly one."""
    known = [f"{PREFIX}{name.upper()}{end}" for name in Settings.model_fields for end in ("", "_FILE")]
    if said := misspelt([name for name in map(str.upper, os.environ) if name.startswith(PREFIX)], known):
        raise SettingsError(said)
    try:
        return Settings(**{**_from_files(), **overrides})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        if not first["loc"]:  # about several settings: it names them
            raise SettingsError(f"{str(first['msg']).removeprefix('Value error, ')}.") from None
        name = str(first["loc"][0])
        field = Settings.model_fields[name]
        secret = "SecretStr" in str(field.annotation)
        raise SettingsError(sentence(f"{PREFIX}{name.upper()}", first, field.default, secret=secret)) from None


def _from_files() -> dict[str, str]:
    values = {}
    for name in Settings.model_fields:
        path = os.environ.get(f"{PREFIX}{name.upper()}_FILE")
        if path:
            try:
                values[name] = Path(path).read_text("utf-8").strip()
            except OSError as error:
                raise SettingsError(f"{PREFIX}{name.upper()}_FILE cannot be read: {error.strerror}.") from None
    return values


def _shown(name: str, value: object) -> str:
    if isinstance(value, SecretStr):
        return "********"
    if name == "database_url" and "@" in str(value):
        scheme, _, rest = str(value).partition("://")
        return f"{scheme}://********@{rest.rpartition('@')[2]}"
    return "" if value is None else str(value)


def _kept_secret(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_bytes().strip()
