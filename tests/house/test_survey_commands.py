"""Questionnaires at the command line: what changed, and translations out and in."""

import os
from pathlib import Path

import pytest

from tests.commands import voc
from tests.databases import SqliteFiles
from voc.core.resources import folder

READY = folder("surveys") / "store-visit.yaml"


@pytest.fixture
def house(sqlite_files: SqliteFiles) -> dict[str, str]:
    """An environment with a database of its own, and one survey in it."""
    environment = {"PATH": os.environ["PATH"], "VOC_DATABASE_URL": sqlite_files.fresh()}
    for arguments in (["setup", "--name", "Sanne", "--email", "sanne@example.nl"], ["surveys", "publish", str(READY)]):
        done = voc(environment, *arguments)
        assert done.returncode == 0, done.stderr
    return environment


def test_an_edit_that_breaks_a_trend_is_announced(house: dict[str, str], tmp_path: Path) -> None:
    changed = tmp_path / "store-visit.yaml"
    changed.write_text(READY.read_text("utf-8").replace("kind: csat", "kind: csat\n        highest: 7"), "utf-8")
    done = voc(house, "surveys", "diff", "store-visit", str(changed))
    assert done.returncode == 2, done.stderr
    assert done.stdout.splitlines()[0] == "The scale of `csat` changed from 1–5, 2/2 to 1–7, 2/2."
    assert "CSAT of `csat`: the trend breaks here." in done.stdout
    same = voc(house, "surveys", "diff", "store-visit@1", "store-visit@draft")
    assert (same.returncode, same.stdout) == (0, "CSAT of `csat`: the trend goes on.\n")
    unknown = voc(house, "surveys", "diff", "nothing", "store-visit")
    assert (unknown.returncode, "is no file and no survey" in unknown.stderr) == (1, True)


def test_a_table_of_texts_goes_out_and_comes_in(house: dict[str, str], tmp_path: Path) -> None:
    table = voc(house, "surveys", "texts", "store-visit", "--language", "it").stdout
    file = tmp_path / "it.csv"
    head, name, *_ = table.splitlines()
    file.write_text(f"{head}\n{name}Dopo una visita\nlost.text,Gone,Perso\n", "utf-8")
    plan = voc(house, "surveys", "translate", "store-visit", str(file), "--plan")
    assert (plan.returncode, plan.stderr) == (2, "1 taken, 2 not.\n")
    assert [line.split()[:3] for line in plan.stdout.splitlines()] == [
        ["NEW", "it", "name:"],
        ["UNKNOWN_KEY", "en", "lost.text:"],
        ["UNKNOWN_KEY", "it", "lost.text:"],
    ]
    assert "it" not in voc(house, "surveys", "texts", "store-visit").stdout.splitlines()[0]
    voc(house, "surveys", "translate", "store-visit", str(file))
    assert voc(house, "surveys", "texts", "store-visit").stdout.splitlines()[0].split(",")[-1] == "it"
    assert "Dopo una visita" in voc(house, "surveys", "texts", "store-visit", "--xliff", "--language", "it").stdout
    alone = voc(house, "surveys", "texts", "store-visit", "--xliff")
    assert (alone.returncode, alone.stderr) == (1, "An XLIFF file is for one language: name it with --language.\n")
