"""Files inside the input of a mutation: their text, or their bytes in base64."""

from base64 import b64decode
from binascii import Error as NotBase64

from voc.core.errors import Invalid

MOST_BYTES = 5_000_000


def bytes_of(document: str | None, document_base64: str | None) -> bytes:
    """The bytes of the one of the two that is given. Refuses both, neither, what is no base64 and what is too large (Invalid)."""
    if (document is None) == (document_base64 is None):
        raise Invalid.at("document", "ONE_OF", "Send the file in `document` or in `documentBase64`: exactly one of them.")
    if document is not None:
        found = document.encode("utf-8", "surrogatepass")
    else:
        try:
            found = b64decode("".join((document_base64 or "").split()), validate=True)
        except (NotBase64, ValueError):
            raise Invalid.at("documentBase64", "NOT_BASE64", "This is not base64. Encode the bytes of the file anew.") from None
    if len(found) > MOST_BYTES:
        message = f"The file is larger than {MOST_BYTES // 1_000_000} MB. Pack it with gzip, or import it at the command line."
        raise Invalid.at("document", "TOO_LARGE", message)
    return found
