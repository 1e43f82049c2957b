"""The commands, and those that fit in a line each."""

from pathlib import Path
from typing import Annotated

import typer

from voc.cli import export_survey, house, import_responses, import_survey, jobs, outreach, people, rows, serve, surveys
from voc.cli.frame import prepare, refusals
from voc.core import settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Voice of the customer, self-hosted.")
schema = typer.Typer(no_args_is_help=True, help="The GraphQL contract.")

app.command("serve")(serve.serve)
app.command("worker")(serve.worker)
app.command("migrate")(serve.migrate)
app.command("setup")(house.setup)
app.command("apply")(house.apply)
app.command("pause")(house.pause)
app.command("resume")(house.resume)
app.command("jobs")(jobs.jobs)
app.add_typer(people.member, name="member")
app.add_typer(people.token, name="token")
rows.imports.command("survey")(import_survey.import_survey)
rows.imports.command("responses")(import_responses.import_from_file)
app.add_typer(rows.imports, name="import")
app.add_typer(rows.exports, name="export")
surveys.app.command("export")(export_survey.export_survey)
app.add_typer(surveys.app, name="surveys")
app.add_typer(outreach.app, name="outreach")
app.add_typer(schema, name="schema")


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="Play one story, print each step, and end.")] = False,
    port: Annotated[int, typer.Option(help="Port of the console and survey pages.")] = 8000,
) -> None:
    """Set up a small company in a fresh SQLite database and play the loop."""
    from voc.cli.demo import play  # a server need not load what only the demo needs

    play(once, port)


@app.command()
def config() -> None:
    """Print every setting as it stands, secrets masked."""
    for name, value in prepare().shown().items():
        field = settings.Settings.model_fields[name.removeprefix(settings.PREFIX).lower()]
        typer.echo(f"{name}={value}\n    {field.description}")


@schema.command("export")
def export_schema(
    folder: Annotated[Path, typer.Argument(help="Folder to write voc.graphql and questionnaire.schema.json to.")] = Path("schema"),
) -> None:
    """Write the GraphQL schema and the JSON Schema of questionnaires."""
    from voc.api.export import sdl
    from voc.surveys.json_schema import questionnaire_schema_text

    with refusals():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "voc.graphql").write_text(sdl(), "utf-8")
        (folder / "questionnaire.schema.json").write_text(questionnaire_schema_text(), "utf-8")


def main() -> None:
    """Run the command line."""
    app()
