"""What came of a dry run, as its page shows it. PURE."""

from collections.abc import Mapping
from typing import Any


def dry_run_values(found: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the parts of a dry run's template show: both sides, the longest bars, and every reason with both counts."""
    sides = _sides(found)
    return {
        "found": found,
        "most": max((one["count"] for side in sides for one in side["days"]), default=0),
        "most_an_hour": max((one["count"] for side in sides for one in side["hours"]), default=0),
        "reasons": _reasons(sides),
    }


def _sides(found: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    return [side for side in (found["proposed"], found["live"]) if side] if found else []


def _reasons(sides: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every reason of either side with both counts and some contacts, the most frequent of the proposal first."""
    told: dict[str, dict[str, Any]] = {}
    for number, side in enumerate(sides):
        for one in side["reasons"]:
            row = told.setdefault(one["reason"], {"sentence": one["sentence"], "contacts": one["contactIds"], "counts": [0, 0]})
            row["counts"][number] = one["count"]
    return list(told.values())
