"""Reading a gateway's template from YAML, each fault at its place with the way out. PURE."""

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

import yaml

from voc.core.errors import Fault, Invalid
from voc.core.expression_words import is_name as is_condition_name
from voc.core.expressions import Environment, Expression, ExpressionError, Kind, compile, environment
from voc.outreach.gateways.template import PLACEHOLDERS, Outcome, Replies, Sending, Signature, Template, Told

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_ANSWERS = (Outcome.STOPPED, Outcome.BOUNCED, Outcome.REFUSED, Outcome.TAKEN)
_RECEIPTS = (Outcome.STOPPED, Outcome.BOUNCED, Outcome.DELIVERED, Outcome.REFUSED)
_SEND = ("method", "url", "headers", "sign_in", "form", "body", "alphabets", "read")
_CREDENTIALS = ("account", "key", "sender")


def read_template(text: str, key: str) -> Template:
    """The template that a YAML document writes down; Invalid with every fault, its path naming the place (`send.url`)."""
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        raise Invalid.at("", "NOT_YAML", f"This is no YAML{where}.") from None
    at = _Place("", [])
    template = _template(at, document, key)
    if at.faults:
        raise Invalid(at.faults)
    return template


class _Place:
    """Where in the document we are; all places of one document write into the same list of faults."""

    def __init__(self, path: str, faults: list[Fault]) -> None:
        self.path, self.faults = path, faults

    def at(self, name: str) -> "_Place":
        return _Place(f"{self.path}.{name}" if self.path else name, self.faults)

    def fault(self, code: str, message: str) -> None:
        self.faults.append(Fault(self.path, code, message))

    def fields(self, value: object, known: Collection[str], needed: Collection[str] = ()) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            self.fault("NOT_FIELDS", f"Write fields here: {', '.join(known)}.")
            return {}
        for name in [str(one) for one in value if one not in known]:
            near = get_close_matches(name, known, n=1)
            way_out = f"Did you mean `{near[0]}`?" if near else f"It has {', '.join(known)}."
            self.at(name).fault("UNKNOWN_FIELD", f"There is no `{name}` here. {way_out}")
        for name in needed:
            if name not in value:
                self.at(name).fault("MISSING", f"`{name}` is needed here.")
        return {name: value[name] for name in value if name in known}

    def text(self, value: object) -> str:
        if not isinstance(value, str):
            self.fault("NOT_TEXT", "Write text here, in quotes where YAML would take it for something else.")
            return ""
        for name in PLACEHOLDER.findall(value):
            if name not in PLACEHOLDERS:
                near = get_close_matches(name, PLACEHOLDERS, n=1)
                way_out = f"Did you mean `{{{near[0]}}}`?" if near else f"There are {', '.join(f'{{{one}}}' for one in PLACEHOLDERS)}."
                self.fault("UNKNOWN_PLACEHOLDER", f"There is no placeholder `{{{name}}}`. {way_out}")
        return value

    def texts(self, value: object) -> dict[str, str]:
        if not isinstance(value, Mapping):
            self.fault("NOT_FIELDS", "Write names with their texts here.")
            return {}
        return {str(name): self.at(str(name)).text(one) for name, one in value.items()}

    def nested(self, value: object) -> Any:
        if isinstance(value, Mapping):
            return {str(name): self.at(str(name)).nested(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self.at(str(index)).nested(one) for index, one in enumerate(value)]
        return self.text(value) if isinstance(value, str) else value

    def choice(self, value: object, choices: Collection[str]) -> str:
        if value in choices:
            return str(value)
        self.fault("NOT_A_CHOICE", f"This is one of {', '.join(choices)}.")
        return next(iter(choices))

    def condition(self, value: object, within: Environment | None) -> Expression | None:
        if within is None or not isinstance(value, str):
            self.fault("NOT_A_CONDITION", "Write a condition in CEL here, such as `told.status == 'delivered'`.")
            return None
        try:
            return compile(value, within)
        except ExpressionError as refusal:
            self.fault("WRONG_CONDITION", f"{refusal.message} (line {refusal.line}, column {refusal.column})")
            return None


def _template(at: _Place, document: object, key: str) -> Template:
    known = ("name", "send", "most_parts", "signature", "receipts", "replies", "says", "says_type")
    given = at.fields(document, known, needed=("name", "send"))
    parts = given.get("most_parts", 3)
    if isinstance(parts, bool) or not isinstance(parts, int) or not 1 <= parts <= 10:
        at.at("most_parts").fault("OUT_OF_RANGE", "`most_parts` is a whole number from 1 to 10.")
    return Template(
        key=key,
        name=at.at("name").text(given.get("name", key)),
        send=_sending(at.at("send"), given.get("send", {})),
        most_parts=parts,
        signature=Signature(at.at("signature").choice(given.get("signature", Signature.NONE.value), [one.value for one in Signature])),
        receipts=_told(at.at("receipts"), given["receipts"], _RECEIPTS, ("id",)) if "receipts" in given else None,
        replies=_replies(at.at("replies"), given["replies"]) if "replies" in given else None,
        says=at.at("says").text(given.get("says", "")),
        says_type=at.at("says_type").text(given.get("says_type", "text/plain")),
        uses=frozenset(PLACEHOLDER.findall(str(given.get("send")))) & frozenset(_CREDENTIALS),
    )


def _sending(at: _Place, document: object) -> Sending:
    given = at.fields(document, (*_SEND, *_ANSWERS), needed=("url", "taken"))
    if ("form" in given) == ("body" in given):
        at.fault("TWO_BODIES", "Write either `form` (fields of a form) or `body` (JSON).")
    url = at.at("url").text(given.get("url", "https://"))
    if urlsplit(url).scheme not in ("http", "https"):
        at.at("url").fault("NOT_AN_ADDRESS", "The address begins with https://.")
    alphabets = at.at("alphabets").texts(given.get("alphabets", {}))
    at.at("alphabets").fields(alphabets, ("gsm7", "ucs2"))
    answer = {name: value for name, value in given.items() if name == "read" or name in _ANSWERS}
    return Sending(
        method=at.at("method").choice(given.get("method", "POST"), ("POST", "PUT")),
        url=url,
        headers=at.at("headers").texts(given.get("headers", {})),
        sign_in=_sign_in(at.at("sign_in"), given["sign_in"]) if "sign_in" in given else None,
        form=at.at("form").texts(given["form"]) if "form" in given else None,
        body=at.at("body").nested(given.get("body")),
        alphabets=alphabets,
        answer=_told(at, answer, _ANSWERS, (), http=True),
    )


def _sign_in(at: _Place, value: object) -> tuple[str, str]:
    if not isinstance(value, list) or len(value) != 2:
        at.fault("NOT_A_PAIR", 'Write name and password: ["{account}", "{key}"].')
        return "", ""
    return at.text(value[0]), at.text(value[1])


def _replies(at: _Place, document: object) -> Replies:
    given = at.fields(document, ("read", "stops", "resumes"), needed=("read",))
    told = _told(at, {"read": given.get("read", {})}, (), ("id", "sender", "text"))
    within = _conditions_on(at.at("read"), told.read, http=False)
    own = {name: at.at(name).condition(given[name], within) if name in given else None for name in ("stops", "resumes")}
    return Replies(told=told, stops=own["stops"], resumes=own["resumes"])


def _told(at: _Place, document: object, outcomes: Collection[Outcome], needed: Collection[str], *, http: bool = False) -> Told:
    given = at.fields(document, ("read", *outcomes), needed=() if http else ("read",))
    read = at.at("read").texts(given.get("read", {}))
    for name in needed:
        if name not in read:
            at.at("read").at(name).fault("MISSING", f"Say where `{name}` stands.")
    within = _conditions_on(at.at("read"), read, http=http)
    means = {one: at.at(one.value).condition(given[one.value], within) for one in outcomes if one.value in given}
    return Told(read=read, means={one: when for one, when in means.items() if when})


def _conditions_on(at: _Place, read: Mapping[str, str], *, http: bool) -> Environment | None:
    wrong = [name for name in read if not is_condition_name(name)]
    for name in wrong:
        at.at(name).fault(
            "NOT_A_NAME", "Conditions cannot speak of this: begin with a small letter, go on with small letters, digits or _."
        )
    fields = {**dict.fromkeys(read, Kind.TEXT), **({"http": Kind.NUMBER} if http else {})}
    return None if wrong else environment({"told": fields})
