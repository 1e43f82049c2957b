"""What every resolver knows of its request: who asks, in which language, and the loaders that keep it to few statements."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import strawberry

from voc.api.loaders import Loaders
from voc.core.access import Actor
from voc.core.ids import new_id


class Credential(StrEnum):
    """How the caller showed who they are."""

    NONE = "none"
    TOKEN = "token"  # noqa: S105 - the kind, not a secret
    SESSION = "session"
    INSIDE = "inside"  # our own pages, in this process


@dataclass(slots=True)
class Context:
    """One request. `notes` become `extensions` of the answer; `objects` counts what was returned, for the cost."""

    actor: Actor
    credential: Credential = Credential.NONE
    request_id: str = field(default_factory=lambda: new_id().hex)
    language: str = "en"
    objects: int = 0
    notes: dict[str, Any] = field(default_factory=dict)
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        self.loaders = Loaders(self.actor)


Info = strawberry.Info[Context, None]
