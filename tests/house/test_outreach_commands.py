"""A policy is rehearsed from the command line before it is switched on."""

import os
from pathlib import Path

import pytest

from tests.commands import voc
from tests.databases import SqliteFiles


@pytest.fixture
def migrated(sqlite_files: SqliteFiles) -> dict[str, str]:
    """An environment with a migrated database of its own."""
    return {"PATH": os.environ["PATH"], "VOC_DATABASE_URL": sqlite_files.fresh()}


def test_a_policy_is_rehearsed_beside_rules_in_a_file(migrated: dict[str, str], tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("name: After a call\ntouchpoint: after-call\nsurvey: csat-after-call\nsample_percent: 10\n")
    told = voc(migrated, "outreach", "rehearse", "calls", "--rules", str(rules))
    assert told.stdout.startswith("Proposed: 0 invitations to 0 customers; 0 contacts still wait."), told.stderr
    assert told.stderr.strip().endswith("0 of 0 contacts")
    rules.write_text("touchpoint: after-call\nsample_percent: 0\n")
    wrong = voc(migrated, "outreach", "rehearse", "calls", "--rules", str(rules))
    assert wrong.returncode == 1
    assert f"{rules}: rules.samplePercent: `sample_percent` is a whole number from 1 to 100." in wrong.stderr
    unknown = voc(migrated, "outreach", "rehearse", "calls")
    assert (unknown.returncode, "There is no policy calls." in unknown.stderr) == (1, True)
