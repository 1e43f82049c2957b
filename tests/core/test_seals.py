"""What carries a seal is read back by the same purpose only."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc.core import settings
from voc.core.seals import SEAL, id_in, sealed, sealed_id, told_in
from voc.core.settings import Settings


@pytest.fixture(autouse=True)
def key() -> None:
    settings.install(Settings(secret="k" * 40))


@given(st.binary(min_size=1, max_size=60))
def test_what_was_sealed_is_told_again(told: bytes) -> None:
    text = sealed(told, "visit", 7)

    assert told_in(text, len(told), "visit", 7) == told
    assert told_in(text, len(told), "visit", 8) is None
    assert told_in(text, len(told) + 1, "visit", 7) is None


@given(st.uuids())
def test_an_id_is_told_to_its_own_purpose_only(row_id: UUID) -> None:
    text = sealed_id(row_id, "visit", 7)

    assert id_in(text, "visit", 7) == row_id
    assert id_in(text, "visit", 8) is None
    assert id_in(text[:-1], "visit", 7) is None


@pytest.mark.parametrize("text", ["", "a", "é" * 30, "not base64!", "A" * 43, "sealed" * 9])
def test_what_nobody_sealed_tells_nothing(text: str) -> None:
    assert told_in(text, 16, "visit") is None
    assert id_in(text, "visit") is None


def test_every_byte_of_a_text_counts() -> None:
    text = sealed(b"0123456789abcdef", "visit")

    changed = [text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :] for at in range(len(text) - 1)]

    assert len(changed) > SEAL
    assert [one for one in changed if told_in(one, 16, "visit")] == []
