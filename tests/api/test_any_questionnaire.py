"""Whatever questionnaire there can be: its typed fields alone say everything that its document says."""

import asyncio
from typing import Any

from graphql import parse, print_ast
from hypothesis import given

from tests.api.document_from_fields import document_of
from tests.surveys.strategies import questionnaires
from voc.api.context import Credential
from voc.api.credentials import Caller
from voc.api.current import engine
from voc.api.requests import Asked
from voc.core.access import Actor
from voc.core.settings import Settings, install
from voc.surveys.parse import dump
from voc.surveys.parse import parse as questionnaire_of
from voc.surveys.questionnaire import Questionnaire


def query_of(stored: str) -> str:
    """What a stored operation selects of a questionnaire, asked of a document that is kept nowhere."""
    operation, *fragments = parse(stored).definitions
    inside: Any = operation
    while inside is operation or inside.name.value != "draftQuestionnaire":
        inside = next(node for node in inside.selection_set.selections if node.selection_set)
    selected = f"checkQuestionnaire(document: $document) {{ questionnaire {print_ast(inside.selection_set)} }}"
    asked = f"query ($document: QuestionnaireDocument!, $language: String) {{ {selected} }}"
    return "\n".join([asked, *map(print_ast, fragments)])


async def told(questionnaire: Questionnaire) -> dict[str, Any]:
    """The questionnaire as the API tells it."""
    variables = {"document": dump(questionnaire)}
    asked = Asked(query=query_of(engine().documents.named("SurveyQuestionnaire")), variables=variables)
    answer = await engine().answer(engine().prepare(asked, Caller(Actor.system("test"), Credential.INSIDE)))
    assert "errors" not in answer.body, answer.body["errors"]
    found: dict[str, Any] = answer.body["data"]["checkQuestionnaire"]["questionnaire"]
    return found


@given(questionnaires())
def test_it_goes_through_graphql_without_loss(questionnaire: Questionnaire) -> None:
    install(Settings())
    found = asyncio.run(told(questionnaire))
    assert found["document"] == dump(questionnaire)
    assert dump(questionnaire_of(document_of(found))) == found["document"]
