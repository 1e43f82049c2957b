"""`voc surveys …`: questionnaires as files, checked like source code."""

from pathlib import Path
from typing import Annotated

import typer

from voc.cli.frame import OPERATOR, run, stop
from voc.core.errors import Conflict
from voc.surveys.check import as_line, check
from voc.surveys.draft import import_survey
from voc.surveys.library import ready
from voc.surveys.publish import publish_survey

app = typer.Typer(no_args_is_help=True, help="Questionnaires: check, import, publish.")
Files = Annotated[list[Path], typer.Argument(help="YAML or JSON questionnaires.", exists=True, dir_okay=False, readable=True)]


@app.command("check")
def check_files(files: Files) -> None:
    """Print every problem as path:line: severity CODE place: message; exit code 1 when one is an error."""
    wrong = 0
    for path in files:
        found = check(_text(path))
        wrong += bool(found.errors)
        for problem in found.problems:
            typer.echo(as_line(str(path), problem))
    if wrong:
        stop(f"{wrong} of {len(files)} questionnaire{'s' if len(files) > 1 else ''} cannot be published.")


@app.command("import")
def import_files(files: Files) -> None:
    """Make each file the draft of the survey whose key it names."""
    _check_all(files)

    async def work() -> list[str]:
        return [f"{survey.key}: draft {survey.draft_revision}" for survey in [await import_survey(OPERATOR, _text(path)) for path in files]]

    typer.echo("\n".join(run(work)))


@app.command("publish")
def publish_files(files: Files) -> None:
    """Import each file and publish it; one that says what is published already is left alone."""
    _check_all(files)

    async def work() -> list[str]:
        return [await _publish(_text(path)) for path in files]

    typer.echo("\n".join(run(work)))


@app.command("ready")
def list_ready() -> None:
    """List the ready questionnaires that come with the service."""
    for one in ready():
        typer.echo(f"{one.key:28} {one.questionnaire.name.say('en')}")


def _check_all(files: list[Path]) -> None:
    lines = [as_line(str(path), problem) for path in files for problem in check(_text(path)).errors]
    if lines:
        stop("\n".join(lines))


async def _publish(text: str) -> str:
    survey = await import_survey(OPERATOR, text)
    try:
        version = await publish_survey(OPERATOR, survey.id)
    except Conflict as refusal:
        if refusal.code != "UNCHANGED":
            raise
        return f"{survey.key}: unchanged, version {survey.last_number} stays"
    return f"{survey.key}: version {version.number}"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        stop(f"{path}: the file is not UTF-8; save it as UTF-8.")
