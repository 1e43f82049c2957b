"""The history of a task, in words."""

from collections.abc import Mapping
from typing import Any

from voc.web.shown import Shown
from voc.web.wording import Words


def happened(step: Mapping[str, Any], words: Words, shown: Shown) -> dict[str, Any]:
    """One line of the history: who, what, and what belongs to it."""
    details = {one["key"]: one["value"] for one in step["details"]}
    name = step["byName"]
    who = words.plain("the_service") if "." in name and " " not in name else name
    key = f"step_{step['what']}"
    if step["what"] == "GIVEN":
        key = "step_GIVEN_" + ("both" if {"team", "to"} <= details.keys() else "to" if "to" in details else "team")
    if step["what"] == "CLOSED" and "solved" in details:
        details["solved"] = shown.named("solved", details["solved"].upper()).lower()
    values = {"who": who, "team": "", "to": "", "solved": "", **details}
    what = words.plain(key, **values) if key in words.keys() else f"{who}: {step['what'].lower()}"  # noqa: SIM118 - not a dict
    return {"what": what, "at": step["at"], "reason": details.get("reason") or details.get("cause") or ""}
