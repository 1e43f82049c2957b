"""Documents named by their hash: `documentId: "sha256:<hex>"`, and Apollo's automatic persisted queries."""

from voc.api.refused import RefusedRequest
from voc.api.requests import Asked
from voc.api.stored_documents import Documents, document_hash


def text_of(asked: Asked, documents: Documents) -> str:
    """The source text that a request means; a hash that nobody knows is refused."""
    if asked.document_id is not None:
        prefix, _, digest = asked.document_id.partition(":")
        found = documents.by_hash(digest) if prefix == "sha256" else None
        if found is None:
            message = "There is no document with this documentId: it is `sha256:` and the SHA-256 of a stored document in lower-case hex."
            raise RefusedRequest(404, "PERSISTED_DOCUMENT_NOT_FOUND", message)
        return found
    if "persistedQuery" in asked.extensions:
        return _persisted(asked, documents)
    assert asked.query is not None  # checked when the request was read
    return asked.query


def _persisted(asked: Asked, documents: Documents) -> str:
    wanted = asked.extensions["persistedQuery"]
    digest = wanted.get("sha256Hash") if isinstance(wanted, dict) and wanted.get("version") == 1 else None
    if not isinstance(digest, str):
        raise RefusedRequest(422, "BAD_REQUEST", "`extensions.persistedQuery` is an object with `version` 1 and `sha256Hash`.")
    if asked.query is None:
        found = documents.by_hash(digest)
        if found is None:
            raise RefusedRequest(404, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        return found
    if document_hash(asked.query) != digest:
        raise RefusedRequest(422, "BAD_REQUEST", "`sha256Hash` is not the SHA-256 of the document sent with it.")
    return asked.query
