"""A whole service as its operator starts it: processes, a mail server, a token. Everything below goes through public doors."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.commands import voc
from voc.demo.mailbox import Mailbox, free_port

ORGANISATION = Path(__file__).resolve().parents[2] / "voc" / "demo" / "organisation"
ALL_MAILS = 100_000


@dataclass
class Service:
    """One installation: its settings, its processes and what its mail server received."""

    database_url: str
    mailbox: Mailbox
    log: Path
    port: int = field(default_factory=free_port)
    token: str = ""
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of every process."""
        own = {
            "VOC_DATABASE_URL": self.database_url,
            "VOC_SECRET": "story " * 8,
            "VOC_BASE_URL": self.base_url,
            "VOC_SMTP_URL": self.mailbox.url,
            "VOC_SMTP_STARTTLS": "off",
            "VOC_LOG_FORMAT": "json",
            "VOC_RATE_LIMITS": "false",
            "VOC_WEBHOOK_PRIVATE": "true",
        }
        return {**{name: value for name, value in os.environ.items() if not name.startswith("VOC_")}, **own}

    def voc(self, *arguments: str) -> str:
        """Run a command to its end and give what it printed."""
        done = voc(self.environment, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self) -> None:
        """Start the server, with a worker beside it on PostgreSQL, and wait until it is ready."""
        self._spawn("serve", "--port", str(self.port))
        if not self.database_url.startswith("sqlite"):
            self._spawn("worker")
        self.wait_until_ready()

    def wait_until_ready(self, seconds: float = 120) -> None:
        """Wait for `/health/ready`."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if httpx.get(f"{self.base_url}/health/ready", timeout=5).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            for name, process in self.processes.items():
                assert process.poll() is None, f"{name} ended: {self.log.read_text()[-3000:]}"
            time.sleep(0.1)
        raise AssertionError(f"not ready after {seconds} s: {self.log.read_text()[-3000:]}")

    def kill(self, name: str) -> None:
        """kill -9."""
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def revive(self, name: str) -> None:
        """Start what was killed."""
        self._spawn(*(("serve", "--port", str(self.port)) if name == "serve" else (name,)))

    def stop(self) -> None:
        """Stop every process as an operator does."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
        self.processes.clear()

    def _spawn(self, *arguments: str) -> None:
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "voc", *arguments]
            self.processes[arguments[0]] = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)


@contextmanager
def installed(database_url: str, folder: Path) -> Iterator[Service]:
    """A furnished installation, not yet started; stopped at the end."""
    mailbox = Mailbox(kept=ALL_MAILS)
    mailbox.start()
    service = Service(database_url, mailbox, folder / "service.log")
    try:
        service.voc("migrate")
        service.voc("apply", str(ORGANISATION))
        service.token = service.voc("token", "create", "--name", "story", "--role", "integration").strip()
        yield service
    finally:
        service.stop()
        mailbox.stop()
