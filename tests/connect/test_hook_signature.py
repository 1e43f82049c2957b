"""Signatures of webhooks, held against the published example of Standard Webhooks."""

from datetime import UTC, datetime, timedelta

import pytest

from voc.connect.hook_signature import SignatureError, secret_text, sign, verify

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MESSAGE = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = datetime.fromtimestamp(1614265330, UTC)
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_example_gets_the_published_signature() -> None:
    assert sign(SECRET, MESSAGE, AT, BODY) == {
        "webhook-id": MESSAGE,
        "webhook-timestamp": "1614265330",
        "webhook-signature": SIGNATURE,
    }


def test_a_secret_is_a_key_in_base64_behind_its_prefix() -> None:
    assert secret_text(b"\x00\xff" * 16) == "whsec_AP8A/wD/AP8A/wD/AP8A/wD/AP8A/wD/AP8A/wD/AP8="


def test_a_receiver_can_check_a_message() -> None:
    headers = sign(SECRET, MESSAGE, AT, BODY)
    verify(SECRET, headers, BODY, AT + timedelta(minutes=4))
    verify(SECRET, {**headers, "webhook-signature": f"v1a,other v1,AAAA {SIGNATURE}"}, BODY, AT)


@pytest.mark.parametrize(
    ("change", "body", "late", "why"),
    [
        ({}, BODY + b" ", 0, "No signature fits"),
        ({"webhook-id": "msg_other"}, BODY, 0, "No signature fits"),
        ({"webhook-timestamp": "1614265331"}, BODY, 0, "No signature fits"),
        ({"webhook-signature": SIGNATURE.replace("v1,", "v2,")}, BODY, 0, "No signature fits"),
        ({"webhook-signature": ""}, BODY, 0, "No signature fits"),
        ({"webhook-signature": "v1,é"}, BODY, 0, "No signature fits"),
        ({"webhook-timestamp": "yesterday"}, BODY, 0, "are needed"),
        ({}, BODY, 301, "too old"),
        ({}, BODY, -301, "too old"),
    ],
)
def test_what_was_changed_or_is_old_is_refused(change: dict[str, str], body: bytes, late: int, why: str) -> None:
    headers = sign(SECRET, MESSAGE, AT, BODY) | change
    with pytest.raises(SignatureError, match=why):
        verify(SECRET, headers, body, AT + timedelta(seconds=late))


def test_a_message_without_headers_is_refused() -> None:
    with pytest.raises(SignatureError, match="are needed"):
        verify(SECRET, {}, BODY, AT)
