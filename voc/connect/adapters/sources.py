"""PURE. The sources whose payloads are understood, by the name that `?source=` gives them."""

from voc.connect.adapters import amazon_connect, dataverse, genesys, pipedrive, salesforce, twilio, zendesk
from voc.connect.adapters.told import Adapter, ContactTold, Payload, Terms, Told
from voc.core.errors import Invalid

OWN = ""
CRMS = frozenset({"salesforce", "dataverse", "pipedrive"})
SOURCES: dict[str, Adapter] = {
    "genesys": genesys.read,
    "amazon-connect": amazon_connect.read,
    "zendesk": zendesk.read,
    "twilio": twilio.read,
    "salesforce": salesforce.read,
    "dataverse": dataverse.read,
    "pipedrive": pipedrive.read,
}


def adapter_of(source: str) -> Adapter:
    """The adapter of a source; without a name it is our own shape. An unknown name is Invalid."""
    if source == OWN:
        return _own
    found = SOURCES.get(source)
    if found is None:
        known = ", ".join(SOURCES)
        raise Invalid.at("source", "UNKNOWN_SOURCE", f"There is no source `{source}`; there are {known}. Leave it out for our own shape.")
    return found


def _own(payload: Payload, terms: Terms) -> list[Told]:
    """Our own shape: it names the system itself, or means the contact centre of the settings."""
    own = dict(payload)
    for name, value in (("system", terms.system), ("touchpoint", terms.touchpoint)):
        if value:
            own.setdefault(name, value)
    return [ContactTold(own)]
