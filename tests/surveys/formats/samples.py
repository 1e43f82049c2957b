"""The shared samples, and what an independent reader found in each."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from voc.surveys.formats.imported import ReportItem

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
FOLDERS = ("qsf", "lss", "surveyjs", "xlsform", "formbricks")
Facts = dict[str, Any]


def sample(path: str) -> bytes:
    """A shared sample; the test is skipped, loudly, where the samples are not."""
    file = SAMPLES / path
    if not file.exists():
        pytest.skip(f"{SAMPLES} is not there: nothing was compared with {path}")
    return file.read_bytes()


def facts(path: str) -> Facts:
    """The facts of a shared sample."""
    found: Facts = json.loads(sample(f"facts/{path.replace('/', '__')}.json"))
    return found


def every_sample() -> list[str]:
    """Every sample that must be imported, and the hostile one that is cleaned."""
    sample("SOURCES.md")
    found = [f"{folder}/{file.name}" for folder in FOLDERS for file in sorted((SAMPLES / folder).iterdir())]
    return [*found, "hostile/own_hostile_html.qsf"]


def family(path: str) -> str:
    """The study or repository that a sample is from; figures are averaged over these."""
    listed = sample("SOURCES.md").decode()
    return next(line.split("|")[5].split("@")[0].strip() for line in listed.splitlines() if line.startswith(f"| {path} |"))


def item_of(report: Iterable[ReportItem], source_id: str, code: str) -> ReportItem:
    """The item of a report; the test fails where there is none."""
    return next(item for item in report if (item.source_id, item.code) == (source_id, code))
