"""`voc import survey` and `voc surveys export`: a file in with its report, a file out."""

import json
import os
from pathlib import Path

import pytest

from tests.commands import voc
from tests.databases import SqliteFiles

FILE = {"title": "Parcels", "pages": [{"elements": [{"type": "text", "name": "why"}, {"type": "signaturepad", "name": "hand"}]}]}


@pytest.fixture
def house(sqlite_files: SqliteFiles) -> dict[str, str]:
    """An environment with a database of its own."""
    environment = {"PATH": os.environ["PATH"], "VOC_DATABASE_URL": sqlite_files.fresh()}
    done = voc(environment, "setup", "--name", "Sanne", "--email", "sanne@example.nl")
    assert done.returncode == 0, done.stderr
    return environment


def test_a_survey_comes_in_with_its_report_and_goes_out(house: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "parcels.json"
    file.write_text(json.dumps(FILE), "utf-8")
    done = voc(house, "import", "survey", str(file), "--key", "boxes")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "dropped    SIGNATURE_NOT_ASKED      hand",
        "           signaturepad",
        "           A drawn signature cannot be asked for. Ask for consent with a box to tick, or for a name.",
        "boxes: draft with 2 questions and texts, from surveyjs; 1 dropped.",
    ]
    out = tmp_path / "out.json"
    assert voc(house, "surveys", "export", "boxes", "--format", "surveyjs", "--output", str(out)).returncode == 0
    assert [one["name"] for one in json.loads(out.read_text("utf-8"))["pages"][0]["elements"]] == ["why", "hand"]
    assert voc(house, "surveys", "export", "boxes").stdout.startswith("# yaml-language-server")


def test_what_cannot_be_read_is_refused_in_one_sentence(house: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "cut.json"
    file.write_text(json.dumps(FILE)[:40], "utf-8")
    done = voc(house, "import", "survey", str(file))

    assert (done.returncode, done.stderr) == (1, "document: The file stops in the middle (line 1). Download it again.\n")
    assert voc(house, "surveys", "export", "cut").stderr == "There is no survey cut.\n"
