"""Structured logs: JSON lines for machines, one readable line for a person at a terminal. Ids only, never what a customer wrote."""

import logging
import sys
import traceback
from contextvars import ContextVar

from pythonjsonlogger.orjson import OrjsonFormatter

request_id: ContextVar[str] = ContextVar("request_id", default="")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "request_id"}


class _WithRequest(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        vars(record).pop("color_message", None)  # uvicorn says everything twice
        if record.exc_info and record.exc_info[0] and record.exc_info[0].__name__ == "FailingListenerError":
            record.msg, record.args = "PostgreSQL does not answer: the job engine connects again", ()
            record.exc_info = record.exc_text = None
        if record.name == "uvicorn.error" and record.exc_info and record.exc_info[0]:
            _without_its_words(record, record.exc_info[0])
        return True


def _without_its_words(record: logging.LogRecord, kind: type[BaseException]) -> None:
    """What broke a request is told by its kind and the places in the code: its message may quote what a customer wrote."""
    trace = record.exc_info[2] if record.exc_info else None
    record.error = kind.__name__
    record.at = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-8:]]
    record.exc_info = record.exc_text = None


class _Readable(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{key}={value}" for key, value in vars(record).items() if key not in _STANDARD)
        line = (
            f"{self.formatTime(record, '%H:%M:%S')} {record.levelname.lower():7} {record.name.removeprefix('voc.')}: {record.getMessage()}"
        )
        line = f"{line}  {facts}" if facts else line
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def set_up(log_format: str, level: str) -> None:
    """Send all logs to standard error in one shape; `auto` is readable at a terminal and JSON elsewhere."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_WithRequest())
    if log_format == "json" or (log_format == "auto" and not sys.stderr.isatty()):
        fields = {"levelname": "level", "asctime": "at", "name": "logger"}
        handler.setFormatter(OrjsonFormatter("{asctime}{levelname}{name}{message}{request_id}", style="{", rename_fields=fields))
    else:
        handler.setFormatter(_Readable())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for own_way in ("uvicorn", "uvicorn.error", "uvicorn.access"):  # where a server was started in this process, it gave them handlers
        logging.getLogger(own_way).handlers.clear()
        logging.getLogger(own_way).propagate = True
    for noisy in ("httpx", "httpcore", "tortoise", "asyncio", "pgqueuer", "mail.log", "uvicorn.access", "strawberry.execution"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
