"""Members of the objects in a file that have no counterpart here: every one of them is in the report. PURE."""

import orjson

from voc.surveys.formats.surveyjs.setting import Setting
from voc.surveys.formats.surveyjs.words import LAYOUT, SURVEY_LAYOUT
from voc.surveys.formats.values import Raw

_READ = frozenset(
    {
        *(
            "type",
            "name",
            "title",
            "description",
            "isRequired",
            "visibleIf",
            "enableIf",
            "requiredIf",
            "visible",
            "validators",
            "valueName",
        ),
        *("hasComment", "showCommentArea", "commentText", "requiredErrorText", "elements", "questions", "templateElements", "choices"),
        *("hasOther", "showOtherItem", "otherText", "hasNone", "showNoneItem", "noneText", "showRefuseItem", "refuseText", "isUnique"),
        *("showDontKnowItem", "dontKnowText", "hasSelectAll", "showSelectAllItem", "selectAllText", "choicesOrder", "choicesByUrl"),
        *("choicesFromQuestion", "choicesFromQuestionMode", "choicesVisibleIf", "choicesEnableIf", "minSelectedChoices"),
        *("maxSelectedChoices", "multiSelect", "inputType", "min", "max", "step", "maxLength", "labelTrue", "labelFalse", "valueTrue"),
        *("valueFalse", "rateMin", "rateMax", "rateStep", "rateCount", "rateValues", "minRateDescription", "maxRateDescription"),
        *("mininumRateDescription", "maximumRateDescription", "autoGenerate", "columns", "cellType", "isAllRowRequired", "eachRowRequired"),
        *(
            "rowCount",
            "minRowCount",
            "maxRowCount",
            "items",
            "panelCount",
            "minPanelCount",
            "maxPanelCount",
            "html",
            "imageLink",
            "expression",
        ),
        *("acceptedTypes", "allowMultiple", "maxFiles", "maxSize", "valueLabels", "customLabels", "pipsLabels", "pipsValues", "rangeMin"),
        *("rangeMax", "questionsOrder", "rowsOrder", "rowsVisibleIf", "columnsVisibleIf", "selectToRankEnabled", "body", "content"),
        *("questionOrder", "navigationTitle", "templateTitle", "allowAddPanel", "allowRemovePanel"),
    }
)
_MATRIX = {"matrix", "matrixdropdown", "matrixdynamic"}
_SAID = {
    **dict.fromkeys(
        ("defaultValue", "defaultValueExpression", "defaultDisplayValue", "defaultRowValue", "defaultPanelValue", "defaultSubstitution"),
        ("DEFAULT_DROPPED", "Nothing is filled in beforehand here: an answer is what somebody gave."),
    ),
    **dict.fromkeys(
        ("setValueExpression", "setValueIf", "resetValueIf", "copyDefaultValueFromLastEntry", "defaultValueFromLastRow"),
        ("CALCULATION_DROPPED", "Answers are not set by others here."),
    ),
    "correctAnswer": (
        "CORRECT_ANSWER_DROPPED",
        "There are no right and wrong answers here. Give choices points, and make a score of them.",
    ),
    "readOnly": ("READ_ONLY_CHANGED", "It could only be read; here it can be answered. Make it a text, or take it out."),
}


def report_members(raw: Raw, kind: str, source_id: str, setting: Setting) -> None:
    """Report every member that nothing is made of; layout is reported once for the whole file."""
    for key, value in raw.items():
        if key in _SAID and value not in (None, False, "", [], {}):
            code, why = _SAID[key]
            setting.notes.dropped(source_id, code, f"{key}: {_shown(value)}", why)
        elif key in _READ or (key == "rows" and kind in _MATRIX) or value in (None, "", [], {}):
            continue
        elif key in LAYOUT:
            setting.layout.setdefault(key, None)
        else:
            setting.notes.dropped(source_id, "SETTING_DROPPED", f"{key}: {_shown(value)}", "There is no such setting here.")
    if raw.get("requiredIf"):
        why = "It was required under a condition. Here it is asked once more where it was left out."
        setting.notes.simplified(source_id, "REQUIRED_IF_SIMPLIFIED", _shown(raw["requiredIf"]), why)
    if raw.get("enableIf"):
        why = "It was greyed out unless this was met; here it is not shown then."
        setting.notes.changed(source_id, "ENABLED_IS_SHOWN", _shown(raw["enableIf"]), why)


def report_survey(raw: Raw, read: frozenset[str], setting: Setting) -> None:
    """The same for the survey itself, and one item for all layout."""
    for key, value in raw.items():
        if key in read or value in (None, "", [], {}):
            continue
        if key in SURVEY_LAYOUT:
            setting.layout.setdefault(key, None)
        else:
            setting.notes.dropped("survey", "SETTING_DROPPED", f"{key}: {_shown(value)}", "There is no such setting here.")
    if setting.layout:
        why = "How things look, and the words of buttons, are ours. Nothing that is asked changes by it."
        setting.notes.simplified("survey", "LAYOUT_DROPPED", ", ".join(setting.layout), why)


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
    except (TypeError, UnicodeEncodeError):
        return str(value)
