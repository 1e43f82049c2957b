"""The dry run of a policy (Q7): what it, or it with other numbers, would have done with the contacts of the past."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.errors import Invalid
from voc.web.console import Desk, screen
from voc.web.dry_run_view import dry_run_values
from voc.web.faults import NO_FAULTS, Faults, FormFault, said
from voc.web.wording import words_for

ADDRESS = "/console/asking/rehearse"
NUMBERS = ("samplePercent", "answersAMonth", "delayMinutes", "quietDays", "quietDaysAfterAnswer", "yearlyBudget", "askWithinDays")
DAYS = ("7", "30", "90")


def routes() -> list[Route]:
    """One page; its address is what was rehearsed."""
    return [Route(ADDRESS, rehearse, methods=["GET"])]


@screen
async def rehearse(desk: Desk) -> Response:
    """A policy with its numbers to change, and once it was pressed, what came of it beside the policy as it stands."""
    policies = [one for one in (await desk.ask("Policies"))["policies"] if not one["retiredAt"] and one["rules"]]
    chosen = next((one for one in policies if one["key"] == desk.asked("policy")), policies[0] if policies else None)
    if chosen is None:
        return desk.page("console/dry_run.html", "asking", policies=[], chosen=None, pauses=[])
    days = desk.chosen("days", DAYS) or "30"
    rules, typed, faults = _proposed(desk, chosen["rules"])
    found = None
    if "go" in desk.request.query_params and not faults:
        try:
            given = {"policy": chosen["key"], "days": int(days), "rules": rules if rules != chosen["rules"] else None}
            found = (await desk.ask("PolicyDryRun", **given))["policyDryRun"]
        except Invalid as invalid:
            words = words_for("asking", desk.me["language"])
            faults = Faults(FormFault(one.path.removeprefix("rules."), said(words, one.code, one.message)) for one in invalid.faults)
    return desk.page(
        "console/dry_run.html",
        "asking",
        faults=faults,
        status=422 if faults else 200,
        policies=policies,
        chosen=chosen,
        typed=typed,
        days=days,
        choices_of_days=DAYS,
        numbers=NUMBERS,
        **dry_run_values(found),
        pauses=(await desk.ask("Pauses"))["pauses"],
    )


def _proposed(desk: Desk, standing: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str], Faults]:
    """The rules with what was typed in place of what stands, the texts of the form, and what in it is no number."""
    rules, wrong = dict(standing), []
    typed = {name: desk.asked(name) if name in desk.request.query_params else str(standing[name]) for name in (*NUMBERS, "when")}
    rules["when"] = typed["when"]
    for name in NUMBERS:
        if typed[name].isascii() and typed[name].isdigit() and len(typed[name]) < 8:
            rules[name] = int(typed[name])
        else:
            wrong.append(FormFault(name, words_for("asking", desk.me["language"])("fault_whole_number")))
    return rules, typed, Faults(wrong) if wrong else NO_FAULTS
