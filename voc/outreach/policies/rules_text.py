"""The rules of a policy as a text that people edit: YAML or JSON, read as its document is, each fault with its line. PURE."""

from typing import Any, NamedTuple

import yaml

from voc.core.errors import Fault, Invalid
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.rules_document import dump, parse
from voc.surveys.documents import Document, read_text
from voc.surveys.questionnaire import QuestionnaireError

LONGEST = 100_000
"""Letters of a text of rules; a long policy has three thousand."""


class FaultAt(NamedTuple):
    """A fault, and the line of the text where it stands."""

    fault: Fault
    line: int


class UnreadText(Exception):
    """A text that gives no rules, with everything that is wrong with it."""

    def __init__(self, faults: list[FaultAt]) -> None:
        self.faults = faults
        super().__init__("; ".join(one.fault.message for one in faults))


def read_rules(text: str) -> Rules:
    """The rules that a text writes down; UnreadText with every fault. What is left out is as usual."""
    if len(text) > LONGEST:
        raise UnreadText([FaultAt(Fault("", "TOO_LONG", f"A policy has at most {LONGEST} letters."), 1)])
    try:
        document = read_text(text)
    except QuestionnaireError as refusal:
        raise UnreadText([FaultAt(Fault("", "UNREADABLE", one.message), one.line or 1) for one in refusal.problems]) from None
    content: Any = document.content if document.content is not None else {}
    try:
        return parse(content)
    except Invalid as invalid:
        raise UnreadText([FaultAt(one, _line(document, one.path)) for one in invalid.faults]) from None


def write_rules(rules: Rules) -> str:
    """The rules as YAML, every field written out."""
    return str(yaml.safe_dump(dump(rules), sort_keys=False, allow_unicode=True, width=120))


def _line(document: Document, path: str) -> int:
    """The line of a path such as `rules.clocks[0].days`, whose fields stand in the text as `quiet_days`."""
    inside = path.removeprefix("rules").removeprefix(".")
    return document.line_of("".join(f"_{one.lower()}" if one.isupper() else one for one in inside))
