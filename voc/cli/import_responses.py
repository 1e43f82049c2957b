"""`voc import responses`: what another system collected, onto a survey that was imported from it."""

from pathlib import Path
from typing import Annotated

import typer

from voc.cli.frame import OPERATOR, run, stop
from voc.core.errors import Invalid
from voc.responses.import_responses import ImportOrder, Outcome, import_responses
from voc.responses.queries import questionnaire_by_version
from voc.surveys.formats.exported import Exported, OutsideColumns
from voc.surveys.formats.imported import NotImportable
from voc.surveys.models import SurveyVersion
from voc.surveys.queries import survey_by_key
from voc.surveys.questionnaire import Questionnaire

File = Annotated[Path, typer.Argument(help="Export of responses: CSV or TSV.", exists=True, dir_okay=False, readable=True)]


def import_from_file(
    file: File,
    survey: Annotated[str, typer.Option(help="Key of the published survey that the responses belong to.")],
    customer_column: Annotated[str, typer.Option(help="The column with the customers' ids; the usual one where left out.")] = "",
    customer_system: Annotated[str, typer.Option(help="The system whose customer ids these are.")] = "",
    contact_column: Annotated[str, typer.Option(help="The column with the contacts' ids.")] = "",
    contact_system: Annotated[str, typer.Option(help="The system whose contact ids these are.")] = "",
) -> None:
    """Store every response of a Qualtrics or LimeSurvey export once, and say which columns were not used. Nobody counts as invited."""

    from voc.surveys.formats.export_reading import read_export, system_of  # readers that no other command needs

    async def work() -> tuple[Exported, Outcome]:
        try:
            questionnaire = await _questionnaire(survey)
            exported = read_export(file.read_bytes(), questionnaire, OutsideColumns(customer_column, contact_column))
            source = system_of(questionnaire)
        except NotImportable as error:
            stop(f"{file}: {error}")
        order = ImportOrder(survey=survey, source=source, customer_system=customer_system, contact_system=contact_system)
        return exported, await import_responses(OPERATOR, order, exported)

    exported, outcome = run(work)
    for column in exported.not_used:
        typer.echo(f"{column.column}: not used. {column.why}")
    for name, count in outcome.values_lost.items():
        typer.echo(f"{name}: {count} value{'s' if count > 1 else ''} fitted no answer and {'were' if count > 1 else 'was'} left out.")
    typer.echo(f"{outcome.stored} stored, {outcome.known} known already, from {exported.columns_used} columns.")


async def _questionnaire(key: str) -> Questionnaire:
    found = await survey_by_key(key)
    version = await SurveyVersion.get_or_none(survey_id=found.id, number=found.last_number) if found else None
    if version is None:
        raise Invalid.at("survey", "UNKNOWN_SURVEY", f"There is no published survey {key}. Import and publish it first.")
    return await questionnaire_by_version(version.id)
