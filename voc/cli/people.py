"""`voc member …` and `voc token …`: who may come in."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import typer

from voc.cli.frame import OPERATOR, run, stop
from voc.core import clock, settings
from voc.core.access import Action, Role
from voc.staff import members, queries, sign_in, tokens
from voc.staff.models import Member

member = typer.Typer(no_args_is_help=True, help="Colleagues who sign in.")
token = typer.Typer(no_args_is_help=True, help="Keys for programs.")


@member.command("add")
def add_member(
    name: Annotated[str, typer.Option(help="Name, as colleagues see it.")],
    email: Annotated[str, typer.Option(help="Mail address to sign in with.")],
    role: Annotated[list[str], typer.Option(help="Role, or role:team-key for one team; may be given several times.")],
    language: Annotated[str | None, typer.Option(help="Language of the console: nl or en.")] = None,
    agent_key: Annotated[str | None, typer.Option(help="The name the contact centre knows them by.")] = None,
) -> None:
    """Add a colleague and print a link that signs them in once."""

    async def work() -> str:
        wanted = [await _role(text) for text in role]
        colleague = await members.add_member(OPERATOR, name=name, email=email, language=language, agent_key=agent_key)
        for held, team_id in wanted:
            await members.give_role(OPERATOR, colleague.id, held, team_id)
        return await _link(colleague)

    typer.echo(run(work))


@member.command("link")
def link(email: Annotated[str, typer.Argument(help="Mail address of the member.")]) -> None:
    """Print a link that signs an existing member in once, within 30 minutes."""

    async def work() -> str:
        found = await Member.get_or_none(email=email.lower(), deactivated_at=None)
        return await _link(found) if found else stop(f"There is no active member with the address {email}.")

    typer.echo(run(work))


@token.command("create")
def create_token(
    name: Annotated[str, typer.Option(help="The program that will use it.")],
    role: Annotated[str, typer.Option(help="What it may do, for example integration.")],
    scope: Annotated[list[str] | None, typer.Option(help="Only these actions of the role.")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Days until it expires; for ever when left away.")] = None,
) -> None:
    """Print a new token, alone on standard output. It is shown this once."""

    async def work() -> str:
        expires_at = clock.now() + timedelta(days=days) if days else None
        held, team_id = await _role(role)
        actions = [_action(text) for text in scope] if scope else None
        _, secret = await tokens.create_token(OPERATOR, name=name, role=held, team_id=team_id, scope=actions, expires_at=expires_at)
        return secret

    typer.echo(run(work))


@token.command("revoke")
def revoke_token(name: Annotated[str, typer.Argument(help="Name of the token.")]) -> None:
    """Stop every token of that name at once."""

    async def work() -> int:
        open_ones = [found for found in await queries.open_tokens(OPERATOR) if found.name == name]
        for found in open_ones:
            await tokens.revoke_token(OPERATOR, found.id)
        return len(open_ones)

    count = run(work)
    typer.echo(f"{count} revoked.") if count else stop(f"There is no open token called {name}.")


async def _role(text: str) -> tuple[Role, UUID | None]:
    name, _, team_key = text.partition(":")
    try:
        role = Role(name)
    except ValueError:
        stop(f"There is no role {name}: choose one of {', '.join(Role)}.")
    if not team_key:
        return role, None
    team = await queries.team_by_key(team_key)
    return (role, team.id) if team else stop(f"There is no team {team_key}.")


def _action(text: str) -> Action:
    try:
        return Action(text)
    except ValueError:
        stop(f"There is no action {text}: choose from {', '.join(Action)}.")


async def _link(colleague: Member) -> str:
    return settings.current().base_url + await sign_in.make_link(OPERATOR, colleague.id)
