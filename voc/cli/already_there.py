"""What runs already, said in one sentence before anything is begun."""

import errno
import os
import socket

from voc.cli.frame import stop
from voc.core.db.address import SqliteFile, parse_url
from voc.core.filelock import FileLock


def is_worked_on(database_url: str) -> bool:
    """Whether a process works on this SQLite file; of a server anybody may."""
    where = parse_url(database_url)
    if not isinstance(where, SqliteFile) or not where.path.parent.exists():
        return False
    lock = FileLock(where.path.with_name(where.path.name + ".worker.lock"))
    is_free = lock.take()
    lock.release()
    return not is_free


def refuse_a_second_one(database_url: str) -> None:
    """End the command where another process works on the SQLite file."""
    if is_worked_on(database_url):
        stop("Another `voc serve` works on this database already: stop that one, or set VOC_DATABASE_URL to a PostgreSQL database.")


def refuse_a_taken_port(host: str, port: int) -> None:
    """End the command at once where the server would find out when everything is loaded."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        stop(f"{host} is no address of this machine: choose another with --host, such as 127.0.0.1 or 0.0.0.0.")
    with socket.socket(family, kind, protocol) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                stop(f"Something listens at port {port} of {host} already: stop it, or choose another with --port.")
            stop(f"Port {port} of {host} cannot be opened ({error.strerror}): choose others with --host and --port.")
