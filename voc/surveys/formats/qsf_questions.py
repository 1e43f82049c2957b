"""Questions as Qualtrics writes them. PURE."""

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import (
    CallMeBack,
    Cells,
    Choice,
    Choosing,
    Consent,
    ConstantSum,
    Date,
    DateTime,
    Fields,
    FileUpload,
    Format,
    Hidden,
    InRows,
    Look,
    Matrix,
    MultipleChoice,
    Nps,
    Number,
    Question,
    Ranking,
    Scale,
    SideBySide,
    Slider,
    Text,
    Time,
    YesNo,
)
from voc.surveys.texts import Texts

Json = dict[str, Any]
_PLACEHOLDER = re.compile(r"\{\s*([a-z]+)\.([a-z0-9_]+)\s*(?:\|[^{}]*)?\}")
_CONTENT = {Format.EMAIL: "ValidEmail", Format.PHONE: "ValidPhone", Format.URL: "ValidURL", Format.NUMBER: "ValidNumber"}


class Asking:
    """Writes the questions of one questionnaire."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.of = questionnaire
        self.base = questionnaire.default_language
        self._asked = [question for question in questionnaire.questions() if not isinstance(question, Hidden)]
        self.ids = {id(question): f"QID{number}" for number, question in enumerate(self._asked, 1)}
        self._by_name = {name: question for question in questionnaire.questions() for name in question.names()}

    def html(self, text: str) -> str:
        """A text, escaped, with answers as Qualtrics pipes them."""
        return _PLACEHOLDER.sub(self._pipe, escape(text, quote=False)).replace("\n", "<br>")

    def _pipe(self, match: re.Match[str]) -> str:
        if match[1] != "answers":
            return "${m://FirstName}" if match[0].startswith("{customer.first_name") else f"${{e://Field/{match[1]}_{match[2]}}}"
        question = self._by_name.get(match[2])
        if isinstance(question, Hidden):
            return f"${{e://Field/{question.key or question.id}}}"
        if question is None:
            return match[0]
        part = "ChoiceGroup/SelectedChoices" if isinstance(question, Choosing) else "ChoiceTextEntryValue"
        return f"${{q://{self.ids[id(question)]}/{part}}}"

    def listed(self, parts: Iterable[tuple[str, Texts, Json]], key: str = "Choices", codes: str = "RecodeValues") -> Json:
        """Parts by number, in order, with the codes that they are stored under."""
        found = list(parts)
        shown = {
            str(number): {"Display": self.html(text.say(self.base) or code), **more} for number, (code, text, more) in enumerate(found, 1)
        }
        kept = {str(number): code for number, (code, _, _) in enumerate(found, 1)}
        order = "ChoiceOrder" if key == "Choices" else "AnswerOrder"
        return {key: shown, order: list(shown), **({codes: kept} if any(number != code for number, code in kept.items()) else {})}

    def choices(self, choices: Iterable[Choice], key: str = "Choices") -> Json:
        """Choices or columns."""
        return self.listed(((choice.code, choice.text, _of_choice(choice)) for choice in choices), key)

    def rows(self, question: InRows) -> Json:
        """Rows."""
        return self.listed(
            ((row.code, row.text, {"TextEntry": "true"} if row.own_words else {}) for row in question.rows), codes="ChoiceDataExportTags"
        )

    def choosing(self, question: Choosing) -> Json:
        """One, several, or an order of them."""
        if isinstance(question, Ranking):
            return {"QuestionType": "RO", "Selector": "DND", "SubSelector": "TX", **self.choices(question.all_choices)}
        is_list = getattr(question, "look", Look.BUTTONS) is Look.DROP_DOWN
        selector = "MAVR" if isinstance(question, MultipleChoice) else "DL" if is_list else "SAVR"
        limits: Json = {}
        if isinstance(question, MultipleChoice) and (question.at_least or question.at_most):
            limits = {"Type": "ChoiceRange", "MinChoices": str(question.at_least or ""), "MaxChoices": str(question.at_most or "")}
        return {
            "QuestionType": "MC",
            "Selector": selector,
            "SubSelector": "TX",
            "Validation": limits,
            **self.choices(question.all_choices),
        }

    def scale(self, question: Scale) -> Json:
        """Numbers in a row."""
        numbers = self.listed((str(point), Texts({self.base: str(point)}), {}) for point in question.points)
        return {"QuestionType": "MC", "Selector": "SAHR", "SubSelector": "TX", **numbers}

    def nps(self, question: Nps) -> Json:
        """An NPS, which Qualtrics has itself."""
        numbers = {str(point): {"Display": str(point)} for point in question.points}
        ends = [question.low.say(self.base), question.high.say(self.base)]
        return {
            "QuestionType": "MC",
            "Selector": "NPS",
            "Choices": numbers,
            "ChoiceOrder": list(numbers),
            "ColumnLabels": [{"Display": self.html(end)} for end in ends],
        }

    def matrix(self, question: Matrix) -> Json:
        """A table."""
        columns = self.choices(question.columns, "Answers")
        if question.cells in (Cells.SINGLE, Cells.MULTIPLE):
            kind = {
                "Selector": "Bipolar" if question.bipolar else "Likert",
                "SubSelector": "SingleAnswer" if question.cells is Cells.SINGLE else "MultipleAnswer",
            }
        else:
            kind = {"Selector": "TE", "SubSelector": "Short"}
        return {"QuestionType": "Matrix", **kind, **columns, **self.rows(question)}

    def side_by_side(self, question: SideBySide) -> Json:
        """A table with columns of several kinds."""
        groups: Json = {}
        for number, group in enumerate(question.groups, 1):
            is_typed = group.cells in (Cells.TEXT, Cells.NUMBER)
            columns = self.choices(group.columns or (Choice(code="1", text=group.text),), "Answers")
            kind = (
                {"Selector": "TE", "SubSelector": "Short"}
                if is_typed
                else {"Selector": "Likert", "SubSelector": "SingleAnswer" if group.cells is Cells.SINGLE else "MultipleAnswer"}
            )
            groups[str(number)] = {
                "QuestionType": "Matrix",
                "QuestionText": self.html(group.text.say(self.base)),
                **kind,
                **columns,
                **self.rows(question),
            }
        return {
            "QuestionType": "SBS",
            "Selector": "SBSMatrix",
            "SubSelector": "",
            "AdditionalQuestions": groups,
            "NumberOfQuestions": len(groups),
            **self.rows(question),
        }

    def slider(self, question: Slider) -> Json:
        """A slider for each row."""
        rows = self.rows(question) if question.rows else {"Choices": {"1": {"Display": ""}}, "ChoiceOrder": ["1"]}
        ends = {"1": {"Display": self.html(question.low.say(self.base))}, "2": {"Display": self.html(question.high.say(self.base))}}
        scale = {"CSSliderMin": question.lowest, "CSSliderMax": question.highest, "GridLines": 10, "SnapToGrid": False}
        return {"QuestionType": "Slider", "Selector": "HSLIDER", "Configuration": scale, "Labels": ends, **rows}

    def constant_sum(self, question: ConstantSum) -> Json:
        """An amount divided over rows."""
        total = {"Type": "ChoicesTotal", "ChoiceTotal": f"{question.total:g}"} if question.total else {}
        return {"QuestionType": "CS", "Selector": "VRTL", "SubSelector": "TX", "Validation": total, **self.rows(question)}

    def text(self, question: Text) -> Json:
        """A line or an essay."""
        content = {"Type": "ContentType", "ContentType": _CONTENT[question.format]} if question.format in _CONTENT else {}
        return {"QuestionType": "TE", "Selector": "ML" if question.long else "SL", "Validation": content}

    def number(self, question: Number) -> Json:
        """A number."""
        limits = {"Min": question.lowest, "Max": question.highest, "NumDecimals": question.decimals}
        valid = {name: f"{value:g}" if value is not None else "" for name, value in limits.items()}
        return {
            "QuestionType": "TE",
            "Selector": "SL",
            "Validation": {"Type": "ContentType", "ContentType": "ValidNumber", "ValidNumber": valid},
        }

    def day(self, question: Date | DateTime) -> Json:
        """A day."""
        return {"QuestionType": "TE", "Selector": "SL", "Validation": {"Type": "ContentType", "ContentType": "ValidDate"}}

    def fields(self, question: Fields) -> Json:
        """Several short fields."""
        return {
            "QuestionType": "TE",
            "Selector": "FORM",
            **self.listed(((one.code, one.text, {}) for one in question.fields), codes="ChoiceDataExportTags"),
        }

    def yes_no(self, question: YesNo) -> Json:
        """Yes or no, as two choices."""
        words = (("yes", question.yes_text, "Yes"), ("no", question.no_text, "No"))
        return {
            "QuestionType": "MC",
            "Selector": "SAHR",
            "SubSelector": "TX",
            **self.listed((code, text or Texts({self.base: ours}), {}) for code, text, ours in words),
        }

    def consent(self, question: Consent) -> Json:
        """A box to tick."""
        return {"QuestionType": "MC", "Selector": "MAVR", "SubSelector": "TX", **self.listed([("1", question.agree or question.text, {})])}


def _of_choice(choice: Choice) -> Json:
    own = {"TextEntry": "true"} if choice.own_words else {}
    return {**own, **({"ExclusiveAnswer": True} if choice.exclusive else {})}


KINDS: dict[type[Question], Callable[[Asking, Any], Json]] = {
    Choosing: Asking.choosing,
    Nps: Asking.nps,
    Scale: Asking.scale,
    Matrix: Asking.matrix,
    SideBySide: Asking.side_by_side,
    Slider: Asking.slider,
    ConstantSum: Asking.constant_sum,
    Text: Asking.text,
    Number: Asking.number,
    Date: Asking.day,
    DateTime: Asking.day,
    Fields: Asking.fields,
    YesNo: Asking.yes_no,
    Consent: Asking.consent,
    FileUpload: lambda self, question: {"QuestionType": "FileUpload", "Selector": "FileUpload"},
    Time: lambda self, question: {"QuestionType": "TE", "Selector": "SL"},
    CallMeBack: lambda self, question: {
        "QuestionType": "TE",
        "Selector": "SL",
        "Validation": {"Type": "ContentType", "ContentType": "ValidPhone"},
    },
    Question: lambda self, question: {"QuestionType": "DB", "Selector": "TB"},
}
