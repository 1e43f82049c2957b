"""`voc import responses`: what another system collected, onto a survey that was imported from it."""

from pathlib import Path
from typing import Annotated

import typer

from voc.cli.frame import OPERATOR, run, stop
from voc.core.errors import Invalid
from voc.responses.import_export import ExportFile, import_export, try_export
from voc.responses.import_responses import Outcome
from voc.surveys.formats.exported import OutsideColumns

File = Annotated[Path, typer.Argument(help="Export of responses: CSV or TSV.", exists=True, dir_okay=False, readable=True)]


def import_from_file(
    file: File,
    survey: Annotated[str, typer.Option(help="Key of the published survey that the responses belong to.")],
    customer_column: Annotated[str, typer.Option(help="The column with the customers' ids; the usual one where left out.")] = "",
    customer_system: Annotated[str, typer.Option(help="The system whose customer ids these are.")] = "",
    contact_column: Annotated[str, typer.Option(help="The column with the contacts' ids.")] = "",
    contact_system: Annotated[str, typer.Option(help="The system whose contact ids these are.")] = "",
    trial: Annotated[bool, typer.Option("--trial", help="Only say what would come of it; store nothing.")] = False,
) -> None:
    """Store every response of a Qualtrics or LimeSurvey export once, and say what was not used of it. Nobody counts as invited."""
    columns = OutsideColumns(customer_column, contact_column)
    given = ExportFile(
        survey=survey, data=file.read_bytes(), columns=columns, customer_system=customer_system, contact_system=contact_system
    )

    async def work() -> Outcome:
        try:
            return await (try_export if trial else import_export)(OPERATOR, given)
        except Invalid as refusal:
            if refusal.faults[0].path != "document":
                raise
            stop(f"{file}: {refusal.faults[0].message}")

    outcome = run(work)
    for column in outcome.not_used:
        typer.echo(f"{column.column}: not used. {column.why}")
    for loss in outcome.losses.first:
        typer.echo(f"line {loss.line}, {loss.column}: no answer to its question, left out.")
    for name, count in outcome.losses.counts.items():
        typer.echo(f"{name}: {count} value{'s' if count > 1 else ''} fitted no answer and {'were' if count > 1 else 'was'} left out.")
    done = "would be stored" if trial else "stored"
    typer.echo(f"{outcome.stored} {done}, {outcome.known} known already, from {len(outcome.used)} columns.")
