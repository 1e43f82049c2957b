"""Logs name what broke and where, and never quote a customer."""

import logging
from collections.abc import Iterator

import pytest
from pgqueuer.errors import FailingListenerError

from voc.core import log


@pytest.fixture
def written() -> Iterator[None]:
    """Puts the handlers of the test run back, however logs were set up."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.parametrize("shape", ["json", "text"])
@pytest.mark.usefixtures("written")
def test_a_request_that_broke_is_logged_without_the_words_of_the_error(shape: str, capsys: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("uvicorn").propagate = False  # as uvicorn leaves it when it sets up logs itself
    log.set_up(shape, "info")
    try:
        raise ValueError("Anna wrote: call me at 0612345678")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    said = capsys.readouterr().err
    assert "Exception in ASGI application" in said
    assert "ValueError" in said
    assert "test_log.py" in said
    assert "Anna" not in said


@pytest.mark.parametrize("shape", ["json", "text"])
@pytest.mark.usefixtures("written")
def test_a_job_engine_that_lost_its_database_is_one_readable_line(shape: str, capsys: pytest.CaptureFixture[str]) -> None:
    log.set_up(shape, "info")
    try:
        raise FailingListenerError
    except FailingListenerError:
        logging.getLogger("pgqueuer").exception("Unhandled %s", "exception")
    said = capsys.readouterr().err
    assert "PostgreSQL does not answer: the job engine connects again" in said
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said
