"""One question of the file to one of ours, by its type. PURE."""

from collections.abc import Callable

from voc.surveys.formats.qsf.asking import Asking
from voc.surveys.formats.qsf.choosing import drill_down, multiple_choice, rank_order
from voc.surveys.formats.qsf.loose import Group, group, groups, text, word, yes
from voc.surveys.formats.qsf.options import Built
from voc.surveys.formats.qsf.rows import constant_sum, groups_of_items, matrix, side_by_side, slider
from voc.surveys.formats.qsf.typed import text_entry
from voc.surveys.questions import FileUpload, NotAsked, Statement

_TECHNICAL = {"Timing", "Meta", "Captcha"}
_NONE: tuple[object, ...] = (None, "", "None", False, [], {})
_KEPT = {
    *("", "None", "false", "CustomValidation", "ContentType", "ChoicesTotal", "MinChar", "MaxChar", "CharRange", "TotalChar"),
    *("MinChars", "MaxChars", "TotalChars", "MinChoices", "MaxChoices", "ChoiceRange", "MinMaxChoices", "NumChoices"),
}


def build(asking: Asking) -> Built:
    """Our question; what it cannot do is reported. Never fails: what nobody knows stands there as not asked."""
    built = _BUILDERS.get(asking.question_type, _unknown)(asking)
    _report_rest(asking)
    return built


def _content(asking: Asking) -> Built:
    if asking.selector in {"GRB", "FLB"}:
        named = word(asking.payload.get("Graphics")) or word(asking.payload.get("GraphicsDescription")) or asking.selector
        asking.dropped("IMAGE_DROPPED", named, "The picture is kept by the old host under an id of its own. Add it by hand.")
    return Built(Statement(**asking.shared()))


def _technical(asking: Asking) -> Built:
    why = "It measured or checked something behind the customer's back. Ours does not; it stands there as not asked."
    asking.dropped("NOT_ASKED", asking.type, why)
    return Built(NotAsked(**asking.shared(), was=asking.type[:100]))


def _file(asking: Asking) -> Built:
    if asking.selector in {"Draw", "Signature"} or asking.question_type == "Signature":
        return _unknown(asking)
    return Built(FileUpload(**asking.asked()))


def _unknown(asking: Asking) -> Built:
    asking.dropped("NOT_ASKED", asking.type or "no type", "We have no such question. Its text is kept; ask it in another way.")
    return Built(NotAsked(**asking.shared(), was=(asking.type or "unknown")[:100]))


_BUILDERS: dict[str, Callable[[Asking], Built]] = {
    "MC": multiple_choice,
    "RO": rank_order,
    "DD": drill_down,
    "Matrix": matrix,
    "SBS": side_by_side,
    "Slider": slider,
    "CS": constant_sum,
    "SS": multiple_choice,
    "PGR": groups_of_items,
    "TE": text_entry,
    "DB": _content,
    "FileUpload": _file,
    "Draw": _file,
    "Signature": _file,
    **dict.fromkeys(_TECHNICAL, _technical),
}


def _report_rest(asking: Asking) -> None:
    if text(asking.payload.get("QuestionJS")).strip():
        asking.dropped("SCRIPT_DROPPED", text(asking.payload.get("QuestionJS"))[:120], "Scripts of a question never come along.")
    kind = word(asking.settings.get("Type"))
    if kind not in _KEPT:
        asking.dropped("VALIDATION_DROPPED", kind, "There is no such check here. Set limits instead where it matters.")
    if asking.question_type == "MC" and any(_is_checked(one) for one in groups(asking.payload.get("Choices"))):
        asking.simplified("OWN_WORDS_FREE", "a check of the words beside a choice", "Any words, or none, may stand beside a choice here.")
    if yes(asking.configuration.get("NotApplicable")):
        what = text(asking.configuration.get("NotApplicableText")) or "not applicable"
        asking.simplified("NOT_APPLICABLE", what, "Leaving an item out says the same: it may be left out unless the question is required.")
    if kind == "CustomValidation" or asking.settings.get("CustomValidation"):
        asking.dropped("VALIDATION_DROPPED", "own validation", "Conditions on the answer itself cannot be said here. Set limits instead.")
    chance = word(group(asking.payload.get("Randomization")).get("Type"))
    if chance.lower() == "subset":
        asking.simplified("CHOICES_SUBSET", "some of the choices at random", "All of them are shown, in an order of chance.")
    elif chance == "ScaleReversal":
        asking.simplified("SCALE_REVERSAL", "the scale the other way round for half", "It is shown in the order of the file.")
    if asking.payload.get("DefaultChoices") not in (None, False, [], {}, "false", ""):
        asking.dropped("DEFAULT_DROPPED", "an answer chosen beforehand", "Answers chosen beforehand distort; nothing is chosen at first.")


def _is_checked(choice: Group) -> bool:
    """Whether the words beside a choice must be there, or must be of some kind."""
    return yes(choice.get("TextEntryForceResponse")) or choice.get("TextEntryValidation") not in _NONE
