"""Stored documents, hashes, and what production lets browsers run."""

import hashlib
from typing import Any

import pytest

from tests.api import small
from tests.api.conftest import Service
from voc.api.stored_documents import KEPT, Documents, stored_operations
from voc.core import settings
from voc.core.access import Actor, Role
from voc.staff.members import add_member, give_role
from voc.staff.models import Member
from voc.staff.sign_in import _open_session

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HELLO = 'query Hello { echo(text: "hello") { text } }'


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def persisted(text: str, **more: Any) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest(text)}}, **more}


async def test_a_stored_document_is_run_by_its_id(service: Service) -> None:
    asked: dict[str, Any] = {"documentId": f"sha256:{digest(small.OPERATIONS['Teams'])}", "variables": {"first": 1}}

    answer = await service.post(asked)
    assert answer.json()["data"]["teams"]["totalCount"] == 3
    got = await service.client.get("/graphql", params={"documentId": asked["documentId"]})
    assert got.json()["data"]["teams"]["totalCount"] == 3


@pytest.mark.parametrize("id", ["sha256:" + "0" * 64, "0" * 64, "md5:" + "0" * 32, "", "sha256:"])
async def test_an_unknown_document_id_is_one_error(service: Service, id: str) -> None:
    answer = await service.post({"documentId": id})

    assert (answer.status_code, len(answer.json()["errors"])) == (404, 1)
    assert answer.json()["errors"][0]["extensions"]["code"] == "PERSISTED_DOCUMENT_NOT_FOUND"


@pytest.mark.parametrize("body", [{"documentId": 7}, {"documentId": "sha256:x", "query": "{ __typename }"}])
async def test_a_document_id_is_text_and_stands_alone(service: Service, body: Any) -> None:
    await service.refused(body, 422, "BAD_REQUEST")


async def test_automatic_persisted_queries(service: Service) -> None:
    error = await service.refused(persisted(HELLO), 404, "PERSISTED_QUERY_NOT_FOUND")
    assert error["message"] == "PersistedQueryNotFound"

    assert (await service.post(persisted(HELLO, query=HELLO))).json()["data"] == {"echo": {"text": "hello"}}
    assert (await service.post(persisted(HELLO))).json()["data"] == {"echo": {"text": "hello"}}
    got = await service.client.get(
        "/graphql", params={"extensions": f'{{"persistedQuery":{{"version":1,"sha256Hash":"{digest(HELLO)}"}}}}'}
    )
    assert got.json()["data"] == {"echo": {"text": "hello"}}
    assert (await service.post({"documentId": f"sha256:{digest(HELLO)}"})).status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [7, {}, {"version": 2, "sha256Hash": "x"}, {"version": 1}, {"version": 1, "sha256Hash": 7}, {"version": 1, "sha256Hash": "0" * 64}],
)
async def test_a_wrong_hash_is_not_believed(service: Service, wanted: Any) -> None:
    await service.refused({"query": HELLO, "extensions": {"persistedQuery": wanted}}, 422, "BAD_REQUEST")


async def test_an_invalid_document_is_not_registered(service: Service) -> None:
    wrong = "{ nope }"
    await service.refused(persisted(wrong, query=wrong), 422, "GRAPHQL_VALIDATION_FAILED")

    await service.refused(persisted(wrong), 404, "PERSISTED_QUERY_NOT_FOUND")


async def test_in_production_a_browser_runs_stored_documents_only(service: Service, configured: settings.Settings) -> None:
    settings.install(configured.model_copy(update={"production": True}))
    await _member("ann@example.com")
    cookie = await _cookie("ann@example.com")
    stored = {"query": small.OPERATIONS["Teams"]}

    assert (await service.post(stored, client=service.stranger, cookie=cookie)).status_code == 200
    error = await service.refused({"query": HELLO}, 403, "FORBIDDEN", client=service.stranger, cookie=cookie)
    assert "API token" in error["message"]
    await service.refused(persisted(HELLO, query=HELLO), 403, "FORBIDDEN", client=service.stranger, cookie=cookie)
    await service.refused({"query": "{ nope"}, 403, "FORBIDDEN", client=service.stranger, cookie=cookie)
    assert (await service.post({"query": HELLO})).status_code == 200


async def test_in_production_strangers_learn_nothing(service: Service, configured: settings.Settings) -> None:
    settings.install(configured.model_copy(update={"production": True}))

    for query in ("{ __typename }", "{ __schema { queryType { name } } }", "{ teem }", "{"):
        await service.refused({"query": query}, 401, "UNAUTHENTICATED", client=service.stranger)


async def test_developers_may_introspect_and_get_suggestions_also_in_production(service: Service, configured: settings.Settings) -> None:
    settings.install(configured.model_copy(update={"production": True}))

    assert (await service.query("{ __schema { queryType { name } } }"))["data"]["__schema"]["queryType"] == {"name": "Query"}
    assert "Did you mean" in (await service.refused({"query": "{ teem { id } }"}, 422, "GRAPHQL_VALIDATION_FAILED"))["message"]


async def test_in_development_strangers_may_read_the_schema_and_nothing_else(service: Service) -> None:
    from graphql import get_introspection_query

    assert (await service.post({"query": get_introspection_query()}, client=service.stranger)).status_code == 200
    assert (await service.post({"query": "{ ...F } fragment F on Query { __typename }"}, client=service.stranger)).status_code == 200
    answer = await service.post({"query": "{ __typename teams { totalCount } }"}, client=service.stranger)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="voc"')


async def test_a_session_works_from_our_own_pages_only(service: Service) -> None:
    await _member("bob@example.com")
    cookie = await _cookie("bob@example.com")
    ask = {"query": "{ teams { totalCount } }"}

    own = service.url.removeprefix("http://")
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": f"http://{own}"}, {"origin": "http://voc.test"}, {}):
        assert (await service.post(ask, client=service.stranger, cookie=cookie, **headers)).status_code == 200
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ):
        await service.refused(ask, 403, "FORBIDDEN", client=service.stranger, cookie=cookie, **headers)


@pytest.mark.parametrize("value", ["Bearer nope", "Bearer", "Basic dXNlcjpwYXNz", "nope", "Bearer voc_ x"])
async def test_a_credential_that_opens_nothing_is_refused(service: Service, value: str) -> None:
    await service.refused({"query": "{ __typename }"}, 401, "UNAUTHENTICATED", client=service.stranger, authorization=value)


async def test_a_session_that_has_ended_is_refused(service: Service) -> None:
    await service.refused({"query": "{ __typename }"}, 401, "UNAUTHENTICATED", client=service.stranger, cookie="voc-session=nope")


def test_the_cookie_is_the_one_that_the_sign_in_pages_set(database_url: str, configured: settings.Settings) -> None:
    from voc.api.credentials import SECURE_SESSION_COOKIE, SESSION_COOKIE
    from voc.web.sessions import cookie_name

    assert cookie_name() == SESSION_COOKIE
    settings.install(configured.model_copy(update={"base_url": "https://voc.test"}))
    assert cookie_name() == SECURE_SESSION_COOKIE


def test_documents_are_kept_within_bounds(database_url: str) -> None:
    documents = Documents(small.schema._schema, small.OPERATIONS)
    for number in range(KEPT + 10):
        text = f"query Q{number} {{ __typename }}"
        documents.register(text)
        documents.read(text, hide_suggestions=False)

    assert (len(documents._kept), len(documents._registered)) == (KEPT, KEPT)
    assert documents.by_hash(digest("query Q0 { __typename }")) is None
    assert documents.by_hash(digest(small.OPERATIONS["Teams"])) == small.OPERATIONS["Teams"]
    assert documents.read(HELLO, hide_suggestions=False) is documents.read(HELLO, hide_suggestions=False)


def test_stored_operations_are_one_to_a_file_and_named_after_it(database_url: str, tmp_path: Any) -> None:
    (tmp_path / "Hello.graphql").write_text(HELLO)
    assert stored_operations(tmp_path) == {"Hello": HELLO}

    (tmp_path / "Other.graphql").write_text(HELLO)
    with pytest.raises(ValueError, match=r"Other\.graphql must hold one operation, named Other"):
        stored_operations(tmp_path)


async def _member(email: str) -> None:
    member = await add_member(Actor.system("test"), name="Somebody", email=email)
    await give_role(Actor.system("test"), member.id, Role.ADMIN)


async def _cookie(email: str) -> str:
    member = await Member.get(email=email)
    return f"voc-session={await _open_session(Actor.system('test'), member.id)}"
