"""`voc surveys …`: questionnaires as files, checked like source code."""

from pathlib import Path
from typing import Annotated

import typer

from voc.cli.frame import OPERATOR, run, stop
from voc.core.errors import Conflict, NotFound
from voc.surveys.check import as_line, check
from voc.surveys.difference_words import change_in_words, effect_in_words
from voc.surveys.differences import Difference, difference
from voc.surveys.draft import import_survey
from voc.surveys.editions import draft_edition, published_edition
from voc.surveys.library import ready
from voc.surveys.models import Survey
from voc.surveys.publication import NOTHING_DECIDED, Decided
from voc.surveys.publish import publish_survey
from voc.surveys.queries import survey_by_key
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.translate import entries_in, proposed, save_translations
from voc.surveys.translations.as_csv import csv_of
from voc.surveys.translations.as_xliff import xliff_of
from voc.surveys.translations.table import Change as TextChange

app = typer.Typer(no_args_is_help=True, help="Questionnaires: check, import, publish.")
Renamed = Annotated[list[str] | None, typer.Option(help="A question that goes on under another id, as old=new; repeat it for several.")]
Removed = Annotated[list[str] | None, typer.Option(help="A question that was taken out, by its id; repeat it for several.")]
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
def publish_files(
    files: Files,
    renamed: Renamed = None,
    removed: Removed = None,
) -> None:
    """Import each file and publish it; one that says what is published already is left alone.

    Where a question went and another of its kind came, say which it is: --renamed old=new, so that its trend goes on, or --removed old.
    """
    _check_all(files)
    decided = decided_by(renamed, removed)
    if len(files) > 1 and decided != NOTHING_DECIDED:
        stop("Publish one file at a time where questions were renamed or taken out.", code=2)

    async def work() -> list[str]:
        return [await _publish(_text(path), decided) for path in files]

    typer.echo("\n".join(run(work)))


@app.command("ready")
def list_ready() -> None:
    """List the ready questionnaires that come with the service."""
    for one in ready():
        typer.echo(f"{one.key:28} {one.questionnaire.name.say('en')}")


@app.command("diff")
def show_difference(
    before: Annotated[str, typer.Argument(help="A file, or a survey: `key` as published, `key@3`, `key@draft`.")],
    after: Annotated[str, typer.Argument(help="The same, for the newer edition.")],
    language: Annotated[str, typer.Option(help="The language of the sentences: en or nl.")] = "en",
    renamed: Renamed = None,
) -> None:
    """Say in words what changed, and what it does to every metric; exit code 2 when a trend breaks or ends.

    What became of a question that went is told by --renamed old=new; without it, by what reads alike.
    """
    names = decided_by(renamed, None).renames or None

    async def work() -> Difference:
        return difference(files[0] or await _edition(before), files[1] or await _edition(after), names)

    files = [_file(name) if Path(name).is_file() else None for name in (before, after)]
    first, second = files
    found = difference(first, second, names) if first and second else run(work)
    for change in found.changes:
        typer.echo(change_in_words(change, language))
    typer.echo("\n".join(effect_in_words(effect, language) for effect in found.effects))
    if found.breaks:
        raise typer.Exit(2)


@app.command("texts")
def write_texts(
    survey: Annotated[str, typer.Argument(help="A file, or a survey by its key: the draft's texts.")],
    language: Annotated[list[str] | None, typer.Option(help="Only these languages beside the source; repeat it for several.")] = None,
    xliff: Annotated[bool, typer.Option(help="XLIFF 1.2 for one language, instead of CSV.")] = False,
) -> None:
    """Print every text for translators: CSV with a column for each language, or XLIFF."""
    languages = tuple(language or ())
    if xliff and len(languages) != 1:
        stop("An XLIFF file is for one language: name it with --language.")

    async def work() -> Questionnaire:
        return draft_edition(await _survey(survey))

    questionnaire = _file(survey) if Path(survey).is_file() else run(work)
    typer.echo(xliff_of(questionnaire, languages[0]) if xliff else csv_of(questionnaire, languages), nl=False)


@app.command("translate")
def translate(
    survey: Annotated[str, typer.Argument(help="The key of the survey.")],
    file: Annotated[Path, typer.Argument(help="CSV or XLIFF, as it came back.", exists=True, dir_okay=False, readable=True)],
    plan: Annotated[bool, typer.Option(help="Only say what it would change.")] = False,
) -> None:
    """Put a translator's work into the draft, and list what could not be taken; exit code 2 when there is such."""

    async def work() -> tuple[TextChange, ...]:
        row, entries = await _survey(survey), entries_in(_text(file))
        found = proposed(row, entries)
        if not plan:
            await save_translations(OPERATOR, row.id, entries, row.draft_revision)
        return found

    found = run(work)
    for change in found:
        if change.code != "SAME":
            typer.echo(f"{change.code:12} {change.language:8} {change.key}: {change.after}")
    refused = sum(not change.is_taken and change.code != "SAME" for change in found)
    typer.echo(f"{sum(change.is_taken for change in found)} taken, {refused} not.", err=True)
    if refused:
        raise typer.Exit(2)


def decided_by(renamed: list[str] | None, removed: list[str] | None) -> Decided:
    """What the options say became of lost questions; one that is not old=new ends the command."""
    pairs = [one.partition("=") for one in renamed or ()]
    if wrong := [old for old, sign, new in pairs if not (old and sign and new)]:
        stop(f"--renamed takes old=new, such as --renamed {wrong[0] or 'why'}=reason.", code=2)
    return Decided({old.strip(): new.strip() for old, _, new in pairs}, tuple(removed or ()))


async def _survey(key: str) -> Survey:
    survey = await survey_by_key(key)
    if survey is None:
        raise NotFound(f"There is no survey `{key}`.")
    return survey


async def _edition(name: str) -> Questionnaire:
    key, _, number = name.partition("@")
    survey = await survey_by_key(key)
    if survey is None or (number not in {"", "draft"} and not number.isdigit()):
        raise NotFound(f"`{name}` is no file and no survey. Name a file, or a survey such as `{key}`, `{key}@3` or `{key}@draft`.")
    return draft_edition(survey) if number == "draft" else await published_edition(survey, int(number) if number else None)


def _file(name: str) -> Questionnaire:
    found = check(_text(Path(name)))
    if found.questionnaire is None:
        stop("\n".join(as_line(name, problem) for problem in found.errors))
    return found.questionnaire


def _check_all(files: list[Path]) -> None:
    lines = [as_line(str(path), problem) for path in files for problem in check(_text(path)).errors]
    if lines:
        stop("\n".join(lines))


async def _publish(text: str, decided: Decided) -> str:
    survey = await import_survey(OPERATOR, text)
    try:
        version = await publish_survey(OPERATOR, survey.id, decided)
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
