"""Text entry: words, numbers, days, addresses, several fields. PURE."""

from typing import Any

from voc.surveys.formats.qsf.asking import Asking
from voc.surveys.formats.qsf.loose import group, number, word, yes
from voc.surveys.formats.qsf.options import Built, codes_of, options_of
from voc.surveys.questions import Date, Fields, Format, Number, ShortField, Text

_LONG = {"ML", "ESTB"}
_FORMATS = {"ValidEmail": Format.EMAIL, "ValidPhone": Format.PHONE, "ValidURL": Format.URL, "ValidNumber": Format.NUMBER}
_LENGTHS = {"MinChar", "MaxChar", "CharRange", "TotalChar", "MinChars", "MaxChars", "TotalChars"}


def text_entry(asking: Asking) -> Built:
    """What is typed, by its form and by what the file accepts."""
    if asking.selector == "FORM" and asking.payload.get("Choices"):
        return _form(asking)
    kind, content = word(asking.settings.get("Type")), word(asking.settings.get("ContentType"))
    if kind == "ContentType" and content == "ValidNumber":
        return Built(Number(**asking.asked(), **_limits(asking)))
    if kind == "ContentType" and content == "ValidDate":
        return Built(Date(**asking.asked()))
    if asking.selector == "PW":
        asking.simplified("PASSWORD", asking.type, "What is typed is shown: there is no hidden entry here.")
    format_ = _FORMATS.get(content, Format.WORDS) if kind == "ContentType" else Format.WORDS
    if kind == "ContentType" and format_ is Format.WORDS and content not in {"", "None", "ValidTextOnly"}:
        asking.dropped("VALIDATION_DROPPED", content, "Any words are accepted here. Add a pattern where that matters.")
    return Built(Text(**asking.asked(), long=asking.selector in _LONG, format=format_, **_lengths(asking)))


def _form(asking: Asking) -> Built:
    options = options_of(asking.payload, "Choices", "ChoiceOrder", "ChoiceDataExportTags", asking.reader, asking.source_id)
    shown = tuple(
        ShortField(
            code=one.code,
            text=asking.reader.several(asking.source_id, one.html, one.translations, 2000),
            format=_FORMATS.get(word(group(one.payload.get("TextEntryValidation")).get("ContentType")), Format.WORDS)
            if isinstance(one.payload.get("TextEntryValidation"), dict)
            else _FORMATS.get(word(one.payload.get("TextEntryValidation")), Format.WORDS),
            optional=asking.asked()["required"]
            and "TextEntryForceResponse" in one.payload
            and not yes(one.payload["TextEntryForceResponse"]),
        )
        for one in options
    )
    return Built(Fields(**asking.asked(), fields=shown), {}, codes_of(options))


def _limits(asking: Asking) -> dict[str, Any]:
    numbers = group(asking.settings.get("ValidNumber"))
    lowest, highest, decimals = (number(numbers.get(name)) for name in ("Min", "Max", "NumDecimals"))
    if lowest is not None and highest is not None and lowest > highest:
        asking.dropped("VALIDATION_DROPPED", f"{lowest:g} to {highest:g}", "No number fits between these; any is accepted now.")
        lowest = highest = None
    places = 6 if decimals is None else min(max(int(decimals), 0), 6)
    return {"lowest": lowest, "highest": highest, "decimals": places}


def _lengths(asking: Asking) -> dict[str, Any]:
    if word(asking.settings.get("Type")) not in _LENGTHS:
        return {}
    exact = asking.setting("TotalChars", "TotalChar")
    least, most = asking.setting("MinChars", "MinChar"), asking.setting("MaxChars", "MaxChar")
    if word(asking.settings.get("Type")) in {"TotalChar", "TotalChars"} and exact is not None:
        least = most = exact
    found = {}
    if most is not None and 1 <= most <= 100_000 and word(asking.settings.get("Type")) not in {"MinChar", "MinChars"}:
        found["longest"] = int(most)
    if least is not None and 0 <= least <= 10_000 and word(asking.settings.get("Type")) not in {"MaxChar", "MaxChars"}:
        found["shortest"] = int(least)
        if found.get("longest", 2000) < found["shortest"]:
            found["longest"] = max(2000, found["shortest"])
    return found
