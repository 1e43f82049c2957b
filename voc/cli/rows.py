"""`voc import …` and `voc export …`: rows in and out as CSV."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from voc.cli.frame import OPERATOR, run, stop
from voc.connect.csv_import import Summary, What, import_file
from voc.connect.csv_rows import CsvError
from voc.connect.export import Which, export_responses
from voc.surveys.queries import survey_by_key

imports = typer.Typer(no_args_is_help=True, help="Customers, contacts and surveys from files.")
exports = typer.Typer(no_args_is_help=True, help="Responses as CSV files.")
File = Annotated[Path, typer.Argument(help="CSV file in UTF-8, with a row of headings.", exists=True, dir_okay=False, readable=True)]
System = Annotated[str, typer.Option(help="The outside system whose ids these are, where no column says it.")]


@imports.command("customers")
def import_customers(file: File, system: System = "") -> None:
    """Record every customer of a file; importing it again changes nothing. Refused rows go to a file beside it, with the reason."""
    _import(What.CUSTOMERS, file, system)


@imports.command("contacts")
def import_contacts(file: File, system: System = "") -> None:
    """Record every contact of a file; importing it again changes nothing. Refused rows go to a file beside it, with the reason."""
    _import(What.CONTACTS, file, system)


@exports.command("responses")
def export_all(
    file: Annotated[Path, typer.Argument(help="CSV file to write; - for standard output.", allow_dash=True)],
    survey: Annotated[str, typer.Option(help="Key of one survey; its questions become columns.")] = "",
    delimiter: Annotated[str, typer.Option(help="What stands between columns.")] = ",",
) -> None:
    """Write one row per response with every joined id."""

    async def work() -> None:
        found = await survey_by_key(survey) if survey else None
        if survey and found is None:
            stop(f"There is no survey {survey}.")
        with nullcontext(sys.stdout) if str(file) == "-" else file.open("w", encoding="utf-8", newline="") as target:
            async for part in export_responses(OPERATOR, Which(found.id if found else None), delimiter):
                target.write(part)

    run(work)


def _import(what: What, file: Path, system: str) -> None:
    with typer.progressbar(length=max(file.stat().st_size, 1), label=file.name) as bar:

        def show(summary: Summary) -> None:
            bar.update(summary.bytes_read - bar.pos)

        async def work() -> Summary:
            try:
                return await import_file(OPERATOR, what, file, system=system, progress=show)
            except CsvError as error:
                stop(f"{file}: {error}")

        summary = run(work)
        bar.update(bar.length - bar.pos if bar.length else 0)
    typer.echo(", ".join(f"{count} {status}" for status, count in summary.counts.items()))
    if summary.refused_file:
        stop(f"Refused rows are in {summary.refused_file}: mend them there and import that file.")
