"""The object in a text of JSON, or of JavaScript as people keep surveys in: comments, bare keys, single quotes, commas at the end. PURE."""

import json
import re
from collections.abc import Iterator

import orjson

from voc.surveys.formats.imported import NotImportable

_TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`)
      | (?P<number>[-+]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?))
      | (?P<word>[^\W\d][\w$]*|\$[\w$]*)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "\n": "", "\r\n": ""}
_HALVES = re.compile("[\ud800-\udfff]")
_BEFORE = {"=", "(", "default", "return", ""}
_OF_NOTHING = {"undefined", "NaN", "Infinity"}


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 with its mark; anything else is refused."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise NotImportable("NOT_TEXT", f"This is no text in UTF-8 (byte {fault.start}). Save the file as UTF-8.") from None


def read_literal(data: bytes) -> object:
    """What the text describes. Refuses what is cut off, and JavaScript that must be run to know what it says."""
    text = decoded(data)
    if not text.strip():
        raise NotImportable("EMPTY", "The file is empty. Save the survey again.")
    try:
        return orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as fault:
        refusal = fault
    if text.lstrip()[:1] in "{[" and "unexpected end of data" in str(refusal):
        raise NotImportable("CUT_OFF", f"The file stops in the middle ({_place(text, len(text))}). Download it again.")
    try:
        return orjson.loads(_HALVES.sub("", "".join(_as_json(text))))
    except NotImportable:
        raise
    except ValueError:
        place = f"line {refusal.lineno}, column {refusal.colno}" if isinstance(refusal, orjson.JSONDecodeError) else "half a character"
        said = getattr(refusal, "msg", "it cannot be read")
        raise NotImportable("NOT_JSON", f"This is no JSON: {said} ({place}). Save the survey again as JSON.") from None


def _as_json(text: str) -> Iterator[str]:
    """The first object of the text, piece by piece, as JSON."""
    depth, before, held = 0, "", ""
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup or "sign", match[0]
        if kind == "skip":
            continue
        if depth == 0 and not (piece == "{" and before in _BEFORE):
            before = piece
            continue
        if kind == "sign" and piece not in "{}[]:,+":
            raise NotImportable(
                "NOT_JSON", f"This is JavaScript that must be run ({_place(text, match.start())}). Save the survey as JSON."
            )
        if held == "+" and kind == "text":
            held = f"{before[:-1]}{json.dumps(_unquoted(piece))[1:]}"
            before = held
            continue
        if piece == "+" and held[:1] == '"':
            before, held = held, "+"
            continue
        yield "" if held == "," and piece in ("}", "]") else held
        held = before = _written(kind, piece)
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(piece, 0) if kind == "sign" else 0
        if depth == 0:
            yield held
            return
    raise NotImportable(*(("CUT_OFF", "The file stops in the middle. Download it again.") if depth else _NO_OBJECT))


_NO_OBJECT = ("NOT_JSON", "There is no survey in this text: it holds no object in braces. Save the survey as JSON.")


def _written(kind: str, piece: str) -> str:
    if kind == "text":
        return json.dumps(_unquoted(piece))
    if kind == "number":
        return str(int(piece, 16)) if "x" in piece.lower() else repr(float(piece)) if re.search(r"[.eE]", piece) else str(int(piece))
    if kind == "word":
        return piece if piece in ("true", "false", "null") else "null" if piece in _OF_NOTHING else json.dumps(piece)
    return piece


def _unquoted(piece: str) -> str:
    return _ESCAPE.sub(_meant, piece[1:-1])


def _meant(match: re.Match[str]) -> str:
    escape = match[1]
    if escape[0] in "ux" and len(escape) > 1:
        number = int(escape[1:].strip("{}"), 16)
        return chr(number) if number < 0x110000 else ""
    return _ESCAPES.get(escape, escape)


def _place(text: str, at: int) -> str:
    return f"line {text.count(chr(10), 0, at) + 1}"
