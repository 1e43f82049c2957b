"""Templates of gateways: what they may say, every fault at its place, what an answer means; and texts in every language of the library."""

from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from voc.core.errors import Invalid
from voc.core.gsm7 import Alphabet, messages_for
from voc.core.settings import Settings, SettingsError
from voc.outreach.channels.gateway import asked_wait, everywhere, filled
from voc.outreach.gateways import settled
from voc.outreach.gateways.reading import read_template
from voc.outreach.gateways.settled import gateway_in, ready_gateways
from voc.outreach.gateways.template import Outcome, Template, text_at
from voc.outreach.models import DeliveryState
from voc.outreach.returning.receipt_states import state_after
from voc.outreach.returning.reply_words import Meaning, Reply, understood
from voc.outreach.wishes.phone_numbers import as_e164, takes_texts
from voc.surveys.library import load, ready
from voc.surveys.sms_text import SECRET, sms_text

SMALLEST = {
    "name": "Tiny",
    "send": {"url": "https://tiny.example/{to}", "form": {"text": "{text}"}, "read": {"id": "id"}, "taken": "told.http == 200"},
}
LINK = f"https://stem.fiber.example/s/{'x' * SECRET}"


def shipped(key: str) -> Template:
    return read_template(Path(settled.__file__).with_name(f"{key}.yaml").read_text("utf-8"), key)


def faults(**changed: Any) -> dict[str, str]:
    document = {**SMALLEST, **{name: value for name, value in changed.items() if name != "send"}}
    document["send"] = {**SMALLEST["send"], **changed.get("send", {})}  # type: ignore[dict-item]
    with pytest.raises(Invalid) as refused:
        read_template(yaml.safe_dump(document), "tiny")
    return {fault.path: fault.message for fault in refused.value.faults}


def test_four_gateways_are_ready_and_a_small_one_is_quickly_written() -> None:
    assert ready_gateways() == ("bird", "cm", "twilio", "vonage")
    assert {shipped(key).name for key in ready_gateways()} == {"Bird", "CM.com", "Twilio", "Vonage"}
    tiny = read_template(yaml.safe_dump(SMALLEST), "tiny")
    assert (tiny.receipts, tiny.replies, tiny.is_signed, tiny.most_parts) == (None, None, False, 3)


def test_every_fault_of_a_template_names_its_place_and_the_way_out() -> None:
    assert faults(nam="x", most_parts=0, send={"taken": "told.htp == 200", "url": "ftp://x", "form": {"a": "{txt}"}}) == {
        "nam": "There is no `nam` here. Did you mean `name`?",
        "most_parts": "`most_parts` is a whole number from 1 to 10.",
        "send.url": "The address begins with https://.",
        "send.form.a": "There is no placeholder `{txt}`. Did you mean `{text}`?",
        "send.taken": faults(send={"taken": "told.htp == 200"})["send.taken"],
    }
    assert "`htp`" in faults(send={"taken": "told.htp == 200"})["send.taken"]
    assert faults(send={"body": {"a": 1}}) == {"send": "Write either `form` (fields of a form) or `body` (JSON)."}
    assert faults(receipts={"read": {"status": "s"}}) == {"receipts.read.id": "Say where `id` stands."}
    assert set(faults(replies={"read": {"id": "i", "sender": "s", "text": "t"}, "stops": "told.nothing == ''"})) == {"replies.stops"}
    with pytest.raises(Invalid, match=r"no YAML \(line 1"):
        read_template("{", "tiny")


@pytest.mark.parametrize(
    ("key", "http", "answer", "means"),
    [
        ("twilio", 201, {"sid": "SM1"}, Outcome.TAKEN),
        ("twilio", 400, {"code": 21614}, Outcome.BOUNCED),
        ("twilio", 400, {"code": 21610}, Outcome.STOPPED),
        ("twilio", 429, {"code": 20429}, None),
        ("twilio", 503, None, None),
        ("bird", 202, {"id": "m1"}, Outcome.TAKEN),
        ("bird", 422, {"code": "InvalidPayload"}, Outcome.REFUSED),
        ("bird", 401, {"code": "Unauthorized"}, None),
        ("cm", 200, {"messages": [{"reference": "r", "status": "Accepted", "messageErrorCode": 0}]}, Outcome.TAKEN),
        ("cm", 400, {"messages": [{"reference": "r", "status": "Rejected", "messageErrorCode": 303}]}, Outcome.BOUNCED),
        ("vonage", 200, {"messages": [{"status": "0", "message-id": "v1"}]}, Outcome.TAKEN),
        ("vonage", 200, {"messages": [{"status": "1", "error-text": "Throttled"}]}, None),
        ("vonage", 200, {"messages": [{"status": "3"}]}, Outcome.REFUSED),
    ],
)
def test_an_answer_is_taken_final_or_worth_another_attempt(key: str, http: int, answer: object, means: Outcome | None) -> None:
    read = shipped(key).send.answer
    assert read.outcome(read.texts(answer, http)) is means


def test_receipts_mean_the_same_in_any_order() -> None:
    told = (Outcome.DELIVERED, Outcome.REFUSED, Outcome.BOUNCED, Outcome.STOPPED, Outcome.TAKEN)
    for begun, many in product((DeliveryState.STARTED, DeliveryState.ACCEPTED), range(1, 5)):
        for some in permutations(told, many):
            state = begun
            for one in (*some, *some):
                state = state_after(state, one)
            assert (state is DeliveryState.DELIVERED) == (Outcome.DELIVERED in some)
            assert state is DeliveryState.DELIVERED or (state is DeliveryState.BOUNCED) == (Outcome.BOUNCED in some)
    assert state_after(DeliveryState.ACCEPTED, Outcome.REFUSED) is DeliveryState.FAILED


@pytest.mark.parametrize(
    ("said", "means"),
    [
        *(
            (word, Reply(Meaning.STOP))
            for word in ("STOP", " stop. ", "Stopp", "ARRÊT", "arret", "Baja", "AFMELDEN", "stop alstublieft", "unsubscribe")
        ),
        *((word, Reply(Meaning.RESUME)) for word in ("START", "unstop", "Alta")),
        ("8", Reply(Meaning.SCORE, 8)),
        (" 10 ", Reply(Meaning.SCORE, 10)),
        ("9/10 prima!", Reply(Meaning.SCORE, 9, "prima!")),
        ("8 because the agent was friendly", Reply(Meaning.SCORE, 8, "because the agent was friendly")),
        ("0, nooit meer", Reply(Meaning.SCORE, 0, "nooit meer")),
        ("7.\nBedankt", Reply(Meaning.SCORE, 7, "Bedankt")),
        *(
            (word, Reply(Meaning.WORDS))
            for word in ("", "11", "8.5", "8,5", "8:30 graag", "8-9", "100", "8th floor", "5 %", "I cannot stop", "Bel mij")
        ),
    ],
)
def test_a_text_is_understood(said: str, means: Reply) -> None:
    assert understood(said) == means


def test_what_the_gateway_took_it_for_counts_first() -> None:
    assert understood("9", "stop") == Reply(Meaning.STOP)
    assert understood("hallo", "resume") == Reply(Meaning.RESUME)


def test_a_number_takes_texts_where_it_is_a_mobile_of_an_allowed_country() -> None:
    assert [takes_texts(one) for one in ("+31612345678", "+12025550123", "+31201234567", "+31", "0612345678")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert takes_texts("+31612345678", "NL,BE")
    assert not takes_texts("+4915112345678", "NL,BE")
    assert {as_e164(one, "NL") for one in ("31612345678", "0031612345678", "+31 6 1234-5678", "06 1234 5678")} == {"+31612345678"}
    assert [as_e164(one, "NL") for one in ("Fiber", "3669")] == ["Fiber", "3669"]


def test_what_is_put_in_is_never_read_again() -> None:
    known = {"text": "{key} & 50%", "key": "secret"}
    assert everywhere({"a": ["{text}", 1, None]}, known) == {"a": ["{key} & 50%", 1, None]}
    assert filled("{text}{key}", known) == "{key} & 50%secret"
    assert text_at({"messages": [{"ok": True, "n": 5}]}, "messages.0.ok") == "true"
    assert text_at({"messages": []}, "messages.0.n") is None


def test_what_a_gateway_asks_to_wait_is_heeded_up_to_an_hour() -> None:
    seconds = [
        wait.total_seconds() if (wait := asked_wait(said)) else None
        for said in ("90", "999999", "", "soon", "Mon, 01 Jan 2024 00:00:00 GMT")
    ]
    assert seconds == [90, 3600, None, None, None]


def test_a_gateway_without_what_it_needs_is_one_sentence(tmp_path: Path) -> None:
    known = {"sms_sender": "+31970000000", "sms_account": SecretStr("AC1"), "sms_key": SecretStr("hush-hush")}
    chosen = Settings(sms_gateway="twilio", **known)  # type: ignore[arg-type]
    assert gateway_in(Settings()) is None
    assert "hush" not in repr(gateway_in(chosen))
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("name: x\nsend: {url: 'https://x', body: {}, taken: 'true ='}\n")
    for changed, said in (
        ({"sms_key": None}, "Twilio needs VOC_SMS_KEY."),
        ({"sms_gateway": "bird"}, "Bird signs what it tells: set VOC_SMS_SIGNING_KEY"),
        ({"sms_gateway": "carrier-pigeon"}, "VOC_SMS_GATEWAY takes bird, cm, twilio, vonage or the path"),
        ({"sms_gateway": str(wrong)}, "The template of VOC_SMS_GATEWAY is wrong at `send.taken`"),
    ):
        with pytest.raises(SettingsError, match=said):
            gateway_in(chosen.model_copy(update=changed))


@pytest.mark.parametrize("key", ["csat-after-call", "csat-after-chat", "nps-after-delivery"])
def test_texts_of_the_demo_take_one_message_and_their_reminders_too_where_the_alphabet_allows(key: str) -> None:
    questionnaire = load(key).questionnaire
    for language, is_reminder in product(questionnaire.languages, (False, True)):
        text = sms_text(questionnaire, language, {"brand.name": "Fiber & Zo"}, LINK, is_reminder=is_reminder)
        found = messages_for(text)
        assert text.endswith(": STOP")
        assert LINK in text
        assert (found.alphabet, found.count) == ((Alphabet.UCS2, 2) if language == "ar" else (Alphabet.GSM7, 1)), text


def test_texts_of_the_library_are_never_longer_than_a_gateway_takes() -> None:
    for one in ready():
        for language in one.questionnaire.languages:
            text = sms_text(one.questionnaire, language, {"brand.name": "Fiber & Zo"}, LINK)
            assert messages_for(text).count <= min(shipped(key).most_parts for key in ready_gateways()), text
