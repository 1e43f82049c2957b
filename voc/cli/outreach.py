"""`voc outreach rehearse`: what a policy would have done with the contacts of the past, before it is switched on."""

from pathlib import Path
from typing import Annotated

import typer
import yaml

from voc.cli.frame import OPERATOR, prepare, run, stop
from voc.connect.mail_reports import report_addresses
from voc.core import settings
from voc.core.errors import Invalid
from voc.outreach.channels.gateway import door_address
from voc.outreach.deciding.reasons import sentence
from voc.outreach.gateways.settled import gateway_in
from voc.outreach.models import Policy
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.rules_document import parse
from voc.outreach.queries import current_rules
from voc.outreach.rehearsing.rehearsal import Tally
from voc.outreach.rehearsing.rehearse import Progress, only_in
from voc.outreach.rehearsing.rehearse import rehearse as rehearse_policy

app = typer.Typer(no_args_is_help=True, help="When and whom we ask.")


@app.command()
def rehearse(
    policy: Annotated[str, typer.Argument(help="Key of the policy.")],
    rules: Annotated[
        Path | None,
        typer.Option(help="YAML file with the rules it would have instead.", exists=True, dir_okay=False),
    ] = None,
    days: Annotated[int, typer.Option(help="How many of the last days to go over, from 1 to 180.")] = 30,
) -> None:
    """Say whom a policy would have asked and whom not, and why; with --rules beside the policy as it stands. Nobody is asked."""
    proposed = _rules_in(rules) if rules else None

    async def work() -> Progress:
        standing = await _standing(policy)
        sides = [one for one in (proposed, standing) if one]
        if not sides:
            stop(f"There is no policy {policy}. Name one, or give the rules of a new one with --rules.")
        async for step in rehearse_policy(OPERATOR, policy, *sides, days=days):
            typer.echo(f"\r{step.done:,} of {step.total:,} contacts", err=True, nl=bool(step.tallies))
        return step

    last = run(work)
    first, *others = last.tallies
    typer.echo(_told("Proposed" if proposed else "As it stands", first))
    for other in others:
        typer.echo(_told("As it stands", other))
        typer.echo(f"Only proposed: {len(only_in(first, other)):,} contacts. Only as it stands: {len(only_in(other, first)):,}.")


@app.command()
def gateway() -> None:
    """Read the template of the gateway for texts, and print the addresses that it is to be given."""
    found = gateway_in(prepare())
    if found is None:
        typer.echo("No gateway is set (VOC_SMS_GATEWAY): texts go to the outbox.")
        return
    template = found.template
    typer.echo(f"{template.name}: texts of at most {template.most_parts} messages, {settings.current().sms_rate} a second.")
    typer.echo(f"Receipts: {door_address('reports', template.key) if template.receipts else 'none'}")
    typer.echo(f"Replies: {door_address('replies', template.key) if template.replies else 'none'}")
    if not template.is_signed:
        typer.echo("It does not sign what it tells: STOP is obeyed, scores that are texted back are kept to be read and not counted.")


@app.command()
def mail_reports() -> None:
    """Print the addresses at which mail providers are to report what became of our mails. Whoever has one can report: keep them."""
    prepare()
    for provider, address in report_addresses().items():
        typer.echo(f"{provider}: {address}")


async def _standing(key: str) -> Rules | None:
    found = await Policy.get_or_none(key=key)
    return (await current_rules([found.id])).get(found.id) if found else None


def _rules_in(path: Path) -> Rules:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as refusal:
        stop(f"{path}: {refusal}")
    if not isinstance(document, dict):
        stop(f"{path}: write the fields of the rules, such as `touchpoints` and `survey`.")
    try:
        return parse({name: value for name, value in document.items() if name != "name"})
    except Invalid as invalid:
        stop("\n".join(f"{path}: {fault.path}: {fault.message}" for fault in invalid.faults))


def _told(title: str, tally: Tally) -> str:
    asked = f"{title}: {len(tally.asked):,} invitations to {len(tally.customers):,} customers; {tally.waiting:,} contacts still wait."
    reasons = [f"  {count:>9,}  {sentence(reason, 'en')}" for reason, count in tally.reasons.most_common()]
    busiest = tally.by_day.most_common(1)
    return "\n".join([asked, *reasons, *(f"  Busiest day: {day} with {count:,}." for day, count in busiest)])
