"""PURE. The kinds of events that outside systems can be told of."""

from collections.abc import Collection
from enum import StrEnum

from voc.core.errors import Fault, Invalid

ALL = "*"


class HookKind(StrEnum):
    """What a webhook is told of."""

    RESPONSE_SUBMITTED = "response.submitted"
    RESPONSE_CHANGED = "response.changed"
    RESPONSE_TAGGED = "response.tagged"
    RESPONSE_ERASED = "response.erased"
    TASK_RAISED = "task.raised"
    TASK_CHANGED = "task.changed"

    @property
    def is_about_a_task(self) -> bool:
        """Whether it is about a task; else it is about a response."""
        return self.startswith("task.")


def check_kinds(kinds: Collection[str]) -> list[str]:
    """The kinds a webhook asks for, each once; `*` asks for all. Invalid names those that are none."""
    wrong = sorted(set(kinds) - {ALL, *HookKind})
    if wrong or not kinds:
        known = ", ".join([ALL, *HookKind])
        faults = [Fault("kinds", "UNKNOWN_KIND", f"`{kind}` is no kind of event; choose from: {known}.") for kind in wrong]
        raise Invalid(faults or [Fault("kinds", "REQUIRED", f"Choose at least one kind of event: {known}.")])
    return sorted(set(kinds))


def wants(kinds: Collection[str], kind: HookKind) -> bool:
    """Whether a webhook that asks for these kinds is told of this one."""
    return ALL in kinds or kind in kinds
