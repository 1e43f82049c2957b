"""The shapes of answers."""

from datetime import date, datetime

from voc.api.exposed import interface, shape


@interface
class Answer:
    """One question's value in a response. New kinds may be added: handle unknown ones by `asked` and `shown`."""

    question: str
    """The name it is kept under: the key of the question, with the row, field or choice behind it where there are several answers to it."""
    asked: str
    """The question as the customer read it, with the row or field where there are several answers to it."""
    shown: str | None
    """The answer in words, for a person; null where you may not read it."""
    answered_at: datetime
    """When it was given, or last changed."""


@shape
class ScaleAnswer(Answer):
    """A number on a scale, such as that of NPS."""

    point: int | None
    """The number; null where you may not read it."""
    lowest: int
    """The lowest number of the scale."""
    highest: int
    """The highest number of the scale."""


@shape
class NumberAnswer(Answer):
    """A number that was typed."""

    number: float | None
    """The number; null where you may not read it."""


@shape
class ChoiceAnswer(Answer):
    """One of several choices."""

    choice: str | None
    """The code of the choice; null where you may not read it."""


@shape
class ChoicesAnswer(Answer):
    """Any number of several choices."""

    choices: list[str]
    """The codes of the choices; empty where you may not read them."""


@shape
class TextAnswer(Answer):
    """Own words."""

    text: str | None
    """The words; null where you may not read them."""


@shape
class DateAnswer(Answer):
    """A day."""

    date: date | None
    """The day; null where you may not read it."""


@shape
class YesNoAnswer(Answer):
    """Yes or no."""

    yes_no: bool | None
    """True for yes; null where you may not read it."""


@shape
class TimeAnswer(Answer):
    """A time of day."""

    time: str | None
    """The time on the customer's own clock, such as 14:30; null where you may not read it."""


@shape
class DateTimeAnswer(Answer):
    """A day with a time."""

    local: str | None
    """The moment on the customer's own clock, such as 2026-01-31T14:30; null where you may not read it."""


@shape
class FilesAnswer(Answer):
    """Files that were sent along."""

    files: list[str]
    """Their ids; empty where you may not read them."""
