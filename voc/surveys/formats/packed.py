"""Files packed with gzip or zip, opened within bounds. PURE."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from zipfile import BadZipFile

from voc.surveys.formats.imported import NotImportable

_GZIP = b"\x1f\x8b"


def unpacked(data: bytes, largest: int) -> bytes:
    """What is packed in a file, or the file itself where nothing is; never more than one byte over `largest`.

    Raises NotImportable for a broken file.
    """
    if not data.startswith(_GZIP):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(data, largest + 1)
    except zlib.error:
        raise NotImportable("BROKEN_ARCHIVE", "The packed file is broken. Pack it again, or send it as it is.") from None
    if not unpacker.eof and len(found) <= largest:
        raise NotImportable("CUT_OFF", "The packed file stops in the middle. Send it again.")
    return found


@contextmanager
def unbroken(code: str, message: str) -> Iterator[None]:
    """Whatever goes wrong in an archive while it is read is NotImportable, with this code and message; its own refusals stay."""
    try:
        yield
    except NotImportable:
        raise
    except (BadZipFile, EOFError, LZMAError, MemoryError, OSError, RuntimeError, ValueError, zlib.error):
        raise NotImportable(code, message) from None
