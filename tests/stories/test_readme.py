"""What the README says is true: its examples are run, and its story is what the demo prints."""

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from tests.stories.installation import Service
from voc.connect.adapters.sources import SOURCES
from voc.connect.export_columns import FACTS
from voc.connect.hook_kinds import HookKind
from voc.connect.hook_signature import secret_text, sign

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """The code blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def evened(story: str) -> str:
    """The story without what differs from run to run: ids, addresses of ids, days and times."""
    story = re.sub(r"<[0-9a-f-]{36}@", "<ID@", story)
    story = re.sub(r"^( {10})[A-Za-z0-9_-]{30,}$", r"\1ID", story, flags=re.MULTILINE)
    return re.sub(r"due \w+ \d\d:\d\d UTC", "due DAY", story)


def test_the_two_commands_of_the_promise_stand_in_it() -> None:
    assert "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/voc demo\n" in README
    tests = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest\n"
    assert tests in README
    assert tests.strip() in (ROOT / ".ci" / "run").read_text()


def test_the_story_is_what_the_demo_prints() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VOC_")}
    command = [sys.executable, "-m", "voc", "demo", "--once"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert evened(done.stdout) == evened(blocks("text")[0])


async def test_the_examples_of_connecting_work_as_they_stand(service: Service) -> None:
    if shutil.which("curl") is None:
        if os.environ.get("CI"):
            pytest.fail("curl is missing on CI, so the README's example was not run")
        pytest.skip("curl is missing, so the README's example was not run")
    example = next(block for block in blocks("sh") if "/ingest/contacts" in block).replace("http://127.0.0.1:8000", service.base_url)
    done = subprocess.run(["bash", "-c", example], env={**os.environ, "TOKEN": service.token}, capture_output=True, text=True, check=False)
    assert orjson.loads(done.stdout)["status"] == "recorded", done.stdout + done.stderr
    report, brief = blocks("graphql")
    recorded, known = [await ask(service, document, values) for document, values in zip((report, brief), blocks("json"), strict=True)]
    assert recorded["recordContact"]["interactionId"] == "call-1002"
    assert known["agentBrief"]["customer"]["name"] == "Fatima de Boer"


async def ask(service: Service, document: str, values: str) -> dict[str, Any]:
    """The data of a GraphQL operation with the variables of a JSON block."""
    async with httpx.AsyncClient(base_url=service.base_url, headers={"Authorization": f"Bearer {service.token}"}) as client:
        answer = (await client.post("/graphql", json={"query": document, "variables": orjson.loads(values)})).json()
    assert "errors" not in answer, answer
    data: dict[str, Any] = answer["data"]
    return data


def test_the_receiver_of_a_webhook_believes_us_and_nobody_else() -> None:
    receiver: dict[str, Any] = {}
    exec(blocks("python")[0], receiver)
    secret, body, now = secret_text(bytes(range(32))), b'{"type": "task.raised"}', datetime.now(UTC)
    headers = sign(secret, "msg_1", now, body)
    renewed = {**headers, "webhook-signature": f"v1,AAAA {headers['webhook-signature']}"}
    old = sign(secret, "msg_1", now - timedelta(minutes=6), body)

    believed = [receiver["is_genuine"](secret, told, body) for told in (headers, renewed)]
    refused = [receiver["is_genuine"](secret, told, said) for told, said in ((old, body), (headers, body + b" "))]

    assert (believed, refused) == ([True, True], [False, False])
    assert not receiver["is_genuine"](secret_text(bytes(32)), headers, body)


def test_sources_columns_events_and_benches_are_those_there_are() -> None:
    of_table = re.findall(r"^\| `([a-z-]+)` \|.*\| (?:contacts|customers and accounts) \|$", README, re.MULTILINE)
    assert sorted(of_table) == sorted(SOURCES)
    columns = re.search(r"^The columns are (.+)\.$", README, re.MULTILINE)
    assert columns
    assert re.findall(r"`(\w+)`", columns[1]) == list(FACTS)
    assert [kind for kind in HookKind if f"`{kind.value}`" not in README] == []
    benches = {path.stem for path in (ROOT / "tests" / "bench").glob("*.py") if not path.stem.startswith("_")}
    assert [name for name in sorted(benches) if f"`{name}`" not in README] == []


def test_every_command_stands_in_it() -> None:
    from voc.cli.main import app

    missing = [command.name for command in app.registered_commands if f"`voc {command.name or 'config'}" not in README]
    groups = [group.name for group in app.registered_groups if f"`voc {group.name}" not in README]
    assert (missing, groups) == ([], [])
