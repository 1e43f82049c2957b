"""A real IMAP server for tests, over TLS: one account, one mailbox, and what was marked."""

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Post:
    """What lies in the mailbox, by number, and the flags of each; `password` is the account's."""

    port: int = 0
    password: str = "p@ss"
    mails: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, set[str]] = field(default_factory=dict)
    selected: list[str] = field(default_factory=list)

    def put(self, source: bytes) -> int:
        """A mail comes in."""
        number = len(self.mails) + 1
        self.mails[number], self.flags[number] = source, set()
        return number


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.post: Post = self.server.post  # type: ignore[attr-defined]
        self.say(b"* OK ready")
        while line := self.rfile.readline():
            tag, _, asked = line.decode().strip().partition(" ")
            if asked.upper().startswith("LOGOUT"):
                self.say(b"* BYE")
                self.say(f"{tag} OK done".encode())
                return
            self.say(f"{tag} {self.answer(asked)}".encode())

    def answer(self, asked: str) -> str:
        if asked == "CAPABILITY":
            self.say(b"* CAPABILITY IMAP4rev1")
        elif told := re.fullmatch(r'LOGIN (\S+) "(.*)"', asked):
            return "OK in" if told[2] == self.post.password else "NO [AUTHENTICATIONFAILED] wrong"
        elif told := re.fullmatch(r'SELECT "(.*)"', asked):
            self.post.selected.append(told[1])
            self.say(f"* {len(self.post.mails)} EXISTS".encode())
        elif asked == "UID SEARCH UNSEEN":
            unseen = [str(number) for number, flags in self.post.flags.items() if "\\Seen" not in flags]
            self.say(" ".join(["* SEARCH", *unseen]).encode())
        elif told := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", asked):
            part = self.post.mails[int(told[1])][: int(told[2])]
            self.say(f"* {told[1]} FETCH (UID {told[1]} BODY[]<0> {{{len(part)}}}".encode())
            self.wfile.write(part)
            self.say(b")")
        elif told := re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \((.*)\)", asked):
            self.post.flags[int(told[1])] |= set(told[2].split())
        else:
            return "BAD what?"
        return "OK done"

    def say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def imap_server(tls: ssl.SSLContext) -> Iterator[Post]:
    """A server on a free port of 127.0.0.1."""
    post = Post()
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.post = post  # type: ignore[attr-defined]
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *said: None  # type: ignore[method-assign]
        post.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield post
        server.shutdown()
