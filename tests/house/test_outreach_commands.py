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


def test_the_gateway_for_texts_is_told_of_before_the_first_text(migrated: dict[str, str]) -> None:
    assert voc(migrated, "outreach", "gateway").stdout == "No gateway is set (VOC_SMS_GATEWAY): texts go to the outbox.\n"
    cm = {**migrated, "VOC_SMS_GATEWAY": "cm", "VOC_SMS_SENDER": "Fiber", "VOC_BASE_URL": "https://voice.fiber.example"}
    refused = voc(cm, "outreach", "gateway")
    assert (refused.returncode, refused.stderr) == (2, "CM.com needs VOC_SMS_KEY.\n")
    told = voc({**cm, "VOC_SMS_KEY": "hush"}, "outreach", "gateway").stdout
    assert "Receipts: https://voice.fiber.example/reports/sms/cm/" in told
    assert "Replies: https://voice.fiber.example/replies/sms/cm/" in told
    assert "hush" not in told


def test_the_addresses_for_mail_providers_are_told(migrated: dict[str, str]) -> None:
    told = voc({**migrated, "VOC_BASE_URL": "https://voice.fiber.example"}, "outreach", "mail-reports").stdout.splitlines()
    assert [line.partition(": ")[0] for line in told] == ["ses", "sendgrid", "mailgun", "postmark"]
    assert all(f"https://voice.fiber.example/reports/mail/{line.partition(':')[0]}/" in line for line in told)
