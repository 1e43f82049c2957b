"""`voc import survey FILE`: a file of another system becomes the draft of a new survey, and the report is printed."""

from collections import Counter
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated

import typer

from voc.cli.frame import OPERATOR, run
from voc.surveys.formats.file_format import FileFormat
from voc.surveys.import_file import import_file
from voc.surveys.models import ImportReport, Survey

File = Annotated[
    Path, typer.Argument(help="A file of Qualtrics, LimeSurvey, SurveyJS, XLSForm, Formbricks or our own.", exists=True, dir_okay=False)
]


def import_survey(
    file: File,
    key: Annotated[str, typer.Option(help="Key of the new survey; made from its title when left out.")] = "",
    name: Annotated[str, typer.Option(help="Name for colleagues; the title of the file when left out.")] = "",
    format: Annotated[FileFormat | None, typer.Option(help="The format; told from the content when left out.")] = None,
) -> None:
    """Make a survey of a file, and print everything that is not in its draft as it was in the file."""
    data = file.read_bytes()

    async def work() -> tuple[ImportReport, Survey]:
        report = await import_file(OPERATOR, data, file_name=file.name, format=format, key=key, name=name)
        return report, await Survey.get(id=report.survey_id)

    report, survey = run(work)
    for line in table(report.items, get_terminal_size((120, 24)).columns):
        typer.echo(line)
    typer.echo(summary(report, survey.key))


def table(items: list[dict[str, str]], width: int) -> list[str]:
    """The items of a report as rows: what became of it, where, which code, what it was; then the reason on a line of its own."""
    lines = []
    for item in items:
        place = item["source_id"] if item["question_id"] in ("", item["source_id"]) else f"{item['source_id']} -> {item['question_id']}"
        first = f"{item['fate']:10} {item['code']:24} {place}"
        lines += [first[:width], *([f"           {_line(item['what'], width - 11)}"] if item["what"] else []), f"           {item['why']}"]
    return lines


def summary(report: ImportReport, key: str) -> str:
    """What came of it in one sentence."""
    fates = Counter(item["fate"] for item in report.items)
    counts = ", ".join(f"{fates[fate]} {fate}" for fate in ("changed", "simplified", "dropped") if fates[fate]) or "nothing lost"
    return f"{key}: draft with {report.questions} questions and texts, from {report.format}; {counts}."


def _line(text: str, width: int) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= width else f"{plain[: max(width, 20) - 1]}…"
