"""`voc setup`, `voc apply`, `voc pause`, `voc resume`: furnishing the house, and stopping it in an emergency."""

from pathlib import Path
from typing import Annotated

import typer

from voc.cli.apply import apply_folder, plan
from voc.cli.frame import OPERATOR, run, stop
from voc.core import settings
from voc.core.access import Role
from voc.outreach.models import Pause, PauseScope
from voc.outreach.wishes.pause import pause as pause_sending
from voc.outreach.wishes.pause import resume as resume_sending
from voc.staff import members, sign_in
from voc.staff.models import Membership

STARTER = Path(__file__).resolve().parent / "starter"


def setup(
    name: Annotated[str, typer.Option(help="Name of the first admin.", prompt=True)],
    email: Annotated[str, typer.Option(help="Mail address of the first admin.", prompt=True)],
) -> None:
    """Make the first admin, the team Everyone, one touchpoint, policy and route; print a link that signs in once."""

    async def work() -> str:
        if await Membership.filter(role=Role.ADMIN).exists():
            stop("This house has an admin already; `voc member link MAIL` gives them a new sign-in link.")
        await apply_folder(STARTER)
        admin = await members.add_member(OPERATOR, name=name, email=email)
        for role in (Role.ADMIN, Role.DESIGNER, Role.LEAD):
            await members.give_role(OPERATOR, admin.id, role)
        return settings.current().base_url + await sign_in.make_link(OPERATOR, admin.id)

    typer.echo(f"Sign in with this link, once, within 30 minutes:\n{run(work)}")


def apply(
    folder: Annotated[Path, typer.Argument(help="Folder with YAML files.", exists=True, file_okay=False)],
    only_plan: Annotated[bool, typer.Option("--plan", help="Say what would change, and change nothing.")] = False,
) -> None:
    """Make teams, business hours, brands, surveys, touchpoints, policies and routes as the files in the folder say.

    The files are the whole truth of what they name: a field that is left out becomes as usual, and the change is printed. Begin with
    --plan. What no file names stays as it is.
    """
    changes = run(lambda: plan(folder) if only_plan else apply_folder(folder))
    for change in changes:
        typer.echo(str(change))
    if not changes:
        typer.echo("Nothing differs.")
    elif only_plan:
        typer.echo(f"{len(changes)} would change; run it again without --plan.")


def pause(
    scope: Annotated[PauseScope, typer.Argument(help="What to stop.")] = PauseScope.EVERYTHING,
    ref: Annotated[str, typer.Argument(help="Key of the channel, policy or survey.")] = "",
    reason: Annotated[str, typer.Option(help="Why, for colleagues.")] = "Stopped from the command line.",
) -> None:
    """Emergency stop: send nothing of this until `voc resume`. Invitations that wait are held, not lost."""
    row = run(lambda: pause_sending(OPERATOR, scope, ref, reason))
    typer.echo(f"Paused: {row.scope} {row.ref}".rstrip())


def resume(
    scope: Annotated[PauseScope, typer.Argument(help="What to let go on.")] = PauseScope.EVERYTHING,
    ref: Annotated[str, typer.Argument(help="Key of the channel, policy or survey.")] = "",
) -> None:
    """Let sending go on; what was held and is still valid is sent."""

    async def work() -> int:
        found = await Pause.filter(scope=scope, ref=ref, ended_at=None)
        for row in found:
            await resume_sending(OPERATOR, row.id)
        return len(found)

    if not run(work):
        stop(f"Nothing of that kind is paused: {scope} {ref}".rstrip())
    typer.echo(f"Going on: {scope} {ref}".rstrip())
