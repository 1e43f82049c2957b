"""The mail that asks, whole: text, HTML and headers, as the relay gets it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from voc.core.remember import remembered
from voc.outreach.delivering.ask import Ask, Reminding, Sender
from voc.outreach.links import Links
from voc.outreach.mail.headers import comes_back_to, headers_of, one_line
from voc.outreach.mail.moulds import Mould, gap, marked_up, pieces, plain
from voc.outreach.mail.source import source_of
from voc.outreach.mail.wording import Words, direction, words_for
from voc.surveys.flow import first_question, minutes
from voc.surveys.placeholders import filled
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Question, Scale, YesNo
from voc.surveys.texts import Texts
from voc.surveys.words import word

LONGEST_SUBJECT = 120
WIDEST_LADDER = 7
MOST_MOULDS = 200


@dataclass(frozen=True, slots=True)
class Mail:
    """A finished mail: `source` is the whole of it, `sender` and `to` its envelope."""

    message_id: str
    sender: str
    to: str
    subject: str
    source: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says: its subject, its plain text and its HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to press: its address, what is seen, and what a screen reader says around it."""

    href: str
    label: str
    before: str = ""
    after: str = ""


def render(ask: Ask, now: datetime) -> Mail:
    """The mail for one invitation. Nothing a customer or colleague typed can add a header or markup."""
    written = letter(ask)
    source = source_of(headers_of(ask, written.subject, now), written.text, written.html, ask.invitation_id)
    return Mail(ask.message_id, comes_back_to(ask), ask.address, written.subject, source)


def letter(ask: Ask) -> Letter:
    """What the mail says, before it is packed for the relay."""
    own = {name: value for name, value in ask.values.items() if value}
    reminding = ask.reminding and replace(ask.reminding, thread=ask.reminding.thread[:1] and ("",))
    mould = _mould(ask.questionnaire, ask.language, ask.sender, ask.is_test, reminding, frozenset(own))
    own |= {f"links.{name}": getattr(ask.links, name) for name in Links.__slots__}
    subject = one_line(plain(mould.subject, own))[:LONGEST_SUBJECT]
    return Letter(subject, plain(mould.text, own), marked_up(mould.html, own))


@remembered(MOST_MOULDS)
def _mould(
    questionnaire: Questionnaire, language: str, sender: Sender, is_test: bool, reminding: Reminding | None, known: frozenset[str]
) -> Mould:
    """What all such mails have in common; `known` are the values that the reader has."""
    ask = Ask(
        invitation_id=UUID(int=0),
        address="",
        language=language,
        questionnaire=questionnaire,
        sender=sender,
        links=Links(**{name: gap(f"links.{name}") for name in Links.__slots__}),
        values={name: gap(name) for name in known},
        is_test=is_test,
        reminding=reminding,
    )
    texts = _texts(ask)
    text, html = (_ENVIRONMENT.get_template(f"invitation.{kind}.j2").render(texts) for kind in ("txt", "html"))
    return Mould(pieces(_subject(ask, texts)), pieces(text), pieces(html))


def _subject(ask: Ask, texts: Mapping[str, Any]) -> str:
    """A reminder is an answer in the thread of the ask: mail programs put it there by its subject and its references together."""
    if ask.is_test:
        return f"[{texts['words']('test')}] {texts['subject']}"
    return f"Re: {texts['subject']}" if ask.reminding and ask.reminding.thread else str(texts["subject"])


def _reminder(reminding: Reminding | None, words: Words) -> str:
    if reminding is None:
        return ""
    said = words("reminder", day=reminding.asked_on)
    return f"{said} {words('reminder_last')}" if reminding.is_last else said


def _texts(ask: Ask) -> dict[str, Any]:
    questionnaire, language, words = ask.questionnaire, ask.language, words_for(ask.language)

    def say(texts: Texts) -> str:
        return filled(texts.say(language), ask.values).strip()

    question = first_question(questionnaire)
    invitation = questionnaire.invitation
    return {
        "language": language,
        "direction": direction(language),
        "words": words,
        "sender": ask.sender,
        "links": ask.links,
        "minutes": words("minutes", count=minutes(questionnaire)),
        "subject": say(invitation.subject),
        "greeting": say(invitation.greeting),
        "reminder": _reminder(ask.reminding, words),
        "intro": say(questionnaire.intro),
        "why": say(invitation.why),
        "use": say(invitation.use),
        "closing": say(invitation.closing),
        "question": say(question.text),
        "ends": _ends(question, language, words),
        "rungs": _rungs(ask, question, words),
        "blocks": _blocks(ask, question, words),
    }


def _ends(question: Question, language: str, words: Words) -> str:
    if not isinstance(question, Scale) or not (question.low and question.high):
        return ""
    lowest, highest = question.ends
    return words("ends", lowest=lowest, highest=highest, low=question.low.say(language), high=question.high.say(language))


def _rungs(ask: Ask, question: Question, words: Words) -> list[Step]:
    """Few answers stand below each other, each as wide as the mail."""
    if isinstance(question, YesNo):
        said = {
            "yes": question.yes_text.say(ask.language) or word(ask.questionnaire, "yes", ask.language),
            "no": question.no_text.say(ask.language) or word(ask.questionnaire, "no", ask.language),
        }
        return [Step(f"{ask.links.landing}?{question.id}={code}", label) for code, label in said.items()]
    if not isinstance(question, Scale) or len(question.points) > WIDEST_LADDER:
        return []
    lowest, highest = question.ends
    meanings = {lowest: question.low.say(ask.language), highest: question.high.say(ask.language)}
    return [_score(ask, question, point, words, meanings.get(point, "")) for point in question.points]


def _blocks(ask: Ask, question: Question, words: Words) -> list[list[Step]]:
    """Many answers stand in two blocks, which come beside each other where there is room."""
    if not isinstance(question, Scale) or len(question.points) <= WIDEST_LADDER:
        return []
    steps = [_score(ask, question, point, words) for point in question.points]
    half = (len(steps) + 1) // 2
    return [steps[:half], steps[half:]]


def _score(ask: Ask, question: Scale, point: int, words: Words, meaning: str = "") -> Step:
    label = f"{point}, {meaning}" if meaning else str(point)
    after = words("score_after", highest=question.ends[1])
    return Step(f"{ask.links.landing}?{question.id}={point}", label, words("score_before"), "" if meaning else after)


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(["html.j2"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
