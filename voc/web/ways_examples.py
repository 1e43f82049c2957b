"""Calls of the API with the real ids of one questionnaire, ready to be copied into a CRM or a contact centre."""

from collections.abc import Mapping
from typing import Any

import orjson

from voc.core import settings

CREATE_INVITATION = """\
mutation ($input: CreateInvitationInput!) {
  createInvitation(input: $input) {
    __typename
    ... on CreatedInvitation { link invitation { id expiresAt } }
    ... on Problem { message }
  }
}"""
SUBMIT_RESPONSE = """\
mutation ($input: SubmitResponseInput!) {
  submitResponse(input: $input) {
    __typename
    ... on Response { id state }
    ... on Problem { message }
  }
}"""


def personal_link(survey: Mapping[str, Any]) -> dict[str, str]:
    """Make a personal link that another system sends."""
    customer = {"external": {"system": settings.current().crm_system, "externalId": "C-1001"}}
    return _call(CREATE_INVITATION, {"surveyId": survey["id"], "customer": customer, "channel": "SMS", "expireDays": 14})


def whole_response(survey: Mapping[str, Any]) -> dict[str, str]:
    """Bring answers that another channel took, here to the first scored question."""
    metrics = survey["currentVersion"]["metrics"] if survey["currentVersion"] else []
    asked = next((one["question"] for one in metrics), "score")
    given = {
        "survey": {"key": survey["key"]},
        "channel": "IVR",
        "source": "ivr",
        "sourceId": "call-2001",
        "answers": [{"question": asked, "value": {"number": 5}}],
    }
    return _call(SUBMIT_RESPONSE, given)


def _call(query: str, given: Mapping[str, Any]) -> dict[str, str]:
    """The document, its variables, and where they are sent."""
    variables = orjson.dumps({"input": given}, option=orjson.OPT_INDENT_2).decode()
    return {"address": f"{settings.current().base_url}/graphql", "query": query, "variables": variables}
