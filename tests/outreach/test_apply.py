"""Files are the whole truth of what they name: what they leave out becomes as usual, and the plan says so before anything changes."""

from datetime import timedelta
from pathlib import Path
from types import ModuleType

from tests.outreach.house import SYSTEM, House
from voc.cli.apply import apply_folder, plan
from voc.outreach.models import Policy, PolicyVersion
from voc.outreach.policies.save import save_policy

CALLS = {"touchpoint": "after-call", "survey": "csat-after-call"}


async def test_what_a_file_leaves_out_becomes_as_usual_and_is_said(house: House, tmp_path: Path, clock: ModuleType) -> None:
    file = tmp_path / "house.yaml"
    file.write_text("policies:\n  calls: {name: Calls, touchpoint: after-call, survey: csat-after-call, quiet_days: 14}\n")
    assert [str(one) for one in await apply_folder(tmp_path)] == ["+ policies calls"]
    assert await plan(tmp_path) == []
    waiting = await save_policy(SYSTEM, "calls", "Calls", {**CALLS, "quiet_days": 3}, clock.now() + timedelta(days=1))
    assert await apply_folder(tmp_path) == []
    assert (waiting.number, waiting.last_number, await PolicyVersion.filter(starts_at__gt=clock.now()).count()) == (1, 2, 1)
    file.write_text(
        "touchpoints:\n  after-call: {names: {nl: een telefoongesprek}}\n"
        "policies:\n  calls: {name: Calls, touchpoint: after-call, survey: csat-after-call}\n"
    )
    said = ["~ touchpoints after-call: stage: 'hulp' -> ''", "~ policies calls: quiet_days: 14 -> 30"]
    assert [str(one) for one in await plan(tmp_path)] == said
    assert (await Policy.get()).last_number == 2
    assert [str(one) for one in await apply_folder(tmp_path)] == said
    assert (await Policy.get()).number == 3
