"""Where a version of a policy stands. PURE."""

from datetime import datetime
from enum import StrEnum


class VersionState(StrEnum):
    """Where a version of a policy stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    IN_FORCE = "in_force"
    PAST = "past"
    REPLACED = "replaced"


def state_of(number: int, starts_at: datetime | None, started_at: datetime | None, *, in_force: int, newest: int) -> VersionState:
    """The state of one version, from its own moments and the two numbers of its policy."""
    if number == in_force:
        return VersionState.IN_FORCE
    if started_at:
        return VersionState.PAST
    if number < newest:
        return VersionState.REPLACED
    return VersionState.WAITING if starts_at else VersionState.DRAFT
