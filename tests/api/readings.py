"""What every stored query is asked in tests."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from tests.api.loop import House
from voc.core import clock
from voc.surveys.library import load

Given = Callable[[House], Mapping[str, Any]]


def nothing(made: House) -> Mapping[str, Any]:
    """No variables."""
    return {}


def period(**more: Any) -> dict[str, Any]:
    """NPS over the last week."""
    now = clock.now()
    return {"metric": "NPS", "since": (now - timedelta(days=7)).isoformat(), "until": (now + timedelta(days=1)).isoformat(), **more}


READS: dict[str, Given] = {
    "Me": nothing,
    "Teams": nothing,
    "Calendars": nothing,
    "Members": lambda made: {"filter": {"search": "a", "teamId": made.ids["delivery"], "role": "HANDLER", "isActive": True}},
    "Tokens": nothing,
    "Customers": lambda made: {"search": "vries"},
    "Customer": lambda made: {"by": {"external": {"system": "crm", "externalId": "C0"}}},
    "Accounts": nothing,
    "Contacts": lambda made: {"filter": {"touchpoint": "delivery", "channel": "DELIVERY", "teamId": made.ids["delivery"]}},
    "Contact": lambda made: {"by": {"id": made.ids["contact0"]}},
    "Unmapped": nothing,
    "InboundMessages": lambda made: {"filter": {"became": ["KEPT", "STOPPED"], "customerId": made.ids["customer"]}},
    "Suppressions": lambda made: {
        "filter": {"address": "Gone@example.nl", "channel": "EMAIL", "reason": "asked by letter", "isInForce": True}
    },
    "InboxCounts": nothing,
    "TaskInbox": lambda made: {"view": "UNOWNED", "first": 50},
    "Task": lambda made: {"id": made.ids["task0"]},
    "Routes": nothing,
    "OpenLinks": lambda made: {"filter": {"surveyId": made.ids["survey"], "kinds": ["POSTER"], "isRevoked": False}},
    "OpenLink": lambda made: {"id": made.ids["openLink"]},
    "Comments": lambda made: {"filter": {"search": "late", "sentiments": ["NEGATIVE", "MIXED"], "metric": "NPS"}},
    "Responses": lambda made: {"filter": {"bands": ["DETRACTOR"], "channels": ["APP"], "languages": ["en"]}},
    "Response": lambda made: {"id": made.ids["response0"]},
    "Metric": lambda made: {"of": period()},
    "MetricSummary": lambda made: {"of": period(surveyId=made.ids["survey"])},
    "MetricTrend": lambda made: {"of": period(teamId=made.ids["delivery"]), "step": "DAY"},
    "Surveys": lambda made: {"filter": {"search": "nps", "isPublished": True}},
    "Survey": lambda made: {"id": made.ids["survey"]},
    "TextChanges": lambda made: {
        "survey": made.ids["survey"],
        "texts": {"entries": [{"key": "why.text", "language": "nl", "text": "Hoezo?"}]},
    },
    "TextStandings": lambda made: {"survey": made.ids["survey"], "language": "nl"},
    "TranslatorLinks": lambda made: {"survey": made.ids["survey"]},
    "DraftNews": lambda made: {"survey": made.ids["survey"], "since": 1},
    "DraftConsequences": lambda made: {
        "survey": made.ids["survey"],
        "operations": [{"changeKind": {"question": "nps", "kind": "text"}}],
    },
    "TextFiles": lambda made: {"survey": made.ids["survey"], "language": "nl"},
    "TextTable": lambda made: {"survey": made.ids["survey"]},
    "SurveyExport": lambda made: {"id": made.ids["survey"], "format": "YAML"},
    "PreviewPage": lambda made: {"id": made.ids["survey"]},
    "PreviewMessage": lambda made: {"id": made.ids["survey"], "language": "nl"},
    "SurveyVersions": lambda made: {"id": made.ids["survey"], "first": 20},
    "ImportReport": lambda made: {"id": made.ids["import"]},
    "Flow": lambda made: {"survey": made.ids["survey"]},
    "Rehearse": lambda made: {
        "survey": made.ids["survey"],
        "answers": [{"question": "nps", "value": {"number": 2}}, {"question": "why", "value": {"text": "It was late."}}],
        "somebody": {"team": "delivery"},
    },
    "SurveyDiff": lambda made: {"survey": made.ids["survey"]},
    "PublishCheck": lambda made: {"survey": made.ids["survey"]},
    "PublishRequests": lambda made: {"filter": {"states": ["SCHEDULED"]}},
    "SurveyVersion": lambda made: {"id": made.ids["version"]},
    "SurveyLibrary": nothing,
    "SurveyQuestionnaire": lambda made: {"id": made.ids["survey"]},
    "CheckQuestionnaire": lambda made: {"document": load("nps-after-delivery").text, "language": "nl"},
    "Brands": nothing,
    "Touchpoints": nothing,
    "Policies": nothing,
    "PolicyList": nothing,
    "PolicyInWords": lambda made: {"key": "after-delivery"},
    "PolicyProposal": lambda made: {"policy": "after-delivery", "document": "touchpoints: [delivery]\nsurvey: nps-after-delivery\n"},
    "Experiment": lambda made: {"policy": "trial"},
    "Policy": lambda made: {"key": "after-delivery"},
    "Decisions": lambda made: {"filter": {"verdict": "SEND", "reasons": ["ASKED"], "surveyId": made.ids["survey"]}},
    "Invitations": lambda made: {"filter": {"states": ["SENT"], "channel": "EMAIL"}},
    "Invitation": lambda made: {"id": made.ids["invitation"]},
    "Deliveries": lambda made: {"filter": {"states": ["ACCEPTED"], "surveyId": made.ids["survey"]}},
    "DeliveryBoard": lambda made: {
        "filter": {"policyId": made.ids["policy"], "touchpoint": "delivery", "surveyId": made.ids["survey"], "channel": "EMAIL"}
    },
    "FailedInvitations": lambda made: {"filter": {"states": ["FAILED"], "surveyId": made.ids["survey"]}},
    "SuspectAnswers": lambda made: {"state": "WAITING"},
    "OutreachFunnel": lambda made: {"filter": {"surveyId": made.ids["survey"]}},
    "PolicyDryRun": lambda made: {"policy": "after-delivery", "rules": {"touchpoints": ["delivery"], "survey": "nps-after-delivery"}},
    "Pauses": nothing,
    "AgentBrief": lambda made: {"by": {"customer": {"id": made.ids["customer"]}}},
    "Webhooks": nothing,
    "SystemHealth": nothing,
    "Jobs": lambda made: {"filter": {"state": "DONE"}},
    "Node": lambda made: {"id": made.ids["task0"]},
    "Nodes": lambda made: {"ids": [made.ids["task0"], made.ids["response0"], made.ids["survey"]]},
}
