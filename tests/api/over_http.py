"""The console's door, but over HTTP: what a page asks in-process goes to `/graphql` as a frontend of somebody else would send it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import httpx

from voc.core.access import Actor
from voc.core.ids import new_secret, secret_hash
from voc.staff.models import ApiToken
from voc.staff.sign_in import _open_session


class OverHttp:
    """Use with `voc.web.run.through(OverHttp(client, stored))`. Members come with a session, anybody else with a token of their role."""

    def __init__(self, client: httpx.AsyncClient, stored: Mapping[str, str], cookie: str = "voc-session") -> None:
        self._client = client
        self._stored = stored
        self._cookie = cookie
        self._headers: dict[UUID | None, dict[str, str]] = {}

    async def __call__(self, operation_name: str, variables: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        """The body of the answer, whatever its status."""
        if actor.id not in self._headers:
            self._headers[actor.id] = await self._credential(actor)
        answer = await self._client.post(
            "/graphql",
            json={"query": self._stored[operation_name], "operationName": operation_name, "variables": dict(variables)},
            headers={"accept": "application/graphql-response+json", **self._headers[actor.id]},
        )
        body: dict[str, Any] = answer.json()
        return body

    async def _credential(self, actor: Actor) -> dict[str, str]:
        if actor.is_stranger:
            return {}
        if actor.is_member and actor.id:
            return {"cookie": f"{self._cookie}={await _open_session(Actor.system('test'), actor.id)}"}
        secret = f"voc_{new_secret()}"
        role = next(iter(actor.roles)).role
        await ApiToken.create(name="over http", role=role, secret_hash=secret_hash(secret), hint=secret[:8])
        return {"authorization": f"Bearer {secret}"}
