"""What was answered or typed so far, and what must be mended, while questions are made ready to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from voc.surveys.questions import OTHER as OTHER_CODE
from voc.surveys.questions import Choice, InRows, Row
from voc.surveys.texts import Texts
from voc.surveys.walking import Walk
from voc.web.questions.parts import Option, Room
from voc.web.voice import Voice

KNOWN, OTHER = "known", "other"


@dataclass(frozen=True, slots=True)
class Given:
    """`values` are answers or typed texts by name, `messages` what must be mended, `way` says what is offered to whom in which order.

    `phone` is the number we know the customer by; `files` are the names of files that were sent before.
    """

    voice: Voice
    way: Walk
    values: Mapping[str, object]
    messages: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    def say(self, texts: Texts) -> Markup:
        """A text, safe for HTML."""
        return self.voice.say(texts)

    def word(self, key: str, **values: object) -> Markup:
        """One of our own words on pages."""
        return self.voice.words(key, **values)

    def typed(self, name: str) -> str:
        """What stands in an input."""
        return written(self.values.get(name))

    def chosen(self, name: str) -> frozenset[str]:
        """The codes that are chosen."""
        given = self.values.get(name)
        if isinstance(given, bool):
            return frozenset({"yes" if given else "no"})
        if isinstance(given, list | tuple):
            return frozenset(str(one) for one in given)
        return frozenset() if given is None else frozenset({written(given)})

    def room(self, name: str, label: Markup | str = "", **more: Any) -> Room:
        """An input with what was typed into it."""
        return Room(name=name, value=self.typed(name), label=label, fault=self.messages.get(name, ""), **more)

    def rows(self, question: InRows) -> list[tuple[Row, str]]:
        """The rows that are asked about with the beginning of the names of their answers, in the order for this customer."""
        names = {row.code: name for row, name in question.row_names()}
        return [(row, names[row.code]) for row in self.way.rows(question)]

    def options(self, name: str, choices: tuple[Choice, ...], rooms: Mapping[str, str] | None = None) -> tuple[Option, ...]:
        """Choices as options of the answer `name`; `rooms` are the names of own words beside them."""
        chosen, own = self.chosen(name), rooms or {}
        return tuple(
            Option(
                id=f"{name}-{choice.code if choice.code == OTHER_CODE else number}",
                value=choice.code,
                text=self.say(choice.text) or choice.code,
                is_chosen=choice.code in chosen,
                image=choice.image,
                room=self.room(own[choice.code], self.voice.word("other_words")) if choice.code in own else None,
            )
            for number, choice in enumerate(choices)
        )


def written(given: object) -> str:
    """An answer as it stands in an input; a list stands in several."""
    if given is None or isinstance(given, list | tuple):
        return ""
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    return str(given)


def masked_phone(number: str) -> str:
    """Enough of a number to recognise one's own."""
    return f"{number[:3]} ••• {number[-2:]}"


def shown_phone(number: str) -> Markup:
    """The same for a page: a number reads from left to right in every language."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(masked_phone(number))
