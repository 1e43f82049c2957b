"""A questionnaire as a Qualtrics survey: its structure, words and codes. Conditions stay behind: write them anew there. PURE."""

from voc.surveys.formats.qsf_questions import KINDS, Asking, Json
from voc.surveys.questionnaire import Page, Questionnaire
from voc.surveys.questions import (
    Asked,
    Choosing,
    Fields,
    Hidden,
    InRows,
    Matrix,
    Question,
)
from voc.surveys.texts import Texts

_THEIRS = {"zh-Hans": "ZH-S", "zh-Hant": "ZH-T"}


def export_qsf(questionnaire: Questionnaire) -> Json:
    """The survey file. Each page is a block; hidden facts are embedded data; metrics other than NPS are choices of numbers."""
    return _Export(questionnaire).survey()


class _Export(Asking):
    def survey(self) -> Json:
        """The whole."""
        languages = [_theirs(language) for language in self.of.languages]
        entry = {
            "SurveyID": "SV_exported",
            "SurveyName": self.of.name.say(self.base),
            "SurveyLanguage": languages[0],
            "SurveyStatus": "Inactive",
        }
        options = {"BackButton": "true", "SaveAndContinue": "true", "AvailableLanguages": {language: [] for language in languages}}
        elements = [
            _element("BL", "Survey Blocks", self._blocks()),
            _element("FL", "Survey Flow", self._flow()),
            _element("SO", "Survey Options", options),
            *(_element("SQ", self.ids[id(question)], self._question(question)) for question in self._asked),
        ]
        return {"SurveyEntry": entry, "SurveyElements": elements}

    def _blocks(self) -> list[Json]:
        return [
            {
                "Type": "Default" if number == 1 else "Standard",
                "ID": f"BL_{number}",
                "Description": page.title.say(self.base) or page.id,
                "BlockElements": [
                    {"Type": "Question", "QuestionID": self.ids[id(question)]} for question in page.questions if id(question) in self.ids
                ],
            }
            for number, page in enumerate(self._pages(), 1)
        ]

    def _flow(self) -> Json:
        fields = [
            {"Field": question.key or question.id, "Type": "Custom" if question.value else "Recipient", "Value": question.value}
            for question in self.of.questions()
            if isinstance(question, Hidden)
        ]
        first: list[Json] = [{"Type": "EmbeddedData", "FlowID": "FL_0", "EmbeddedData": fields}] if fields else []
        blocks = [{"Type": "Standard", "ID": f"BL_{number}", "FlowID": f"FL_{number + 1}"} for number, _ in enumerate(self._pages(), 1)]
        return {"Type": "Root", "FlowID": "FL_1", "Flow": [*first, *blocks]}

    def _pages(self) -> list[Page]:
        return [page for page in self.of.pages if any(id(question) in self.ids for question in page.questions)]

    def _question(self, question: Question) -> Json:
        own = next(write for kind, write in KINDS.items() if isinstance(question, kind))(self, question)
        text = "\n".join(part.say(self.base) for part in (question.text, question.help) if part)
        validation = {**_forced(question), **own.pop("Validation", {})}
        return {
            "QuestionID": self.ids[id(question)],
            "DataExportTag": question.code or question.id,
            "QuestionText": self.html(text),
            "QuestionDescription": question.text.say(self.base)[:90],
            "Validation": {"Settings": validation},
            "Language": self._languages(question) or [],
            **own,
        }

    def _languages(self, question: Question) -> Json:
        found: Json = {}
        for language in self.of.languages[1:]:
            said: Json = {}
            text = "\n".join(part[language] for part in (question.text, question.help) if language in part)
            if text:
                said["QuestionText"] = self.html(text)
            for key, parts in self._parts(question):
                texts = {str(number): {"Display": self.html(part[language])} for number, part in enumerate(parts, 1) if language in part}
                if texts:
                    said[key] = texts
            if said:
                found[_theirs(language)] = said
        return found

    def _parts(self, question: Question) -> list[tuple[str, list[Texts]]]:
        """What is translated beside the text: choices, or rows and columns."""
        if isinstance(question, Choosing):
            return [("Choices", [choice.text for choice in question.all_choices])]
        if isinstance(question, Fields):
            return [("Choices", [one.text for one in question.fields])]
        if isinstance(question, Matrix):
            return [("Choices", [row.text for row in question.rows]), ("Answers", [column.text for column in question.columns])]
        return [("Choices", [row.text for row in question.rows])] if isinstance(question, InRows) else []


def _forced(question: Question) -> Json:
    if isinstance(question, Asked) and (question.required or question.wanted):
        return {"ForceResponse": "ON" if question.required else "RequestResponse", "ForceResponseType": "ON", "Type": "None"}
    return {"ForceResponse": "OFF", "Type": "None"}


def _element(kind: str, name: str, payload: object) -> Json:
    return {
        "SurveyID": "SV_exported",
        "Element": kind,
        "PrimaryAttribute": name,
        "SecondaryAttribute": None,
        "TertiaryAttribute": None,
        "Payload": payload,
    }


def _theirs(language: str) -> str:
    return _THEIRS.get(language, language.upper())
