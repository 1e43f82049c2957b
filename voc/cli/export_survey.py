"""`voc surveys export KEY`: a questionnaire as a file, ours or another system's, or to print."""

from pathlib import Path
from typing import Annotated

import typer

from voc.cli.frame import run, stop
from voc.surveys.check import check
from voc.surveys.formats.export import ExportFormat, export
from voc.surveys.queries import current_version, questionnaire_of, survey_by_key
from voc.surveys.questionnaire import Questionnaire


def export_survey(
    key: Annotated[str, typer.Argument(help="Key of the survey.")],
    format: Annotated[ExportFormat, typer.Option(help="The format of the file.")] = ExportFormat.YAML,
    output: Annotated[Path | None, typer.Option(help="File to write; standard output when left out.")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="The draft, also where an edition was published.")] = False,
    language: Annotated[str, typer.Option(help="The language of a page to print.")] = "",
) -> None:
    """Write a questionnaire: its published edition, or the draft before there is one. What is not in the file is said beside it."""
    file = export(run(lambda: _questionnaire(key, is_draft=draft)), format, language)
    for one in file.left_behind:
        typer.echo(f"{one.path}: {one.what}", err=True)
    if output is None:
        typer.echo(file.text)
    else:
        output.write_text(file.text, "utf-8")


async def _questionnaire(key: str, *, is_draft: bool) -> Questionnaire:
    survey = await survey_by_key(key)
    if survey is None:
        stop(f"There is no survey {key}.")
    version = None if is_draft else await current_version(survey.id)
    found = questionnaire_of(version) if version else check(survey.draft).questionnaire
    if found is None:
        stop(f"The draft of {key} is no questionnaire yet: `voc surveys check` says what is to mend.")
    return found
