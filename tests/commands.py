"""Commands as an operator types them, each in a process of its own that prints, fails and ends as `python -m voc` does.

Reading our code takes a second and a half, so one process reads it once and is forked for every command.
"""

import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import orjson

# After a fork the child leaves the loop and goes on as the command; the parent waits for it and tells how it ended.
_READY = """
import json, os, sys
from voc.cli import main
for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if child == 0:
        break
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
else:
    os._exit(0)
for name, mode, number in ((os.devnull, os.O_RDONLY, 0), (asked["stdout"], os.O_WRONLY, 1), (asked["stderr"], os.O_WRONLY, 2)):
    os.dup2(os.open(name, mode | os.O_CREAT), number)
os.environ.clear()
os.environ.update(asked["environment"])
sys.argv = ["voc", *asked["arguments"]]
main()
"""


def voc(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end in this environment."""
    with tempfile.TemporaryDirectory() as folder:
        said = {name: Path(folder) / name for name in ("stdout", "stderr")}
        asked = {"environment": environment, "arguments": arguments, **{name: str(path) for name, path in said.items()}}
        ready = _ready()
        assert ready.stdin
        assert ready.stdout
        ready.stdin.write(orjson.dumps(asked) + b"\n")
        ready.stdin.flush()
        status = int(ready.stdout.readline())
        return subprocess.CompletedProcess(["voc", *arguments], status, *(path.read_text("utf-8") for path in said.values()))


@cache
def _ready() -> subprocess.Popen[bytes]:
    """The process that is forked; it ends with the one that runs the tests."""
    return subprocess.Popen([sys.executable, "-c", _READY], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
