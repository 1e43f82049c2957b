"""The table of translations as XLIFF 1.2 (OASIS 2008), which translation tools read: one file for one language. PURE."""

from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from voc.surveys.questionnaire import Problem, Questionnaire, QuestionnaireError
from voc.surveys.translations.table import Entry, lines

SPACE = "urn:oasis:names:tc:xliff:document:1.2"


def xliff_of(questionnaire: Questionnaire, language: str) -> str:
    """All texts with their translation into one language; those that have none are marked as new."""
    ElementTree.register_namespace("", SPACE)
    first = questionnaire.default_language
    root = ElementTree.Element(f"{{{SPACE}}}xliff", version="1.2")
    attributes = {"original": questionnaire.key, "source-language": first, "target-language": language, "datatype": "plaintext"}
    body = ElementTree.SubElement(ElementTree.SubElement(root, f"{{{SPACE}}}file", attributes), f"{{{SPACE}}}body")
    for line in lines(questionnaire):
        unit = ElementTree.SubElement(body, f"{{{SPACE}}}trans-unit", id=line.key)
        ElementTree.SubElement(unit, f"{{{SPACE}}}source").text = line.texts.get(first, "")
        said = line.texts.get(language, "")
        target = ElementTree.SubElement(unit, f"{{{SPACE}}}target", state="translated" if said else "new")
        target.text = said
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def entries_in_xliff(text: str) -> tuple[Entry, ...]:
    """What stands in such files; targets without words say nothing. Raises QuestionnaireError for anything else."""
    try:
        root = fromstring(text.removeprefix("\ufeff").encode(), forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as fault:
        raise _refusal(f"This is not XLIFF: {type(fault).__name__}. Export it again from your tool as XLIFF 1.2.") from None
    if root.tag != f"{{{SPACE}}}xliff":
        raise _refusal("This is not XLIFF 1.2: its first element is another. Export it from your tool as XLIFF 1.2.")
    return tuple(entry for file in root.iter(f"{{{SPACE}}}file") for entry in _entries(file))


def _entries(file: ElementTree.Element) -> list[Entry]:
    language = file.get("target-language", "")
    if not language:
        raise _refusal("The file does not say its `target-language`. Export it again with one.")
    found = []
    for unit in file.iter(f"{{{SPACE}}}trans-unit"):
        source, target = unit.find(f"{{{SPACE}}}source"), unit.find(f"{{{SPACE}}}target")
        said = "".join(target.itertext()).strip() if target is not None else ""
        if said:
            found.append(Entry(unit.get("id", ""), language, said, "".join(source.itertext()).strip() if source is not None else None))
    return found


def _refusal(message: str) -> QuestionnaireError:
    return QuestionnaireError((Problem("", "UNREADABLE", message, line=1),))
