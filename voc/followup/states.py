"""The words in which tasks are spoken of. PURE."""

from enum import StrEnum


class TaskState(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"  # for the customer
    DONE = "done"


class Priority(StrEnum):
    """How pressing; the inbox sorts by due time first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Solved(StrEnum):
    """What the handler says at closing."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Step(StrEnum):
    """What happened to a task, in its history."""

    RAISED = "raised"
    CHANGED = "changed"  # the customer changed the answer, or more became known
    TAKEN = "taken"
    GIVEN = "given"
    RELEASED = "released"  # given back to the team when its owner left
    NOTED = "noted"
    WAITING = "waiting"
    RESUMED = "resumed"
    CLOSED = "closed"
    REOPENED = "reopened"
    ERASED = "erased"  # the customer deleted the answers
