"""Whoever ends the demo ends all of it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 60.0


def answers(port: int) -> bool:
    """Whether somebody listens."""
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def test_a_demo_stands_beside_no_other_and_leaves_no_server_behind(tmp_path: Path) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    demo = subprocess.Popen(
        [sys.executable, "-m", "voc", "demo", "--port", str(port)], cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL
    )
    until = time.monotonic() + PATIENCE
    while not answers(port) and demo.poll() is None and time.monotonic() < until:
        time.sleep(0.1)
    assert answers(port)

    for chosen, words in ((port, f"Something listens at port {port} "), (port + 1, "Another demo runs in this folder")):
        second = subprocess.run(
            [sys.executable, "-m", "voc", "demo", "--port", str(chosen)], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert second.returncode == 1
        assert second.stderr.startswith(words)
        assert "Traceback" not in second.stderr

    demo.send_signal(signal.SIGTERM)
    assert demo.wait(PATIENCE) == 0
    assert not answers(port)
