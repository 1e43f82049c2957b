"""Files packed with gzip, opened within bounds. PURE."""

import zlib

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
