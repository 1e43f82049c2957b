"""The loop, live: a month of history first, then contacts keep ending and customers keep answering until it is stopped."""

import asyncio
import random
import re
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta

from voc.demo.contacts import KINDS, Happened, happen, month
from voc.demo.doors import DemoFault, Doors
from voc.demo.mailbox import Mail, Mailbox
from voc.demo.people import Person, people
from voc.demo.telephones import Telephones, Text
from voc.demo.voices import voice

BATCH = 250
ANSWER_SHARE = 0.35
SECONDS_BETWEEN = (2.0, 7.0)
SURVEYS = {
    "after-call": ("csat-after-call", "csat", 1, 5),
    "after-chat": ("csat-after-chat", "csat", 1, 5),
    "delivery": ("nps-after-delivery", "nps", 0, 10),
    "repair": ("repair-visit", "csat", 1, 5),
    "self-service": ("ces-after-self-service", "ces", 1, 7),
}
UPSERT = "mutation DemoCustomers($input: UpsertCustomersInput!) { upsertCustomers(input: $input) { recorded updated refused } }"
SUBMIT = """
mutation DemoAnswer($input: SubmitResponseInput!) {
  submitResponse(input: $input) { __typename ... on InvalidInput { faults { path message } } ... on Problem { message } }
}
"""


class Play:
    """The cast, the dice and the doors; `say` gets a line for each thing worth watching."""

    def __init__(self, doors: Doors, mailbox: Mailbox, telephones: Telephones, say: Callable[[str], None], seed: int = 7) -> None:
        self.doors, self.mailbox, self.telephones, self.say = doors, mailbox, telephones, say
        self.dice = random.Random(seed)  # noqa: S311 - invented people
        self.people = people()
        self._by_mail = {person.email: person for person in self.people}
        self._by_phone = {person.phone: person for person in self.people}
        self._answering: set[asyncio.Task[None]] = set()

    async def set_the_stage(self) -> None:
        """Tell the CRM's customers and a month of contacts, and bring the answers that came on paper and by telephone menu."""
        self.telephones.on_text(self._text_came)
        await self.doors.ask(UPSERT, input={"customers": [person.as_input() for person in self.people]})
        self.say(f"{len(self.people)} customers from the CRM")
        past = month(self.people, self.dice, datetime.now(UTC))
        for start in range(0, len(past), BATCH):
            await self.doors.ingest([one.body for one in past[start : start + BATCH]])
        self.say(f"{len(past)} contacts of the past month from the contact centre")
        answered = [one for one in past if self.dice.random() < ANSWER_SHARE and one.body["outcome"] in ("solved", "unsolved")]
        for one in answered:
            await self._bring_answer(one)
        self.say(f"{len(answered)} answers of the past month by telephone menu and app")

    async def go_on(self) -> None:
        """Let contacts end and customers answer, for ever."""
        self.mailbox.on_mail(self._mail_came)
        while True:
            person = self.dice.choice(self.people)
            happened = happen(person, self.dice, datetime.now(UTC))
            await self.doors.ingest([happened.body])
            self.say(f"{happened.kind.touchpoint}: {person.name} ({happened.body['outcome']})")
            await asyncio.sleep(self.dice.uniform(*SECONDS_BETWEEN))

    def _mail_came(self, mail: Mail) -> None:
        person = self._by_mail.get(mail.to)
        link = re.search(r"https?://\S+/s/\S+", mail.part("plain"))
        if person and link and self.dice.random() < 0.7:
            self._do(self._answer_soon(person, link[0]))

    def _text_came(self, text: Text) -> None:
        person = self._by_phone.get(text.to)
        if person and self.dice.random() < 0.7:
            self._do(self._text_back_soon(person, text))

    def _do(self, answering: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(answering)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _text_back_soon(self, person: Person, text: Text) -> None:
        await asyncio.sleep(self.dice.uniform(4, 20))
        said = voice(person.language, self.dice)
        scale = re.search(r"\((\d+)-(\d+)\)", text.text)
        words = f"{said.score(int(scale[1]), int(scale[2]))} {said.words}".strip() if scale else said.words or "?"
        await self.telephones.reply(text, words)
        self.say(f"{person.name} texts back: {words}")

    async def _answer_soon(self, person: Person, link: str) -> None:
        await asyncio.sleep(self.dice.uniform(4, 20))
        said = voice(person.language, self.dice)
        try:
            heading = await self.doors.answer(link, said, person.phone if said.wants_call else "")
        except DemoFault as fault:
            self.say(f"{person.name} could not answer: {fault}")
        else:
            self.say(f"{person.name} answers{f': {said.words}' if said.words else ''} -> {heading}")

    async def _bring_answer(self, one: Happened) -> None:
        survey, question, low, high = SURVEYS[one.kind.touchpoint]
        said = voice(one.person.language, self.dice)
        answers: list[dict[str, object]] = [{"question": question, "value": {"number": said.score(low, high)}}]
        if said.words:
            answers.append({"question": "why", "value": {"text": said.words}})
        data = await self.doors.ask(
            SUBMIT,
            input={
                "survey": {"key": survey},
                "channel": "IVR" if one.kind in KINDS[:2] else "APP",
                "language": one.person.language,
                "source": "demo",
                "sourceId": one.external_id,
                "submittedAt": (one.ended_at + timedelta(minutes=self.dice.randrange(1, 90))).isoformat(),
                "contact": {"external": {"system": "contact-centre", "externalId": one.external_id}},
                "answers": answers,
            },
        )
        if data["submitResponse"]["__typename"] != "Response":
            raise DemoFault(f"An answer was refused: {data['submitResponse']}")
