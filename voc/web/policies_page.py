"""Policies (Q7): every policy as a sentence; of one its editions, its draft beside what is in force, and its experiment."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Forbidden, NotFound
from voc.web.console import Desk, screen
from voc.web.experiment_view import view_of
from voc.web.faults import NO_FAULTS, Changed, Faults, FormFault, form_faults
from voc.web.publish_form import moment_in
from voc.web.wording import Words, words_for

ADDRESS = "/console/asking/policies"
ONE = f"{ADDRESS}/{{key}}"
WORDS = "policies"
NOT_YET = ("DRAFT", "WAITING")
INPUT_KNOWS_NOT = ("sentence", "further", "document")


def routes() -> list[Route]:
    """The list, one policy, and what is done with it."""
    return [
        Route(ADDRESS, policies, methods=["GET"]),
        Route(ONE, policy, methods=["GET"]),
        Route(f"{ONE}/start", start, methods=["POST"]),
        Route(f"{ONE}/not-yet", not_yet, methods=["POST"]),
        Route(f"{ONE}/retire", retire, methods=["POST"]),
        Route(f"{ONE}/bring-back", bring_back, methods=["POST"]),
    ]


@screen
async def policies(desk: Desk) -> Response:
    """Every policy as a sentence; the retired ones at the end."""
    found = (await desk.ask("PolicyList"))["policies"]
    return policy_page(
        desk,
        "console/policies.html",
        pauses=(await desk.ask("Pauses"))["pauses"],
        active=[one for one in found if not one["retiredAt"]],
        retired=[one for one in found if one["retiredAt"]],
        newest={one["key"]: one["versions"][0] for one in found if one["versions"]},
        may_edit=desk.may(Action.EDIT_OUTREACH),
    )


@screen
async def policy(desk: Desk) -> Response:
    """One policy."""
    return await _page(desk, await policy_of(desk))


@screen
async def start(desk: Desk) -> Response:
    """Switch the newest edition on, now or at a moment; not one that came after the page they looked at."""
    found, typed = await policy_of(desk), desk.form.one("moment").strip()
    if desk.form.one("newest") not in ("", str(found["lastNumber"])):
        return await _page(desk, found, Faults([FormFault("", words_of(desk)("newer_meanwhile", number=found["lastNumber"]))]), 409)
    at = moment_in(typed, desk.me["timeZone"])
    if typed and at is None:
        return await _page(desk, found, Faults([FormFault("moment", words_of(desk)("no_moment"))]))
    answer = await desk.change("ActivatePolicy", policyId=found["id"], startsAt=at.isoformat() if at else None)
    if answer.is_done:
        return desk.go(_home(found), "waits" if at else "started", WORDS)
    return await _page(desk, found, _told(desk, answer), answer.status)


@screen
async def not_yet(desk: Desk) -> Response:
    """Let the edition that waits for its moment not start by itself."""
    found = await policy_of(desk)
    answer = await desk.change("WithdrawPolicyStart", policyId=found["id"])
    return desk.go(_home(found), "withdrawn" if answer.is_done else "withdrawn_already", WORDS)


@screen
async def retire(desk: Desk) -> Response:
    """Let the policy ask nobody any more."""
    found = await policy_of(desk)
    await desk.change("RetirePolicy", policyId=found["id"])
    return desk.go(_home(found), "retired", WORDS)


@screen
async def bring_back(desk: Desk) -> Response:
    """Make a new edition of an old one; it is a draft until it is switched on."""
    found = await policy_of(desk)
    old = next((one for one in found["versions"] if str(one["number"]) == desk.form.one("version")), None)
    if old is None:
        raise NotFound
    proposal = await proposal_of(desk, old["rules"]["document"], found["key"])
    answer = await desk.change("DraftPolicy", key=found["key"], name=found["name"], rules=rules_for_input(proposal["rules"]))
    if answer.is_done:
        return desk.go(_home(found), "brought_back", WORDS, number=old["number"])
    return await _page(desk, found, _told(desk, answer), answer.status)


def policy_page(desk: Desk, template: str, *, faults: Faults = NO_FAULTS, status: int = 200, **values: Any) -> Response:
    """A page under the tabs of asking, with the words of policies as `p`."""
    return desk.page(template, "asking", faults=faults, status=status, p=words_of(desk), **values)


async def policy_of(desk: Desk) -> dict[str, Any]:
    """The policy that the address names, with all its editions in words."""
    found: dict[str, Any] | None = (await desk.ask("PolicyInWords", key=desk.request.path_params["key"]))["policy"]
    if found is None:
        raise NotFound
    return found


async def proposal_of(desk: Desk, document: str, policy: str | None) -> dict[str, Any]:
    """What a text of rules says, or what is wrong in it, and what it would change of the policy."""
    found: dict[str, Any] = (await desk.ask("PolicyProposal", document=document, policy=policy))["policyProposal"]
    return found


def rules_for_input(rules: Mapping[str, Any]) -> dict[str, Any]:
    """Rules as the API gives them, as it takes them."""
    return {name: value for name, value in rules.items() if name not in INPUT_KNOWS_NOT}


def words_of(desk: Desk) -> Words:
    """The words of policies, in the reader's language."""
    return words_for(WORDS, desk.me["language"])


async def _page(desk: Desk, found: Mapping[str, Any], faults: Faults = NO_FAULTS, status: int = 200) -> Response:
    versions: Sequence[Mapping[str, Any]] = found["versions"]
    in_force = next((one for one in versions if one["state"] == "IN_FORCE"), None)
    draft = versions[0] if versions and versions[0]["state"] in NOT_YET else None
    pauses = (await desk.ask("Pauses"))["pauses"]
    differences = (await proposal_of(desk, draft["rules"]["document"], found["key"]))["differences"] if draft else None
    report = await _experiment(desk, found, versions)
    return policy_page(
        desk,
        "console/policy.html",
        faults=faults,
        status=status,
        known=found,
        in_force=in_force,
        draft=draft,
        differences=differences,
        moment=desk.form.one("moment"),
        pauses=pauses,
        is_paused=any(one["scope"] == "EVERYTHING" or (one["scope"], one["ref"]) == ("POLICY", found["key"]) for one in pauses),
        experiment=report,
        measures=view_of(report) if report else [],
        trials=[one["number"] for one in reversed(versions) if one["startedAt"] and one["rules"]["variants"]],
        may_edit=desk.may(Action.EDIT_OUTREACH),
        may_switch=desk.may(Action.SWITCH_POLICY),
    )


async def _experiment(desk: Desk, found: Mapping[str, Any], versions: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The experiment of the edition in the address, else the newest there was."""
    if not desk.may(Action.SEE_METRICS):
        return None
    begun = [one["number"] for one in versions if one["startedAt"] and one["rules"]["variants"]]
    asked = desk.chosen("version", [str(number) for number in begun])
    if not begun:
        return None
    report: dict[str, Any] | None
    report = (await desk.ask("Experiment", policy=found["key"], version=int(asked) if asked else max(begun)))["experiment"]
    return report


def _told(desk: Desk, answer: Changed) -> Faults:
    return form_faults(answer, words_of(desk), {"startsAt": "moment"})


def _home(found: Mapping[str, Any]) -> str:
    return f"{ADDRESS}/{found['key']}"


def must_edit(desk: Desk) -> None:
    """Forbidden unless they may change whom we ask."""
    if not desk.may(Action.EDIT_OUTREACH):
        raise Forbidden
