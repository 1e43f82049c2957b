"""Who calls: an API token in the Authorization header, or a browser's session cookie sent from one of our own pages."""

import ipaddress
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from voc.api.context import Context, Credential
from voc.api.refused import forbidden, sign_in_needed
from voc.core import log, settings
from voc.core.access import Actor
from voc.staff.sign_in import actor_for_session
from voc.staff.tokens import actor_for_token

SESSION_COOKIE, SECURE_SESSION_COOKIE = "voc-session", "__Host-voc-session"  # as the sign-in pages set them
_STALE_SECONDS = 5.0


@dataclass(slots=True)
class Caller:
    """Whoever sent a request. The secret is kept so that a long stream can ask again whether it still opens anything."""

    actor: Actor
    credential: Credential
    address: str = ""
    language: str = ""
    _secret: str = field(default="", repr=False)
    _checked: float = field(default_factory=time.monotonic)

    @property
    def key(self) -> str:
        """Whose bucket of points it is."""
        return f"address:{self.address}" if self.credential is Credential.NONE else f"{self.credential}:{self.actor.key}"

    def context(self) -> Context:
        """The context of one of its operations."""
        made = Context(self.actor, self.credential, language=self.language or self.actor.language)
        made.request_id = log.request_id.get() or made.request_id
        return made

    async def is_still_known(self) -> bool:
        """Whether the credential opens the door at this moment, with the roles of this moment; asked at most every five seconds."""
        if self.credential not in (Credential.TOKEN, Credential.SESSION) or time.monotonic() - self._checked < _STALE_SECONDS:
            return True
        find = actor_for_token if self.credential is Credential.TOKEN else actor_for_session
        actor = await find(self._secret)
        self._checked = time.monotonic()
        if actor is not None:
            self.actor = actor
        return actor is not None


async def caller_of(scope: Scope, headers: Headers) -> Caller:
    """Who sent this request; somebody unknown when there is no credential, and a refusal when there is one that opens nothing."""
    address, language = address_of(scope), _language(headers)
    authorization = headers.get("authorization")
    if authorization is not None:
        return await caller_of_token(authorization, address, language)
    cookies = cookie_parser(headers.get("cookie", ""))
    secret = cookies.get(SECURE_SESSION_COOKIE if settings.current().secure else SESSION_COOKIE)
    if not secret:
        return Caller(Actor.stranger(), Credential.NONE, address, language)
    if scope.get("method") != "GET" and not is_from_here(headers):
        raise forbidden("A browser's session works from the pages of this service only.")
    actor = await actor_for_session(secret)
    if actor is None:
        raise sign_in_needed("Your session has ended: sign in again.")
    return Caller(actor, Credential.SESSION, address, "", secret)  # a colleague chose a language in the console


async def caller_of_token(authorization: str, address: str = "", language: str = "") -> Caller:
    """Who sends this Authorization header; what is no token that opens anything is refused."""
    scheme, _, secret = authorization.partition(" ")
    actor = await actor_for_token(secret.strip()) if scheme.lower() == "bearer" and secret.strip() else None
    if actor is None:
        raise sign_in_needed("The Authorization header takes `Bearer` and an API token that is neither expired nor revoked.")
    return Caller(actor, Credential.TOKEN, address, language, secret.strip())


def is_from_here(headers: Headers) -> bool:
    """Whether a browser sent it from a page of this service: it says the site or the origin, and no other page can forge either."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or is_own_origin(origin, headers)


def is_own_origin(origin: str, headers: Headers) -> bool:
    """Whether an Origin is this service: the host that was asked, or the address it is reached at."""
    return urlsplit(origin).netloc.lower() in (headers.get("host", "").lower(), urlsplit(settings.current().base_url).netloc.lower())


def is_listed_origin(origin: str) -> bool:
    """Whether the settings name an origin as one whose pages may open streams."""
    listed = (entry.strip().rstrip("/").lower() for entry in settings.current().allowed_origins.split(","))
    return origin.lower() in {entry for entry in listed if entry}


def address_of(scope: Scope) -> str:
    """Whose connection it is: the address, or for IPv6 the network that one household or server has."""
    client = scope.get("client")
    host = str(client[0]) if client else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else host


def _language(headers: Headers) -> str:
    first = headers.get("accept-language", "").split(",", maxsplit=1)[0].split(";", maxsplit=1)[0].strip()
    primary = first.split("-", maxsplit=1)[0].lower()
    return primary if primary.isalpha() and 2 <= len(primary) <= 3 else ""
