"""A questionnaire as a survey of SurveyJS: what it asks, in its words, with its codes and the conditions that SurveyJS can say. PURE."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from voc.surveys.formats.surveyjs_words import Json, Worded, filled
from voc.surveys.questionnaire import Page, Questionnaire
from voc.surveys.questions import (
    CallMeBack,
    Cells,
    Choosing,
    Consent,
    ConstantSum,
    Date,
    DateTime,
    Fields,
    FileUpload,
    Format,
    Hidden,
    Link,
    Look,
    Matrix,
    Medium,
    MultipleChoice,
    NotAsked,
    Number,
    Order,
    Question,
    Ranking,
    Rating,
    Scale,
    ScaleLook,
    SideBySide,
    SingleChoice,
    Slider,
    Statement,
    Text,
    Time,
    YesNo,
)

_INPUT = {Format.EMAIL: "email", Format.PHONE: "tel", Format.URL: "url", Format.NUMBER: "number"}
_FILES = {"image": "image/*", "pdf": ".pdf", "audio": "audio/*", "video": "video/*", "text": ".txt"}


def export_surveyjs(questionnaire: Questionnaire) -> Json:
    """The survey. A condition that SurveyJS cannot say stands as CEL in `vocShowIf`; hidden facts are variables that the site sets."""
    return _Export(questionnaire).survey()


class _Export(Worded):
    def survey(self) -> Json:
        """The whole."""
        ends = self.of.end_pages
        return filled(
            {
                "title": self.texts(self.of.name),
                "description": self.texts(self.of.intro),
                "locale": self.base,
                "pages": [self._page(page) for page in self.of.pages if any(not isinstance(one, Hidden) for one in page.questions)],
                "completedHtml": self.html(ends[-1].title, ends[-1].text),
                "completedHtmlOnCondition": [
                    {"expression": met, "html": self.html(end.title, end.text)}
                    for end in ends[:-1]
                    if (met := self.said.condition(end.show_if))
                ],
                "triggers": [
                    {"type": "complete", "expression": met} for page in self.of.pages if (met := self.said.condition(page.end_if))
                ],
            }
        )

    def _page(self, page: Page) -> Json:
        elements = [self._element(question) for question in page.questions if not isinstance(question, Hidden)]
        random = {"questionsOrder": "random"} if page.order is Order.RANDOM else {}
        shown = self.shown(page.show_if)
        named = {"name": page.id, "title": self.texts(page.title), "description": self.texts(page.text)}
        return filled({**named, **shown, **random, "elements": elements})

    def _element(self, question: Question) -> Json:
        found: Json = {"type": "text", "name": question.id, "title": self.texts(question.text), "description": self.texts(question.help)}
        if question.code and question.code != question.id:
            found["valueName"] = question.code
        found |= self.shown(question.show_if)
        if getattr(question, "required", False):
            found["isRequired"] = True
        if comment := getattr(question, "comment", None):
            found |= {"showCommentArea": True, "commentText": self.texts(comment)}
        return filled({**found, **_KINDS[_kind_of(question)](self, question)})

    def choosing(self, question: Choosing) -> Json:
        """One, several, or an order of them."""
        other = {"showOtherItem": True, "otherText": self.texts(question.other)} if question.other else {}
        random = {"choicesOrder": "random"} if question.order is Order.RANDOM else {}
        look = getattr(question, "look", Look.BUTTONS)
        kind = "radiogroup"
        if isinstance(question, Ranking):
            kind = "ranking"
        elif look is Look.PICTURES:
            kind = "imagepicker"
        elif isinstance(question, MultipleChoice):
            kind = "tagbox" if look is Look.DROP_DOWN else "checkbox"
        elif look is Look.DROP_DOWN:
            kind = "dropdown"
        limits: Json = {"multiSelect": True} if kind == "imagepicker" and isinstance(question, MultipleChoice) else {}
        if isinstance(question, MultipleChoice | Ranking):
            limits |= {"minSelectedChoices": question.at_least, "maxSelectedChoices": question.at_most}
        return {"type": kind, "choices": self.choices(question.choices), **other, **random, **limits}

    def scale(self, question: Scale) -> Json:
        """A rating."""
        lowest, highest = question.ends
        found: Json = {"type": "rating", "rateMin": lowest, "rateMax": highest}
        found |= {"minRateDescription": self.texts(question.low), "maxRateDescription": self.texts(question.high)}
        if isinstance(question, Rating):
            said = {point.value: self.texts(point.text) for point in question.labels}
            if said:
                found["rateValues"] = [{"value": value, "text": said[value]} if value in said else value for value in question.points]
            look = {ScaleLook.STARS: "stars", ScaleLook.FACES: "smileys"}.get(question.look)
            found |= {"rateType": look} if look else {}
        return found

    def slider(self, question: Slider) -> Json:
        """A slider; with rows, a field for each of them."""
        limits = {"min": question.lowest, "max": question.highest, "step": question.step}
        if question.rows:
            return {
                "type": "multipletext",
                "items": [{"name": row.code, "title": self.texts(row.text), "inputType": "range", **limits} for row in question.rows],
            }
        ends = ((question.lowest, question.low), (question.highest, question.high))
        return {"type": "slider", **limits, "customLabels": [{"value": value, "text": self.texts(text)} for value, text in ends if text]}

    def text(self, question: Text) -> Json:
        """A line or a paragraph."""
        rules: list[Json] = []
        if question.shortest:
            rules.append({"type": "text", "minLength": question.shortest})
        if question.pattern:
            rules.append(filled({"type": "regex", "regex": f"^{question.pattern}$", "text": self.texts(question.messages.wrong)}))
        kind = {"type": "comment"} if question.long and question.format is Format.WORDS else {"inputType": _INPUT.get(question.format)}
        if question.format is Format.NUMBER:
            kind, rules = {}, [*rules, {"type": "numeric"}]
        return {**kind, "maxLength": question.longest if question.longest != 2000 else None, "validators": rules}

    def number(self, question: Number) -> Json:
        """A number."""
        step = 10**-question.decimals if question.decimals else 1
        return {"inputType": "number", "min": question.lowest, "max": question.highest, "step": step}

    def day(self, question: Date | DateTime) -> Json:
        """A day, with a time or without."""
        kind = "datetime-local" if isinstance(question, DateTime) else "date"
        days = {"min": question.earliest, "max": question.latest}
        return {"inputType": kind, **{key: day.isoformat() for key, day in days.items() if day}}

    def fields(self, question: Fields) -> Json:
        """Several short fields."""
        return {
            "type": "multipletext",
            "items": [
                filled(
                    {
                        "name": one.code,
                        "title": self.texts(one.text),
                        "inputType": _INPUT.get(one.format),
                        "maxLength": one.longest if one.longest != 300 else None,
                    }
                )
                for one in question.fields
            ],
        }

    def matrix(self, question: Matrix) -> Json:
        """A table."""
        if question.cells in (Cells.SINGLE, Cells.MULTIPLE):
            several = {"cellType": "checkbox"} if question.cells is Cells.MULTIPLE else {}
            required = {"eachRowRequired": True} if question.required and not all(row.optional for row in question.rows) else {}
            return {"type": "matrix", "rows": self.rows(question), "columns": self.choices(question.columns), **several, **required}
        kind = {"cellType": "text", **({"inputType": "number"} if question.cells is Cells.NUMBER else {})}
        columns = [{"name": column.code, "title": self.texts(column.text), **kind} for column in question.columns]
        return {"type": "matrixdropdown", "rows": self.rows(question), "columns": columns}

    def side_by_side(self, question: SideBySide) -> Json:
        """A table with columns of several kinds."""
        kinds = {Cells.SINGLE: "dropdown", Cells.MULTIPLE: "checkbox", Cells.TEXT: "text", Cells.NUMBER: "text"}
        columns = [
            filled(
                {
                    "name": group.id,
                    "title": self.texts(group.text),
                    "cellType": kinds[group.cells],
                    "inputType": "number" if group.cells is Cells.NUMBER else None,
                    "choices": self.choices(group.columns),
                }
            )
            for group in question.groups
        ]
        return {"type": "matrixdropdown", "rows": self.rows(question), "columns": columns}

    def yes_no(self, question: YesNo) -> Json:
        """Yes or no."""
        return {"type": "boolean", "labelTrue": self.texts(question.yes_text), "labelFalse": self.texts(question.no_text)}

    def statement(self, question: Statement) -> Json:
        """Text alone."""
        pictures = "".join(_shown(link) for link in question.links)
        html = self.html(question.text, question.help)
        html = {one: f"{said}{pictures}" for one, said in html.items()} if isinstance(html, Mapping) else f"{html or ''}{pictures}"
        return {"type": "html", "title": None, "description": None, "html": html}


def _kind_of(question: Question) -> type[Question]:
    return next(kind for kind in _KINDS if isinstance(question, kind))


def _shown(link: Link) -> str:
    address = escape(link.url)
    if link.medium is Medium.IMAGE:
        return f'<br><img src="{address}" alt="{escape(link.text.say(""))}">'
    return f'<br><a href="{address}">{address}</a>'


_KINDS: dict[type[Question], Callable[[_Export, Any], Json]] = {
    SingleChoice: _Export.choosing,
    MultipleChoice: _Export.choosing,
    Ranking: _Export.choosing,
    Scale: _Export.scale,
    Slider: _Export.slider,
    Matrix: _Export.matrix,
    SideBySide: _Export.side_by_side,
    ConstantSum: lambda self, question: {
        "type": "multipletext",
        "items": [{**row, "name": row["value"], "title": row["text"], "inputType": "number"} for row in self.rows(question)],
    },
    Text: _Export.text,
    Number: _Export.number,
    DateTime: _Export.day,
    Date: _Export.day,
    Time: lambda self, question: {"inputType": "time"},
    Fields: _Export.fields,
    YesNo: _Export.yes_no,
    Consent: lambda self, question: {"type": "boolean", "renderAs": "checkbox", "label": self.texts(question.agree)},
    CallMeBack: lambda self, question: {"inputType": "tel"},
    FileUpload: lambda self, question: {
        "type": "file",
        "allowMultiple": question.most_files > 1,
        "maxFiles": question.most_files if question.most_files > 1 else None,
        "maxSize": question.most_megabytes * 1_048_576,
        "acceptedTypes": ",".join(_FILES[kind.value] for kind in question.accepts),
    },
    NotAsked: lambda self, question: {"type": "expression", "expression": question.expression or "''"},
    Statement: _Export.statement,
}
