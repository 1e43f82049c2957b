"""What somebody says while they publish: what became of lost questions, which trends they know to end, and from when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from voc.web.posted_form import PostedForm

TAKEN_OUT = "-"
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Said:
    """The form as it came. `became` maps each lost question to its new id, to `-` where it was taken out, to nothing where nobody chose.

    `moment` is as it was typed; `publish_at` is None where none was given, or none can be read.
    """

    became: Mapping[str, str] = field(default_factory=dict)
    knows: tuple[str, ...] = ()
    moment: str = ""
    publish_at: datetime | None = None
    note: str = ""

    @property
    def decided(self) -> dict[str, Any]:
        """What became of lost questions, as the API takes it."""
        renames = [{"from": old, "to": new} for old, new in self.became.items() if new not in ("", TAKEN_OUT)]
        return {"renames": renames, "removed": [old for old, new in self.became.items() if new == TAKEN_OUT]}


def said_in(form: PostedForm, zone: str) -> Said:
    """What the form says; a moment is meant in the reader's time zone."""
    became = {name.removeprefix("became-"): value for name, value in form.pairs() if name.startswith("became-")}
    moment = form.one("moment").strip()
    return Said(became, tuple(form.many("knows")), moment[:30], moment_in(moment, zone), form.one("note").strip()[:LONGEST_NOTE])


def moment_in(typed: str, zone: str) -> datetime | None:
    """A moment that was typed as `2026-03-01T09:00`, meant in that zone; None where none was, or none can be read."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if typed else None
    except (ValueError, OverflowError):
        return None
