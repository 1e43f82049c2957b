"""The form of a policy (Q7): what it says as fields, or all of it as a text; compared and rehearsed before it is saved as a draft."""

import json
from collections.abc import Mapping
from typing import Any

import yaml
from starlette.responses import Response
from starlette.routing import Route

from voc.core.errors import Invalid
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, FormFault
from voc.web.policies_page import ADDRESS, must_edit, policy_of, proposal_of, rules_for_input, words_of
from voc.web.policy_edit_view import form_page, in_fields, in_text, refused, seal_of
from voc.web.policy_form import Document, document_in, with_rows

NEW = f"{ADDRESS}/~new"
REHEARSED_DAYS = 30
USUAL = "touchpoints: [new]\nsurvey: new\n"


def routes() -> list[Route]:
    """The form of a new policy, and of one that there is."""
    return [
        Route(NEW, look, methods=["GET"]),
        Route(NEW, press, methods=["POST"]),
        Route(f"{ADDRESS}/{{key}}/edit", look, methods=["GET"]),
        Route(f"{ADDRESS}/{{key}}/edit", press, methods=["POST"]),
    ]


@screen
async def look(desk: Desk) -> Response:
    """The form, with what the newest edition says."""
    must_edit(desk)
    found = await _found(desk)
    return await form_page(desk, found, await _standing(desk, found))


@screen
async def press(desk: Desk) -> Response:
    """What the pressed button does: add or take away a row, compare, rehearse, or save as a draft; `text:` before it means the text."""
    must_edit(desk)
    found, go = await _found(desk), desk.form.one("_go")
    document, text = document_in(desk.form), desk.form.one("document").replace("\r\n", "\n")
    is_text = go.startswith("text:")
    if go.startswith(("add:", "drop:")):
        changed, focus = with_rows(document, go)
        return await form_page(desk, found, changed, focus=focus)
    if not is_text and desk.form.one("text_seal") not in ("", seal_of(text)):
        return await form_page(desk, found, document, Faults([FormFault("document", words_of(desk)("text_changed"))]), text=text)
    given = text if is_text else json.dumps(document, ensure_ascii=False)
    proposal = await proposal_of(desk, given, found["key"] if found else None)
    if proposal["faults"]:
        faults = in_text(desk, proposal["faults"]) if is_text else in_fields(desk, proposal["faults"], document)
        unnamed = [] if found or not go.endswith("save") else _unnamed(desk)
        return await form_page(desk, found, document, Faults([*unnamed, *faults]), text=text if is_text else "")
    document = _read(proposal["rules"])
    if go.removeprefix("text:") == "save":
        return await _saved(desk, found, document, proposal)
    return await _compared(desk, found, document, proposal, with_rehearsal=go.endswith("rehearse"))


def _unnamed(desk: Desk) -> list[FormFault]:
    """The names that a new policy lacks, told together with what its rules lack."""
    words = words_of(desk)
    return [FormFault(name, words("needed", field=words(f"field_{name}"))) for name in ("name", "key") if not desk.form.one(name).strip()]


async def _compared(
    desk: Desk, found: Mapping[str, Any] | None, document: Document, proposal: Mapping[str, Any], *, with_rehearsal: bool
) -> Response:
    faults, tried = NO_FAULTS, None
    if with_rehearsal:
        asked = {"policy": found["key"] if found else "new", "days": REHEARSED_DAYS, "rules": rules_for_input(proposal["rules"])}
        try:
            tried = (await desk.ask("PolicyDryRun", **asked))["policyDryRun"]
        except Invalid as invalid:
            told = [{"path": one.path, "code": one.code, "message": one.message} for one in invalid.faults]
            faults = in_fields(desk, told, document)
    return await form_page(desk, found, document, faults, proposal=proposal, tried=tried)


async def _saved(desk: Desk, found: Mapping[str, Any] | None, document: Document, proposal: Mapping[str, Any]) -> Response:
    key, name, words = found["key"] if found else desk.form.one("key").strip(), desk.form.one("name").strip(), words_of(desk)
    if found and desk.form.one("newest") != str(found["lastNumber"]):
        faults = Faults([FormFault("", words("saved_meanwhile", number=found["lastNumber"]))])
        return await form_page(desk, found, document, faults, 409, proposal=proposal)
    if not found and key and (await desk.ask("PolicyInWords", key=key))["policy"]:
        return await form_page(desk, found, document, Faults([FormFault("key", words("key_taken"))]), proposal=proposal)
    answer = await desk.change("DraftPolicy", key=key, name=name, rules=rules_for_input(proposal["rules"]))
    if answer.row is None:
        return await form_page(desk, found, document, refused(desk, answer, document), answer.status, proposal=proposal)
    is_same = found is not None and answer.row["lastNumber"] == found["lastNumber"]
    return desk.go(f"{ADDRESS}/{key}", "unchanged" if is_same else "drafted", "policies", number=answer.row["lastNumber"])


async def _found(desk: Desk) -> dict[str, Any] | None:
    return await policy_of(desk) if "key" in desk.request.path_params else None


async def _standing(desk: Desk, found: Mapping[str, Any] | None) -> Document:
    """What the newest edition says; what a new policy says before anybody said anything."""
    if found and found["versions"]:
        return _read(found["versions"][0]["rules"])
    return {**_read((await proposal_of(desk, USUAL, None))["rules"]), "touchpoints": [], "survey": ""}


def _read(rules: Mapping[str, Any]) -> Document:
    document: Document = yaml.safe_load(rules["document"])
    return document
