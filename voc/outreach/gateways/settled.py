"""The gateway that the settings name: its template, who sends, and what it needs to know us by."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from voc.core.errors import Invalid
from voc.core.settings import Settings, SettingsError
from voc.outreach.gateways.reading import read_template
from voc.outreach.gateways.template import Signature, Template

_HERE = Path(__file__).parent
_NEEDED = {"account": "VOC_SMS_ACCOUNT", "key": "VOC_SMS_KEY", "sender": "VOC_SMS_SENDER"}
_SIGNED_WITH_THE_KEY = (Signature.TWILIO,)


@dataclass(frozen=True, slots=True)
class Gateway:
    """A template with everything it needs. Two with the same settings are the same; no secret is ever shown."""

    where: str
    template: Template = field(compare=False)
    sender: str
    countries: str
    account: str = field(repr=False)
    key: str = field(repr=False)
    signing_key: str = field(repr=False)


def gateway_in(settings: Settings) -> Gateway | None:
    """The gateway of these settings; None where texts go to the outbox. SettingsError names what is missing or wrong."""
    if not settings.sms_gateway:
        return None
    template = _template(settings.sms_gateway)
    secrets = {"account": settings.sms_account, "key": settings.sms_key, "signing_key": settings.sms_signing_key}
    said = {name: secret.get_secret_value() if secret else "" for name, secret in secrets.items()} | {"sender": settings.sms_sender}
    for name, setting in _NEEDED.items():
        if name in template.uses and not said[name]:
            raise SettingsError(f"{template.name} needs {setting}.")
    if template.signature in _SIGNED_WITH_THE_KEY:
        said["signing_key"] = said["signing_key"] or said["key"]
    if template.is_signed and not said["signing_key"]:
        raise SettingsError(f"{template.name} signs what it tells: set VOC_SMS_SIGNING_KEY to the key it signs with.")
    return Gateway(settings.sms_gateway, template, countries=settings.sms_countries, **said)


def ready_gateways() -> tuple[str, ...]:
    """The templates that come along, by their names."""
    return tuple(sorted(file.stem for file in _HERE.glob("*.yaml")))


@lru_cache(maxsize=16)
def _template(named: str) -> Template:
    """A process reads its template once."""
    path = _HERE / f"{named}.yaml" if named in ready_gateways() else Path(named)
    try:
        return read_template(path.read_text("utf-8"), path.stem)
    except (OSError, UnicodeDecodeError):
        known = ", ".join(ready_gateways())
        raise SettingsError(f"VOC_SMS_GATEWAY takes {known} or the path of a template; `{named}` cannot be read.") from None
    except Invalid as invalid:
        first = invalid.faults[0]
        raise SettingsError(f"The template of VOC_SMS_GATEWAY is wrong at `{first.path or path.name}`: {first.message}") from None
