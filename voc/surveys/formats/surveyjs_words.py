"""Texts, choices and rows as SurveyJS writes them. PURE."""

from html import escape
from typing import Any

from voc.surveys.formats.surveyjs_conditions import Said
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Choice
from voc.surveys.questions.rows import InRows
from voc.surveys.texts import Texts

Json = dict[str, Any]
_LEFT = "vocShowIf"


def filled(raw: Json) -> Json:
    """Without the members that say nothing."""
    return {key: value for key, value in raw.items() if not (value is None or value is False or value in ("", [], {}))}


class Worded:
    """Writes the words of one questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.of = questionnaire
        self.base = questionnaire.default_language
        self.said = Said(questionnaire)

    def shown(self, condition: str) -> Json:
        """A condition, or what stands in its place where SurveyJS cannot say it."""
        if not condition:
            return {}
        met = self.said.condition(condition)
        return {"visibleIf": met} if met else {_LEFT: condition}

    def texts(self, texts: Texts) -> object:
        """A text in one language or several."""
        said = {language: self.said.text(text) for language, text in texts.items()}
        if not said:
            return None
        base = said.pop(self.base, "")
        return {"default": base, **said} if said else base

    def html(self, *parts: Texts) -> object:
        """Texts under each other, escaped."""
        languages = dict.fromkeys(language for part in parts for language in part)
        said = {
            language: "<br>".join(escape(part[language]).replace("\n", "<br>") for part in parts if language in part)
            for language in languages
        }
        return self.texts(Texts(said))

    def choices(self, choices: tuple[Choice, ...]) -> list[Json]:
        """Choices or columns."""
        return [
            filled(
                {
                    "value": choice.code,
                    "text": self.texts(choice.text) or choice.code,
                    "imageLink": choice.image,
                    "isExclusive": choice.exclusive,
                    "showCommentArea": choice.own_words,
                    **self.shown(choice.show_if),
                }
            )
            for choice in choices
        ]

    def rows(self, question: InRows) -> list[Json]:
        """Rows."""
        return [filled({"value": row.code, "text": self.texts(row.text) or row.code, **self.shown(row.show_if)}) for row in question.rows]
