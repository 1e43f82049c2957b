"""A questionnaire in the shape of the facts, read out of the answer of GraphQL and out of nothing else."""

from collections.abc import Iterable
from typing import Any

Facts = dict[str, Any]

IMPORTED = """
fragment Part on QuestionChoice { code texts { language text } showIf hasOwnWords isExclusive }
mutation Bring($input: ImportSurveyInput!) {
  importSurvey(input: $input) {
    __typename
    ... on InvalidInput { faults { path code message } }
    ... on ImportedSurvey {
      report { id format questions items { sourceId question code fate } }
      survey {
        id
        key
        draftQuestionnaire {
          names { language text }
          languages
          document
          origin { languages }
          pages {
            key
            showIf
            endIf
            loop
            loopOver { code }
            questions {
              key
              code
              sourceId
              kind
              cells
              was
              points
              hasLogic
              showIf
              isRequired
              isWanted
              texts { language text }
              choices { ...Part }
              columns { ...Part }
              groups { columns { ...Part } }
              rows { code texts { language text } showIf }
              fields { code texts { language text } }
              labels { value texts { language text } }
              limits { accepts }
            }
          }
          endPages { key showIf }
        }
      }
    }
  }
}
"""
_KINDS = {
    **{"NPS": "nps", "CSAT": "rating", "CES": "rating", "RATING": "rating", "SINGLE_CHOICE": "single_choice"},
    **{"MULTIPLE_CHOICE": "multi_choice", "SIDE_BY_SIDE": "matrix_mixed", "RANKING": "ranking", "CONSTANT_SUM": "constant_sum"},
    **{"SLIDER": "slider", "TEXT": "text", "NUMBER": "number", "DATE": "date", "DATE_TIME": "date", "TIME": "time", "FIELDS": "form"},
    **{"YES_NO": "boolean", "CONSENT": "consent", "FILE": "file", "STATEMENT": "content", "HIDDEN": "hidden"},
}
_CELLS = {"SINGLE": "matrix_single", "MULTIPLE": "matrix_multi", "TEXT": "matrix_text", "NUMBER": "matrix_number"}
_NOT_ASKED = ("timing", "meta", "captcha", "language", "geo", "signature")


def reading(answer: Facts) -> Facts:
    """The facts of an imported survey, with the ids and codes of its report."""
    found, report = answer["survey"]["draftQuestionnaire"], answer["report"]["items"]
    named = dict(zip(found["languages"], (found["origin"] or {}).get("languages") or [], strict=False))
    base = found["languages"][0]
    elsewhere = _conditions(found)
    return {
        "base_language": named.get(base, base),
        "languages": [named.get(language, language) for language in found["languages"]],
        "title": next((one["text"] for one in found["names"] if one["language"] == base), ""),
        "questions": [
            _question(one, page, number, base, named, elsewhere) for number, page in enumerate(found["pages"]) for one in page["questions"]
        ],
        "reported": {item["sourceId"] for item in report} | {item["question"] for item in report} - {""},
        "items": [(item["sourceId"], item["code"]) for item in report],
    }


def kind_of(one: Facts) -> str:
    """The word of the facts for a kind of ours."""
    if one["kind"] == "MATRIX":
        return _CELLS[one["cells"]]
    if one["kind"] == "FILE" and one["limits"]["accepts"] and set(one["limits"]["accepts"]) <= {"image", "audio", "video"}:
        return "media"
    if one["kind"] == "NOT_ASKED":
        was = one["was"].lower()
        return next((word for word in _NOT_ASKED if word in was), "calculated" if "calc" in was else "other")
    return _KINDS.get(one["kind"], "other")


def _question(one: Facts, page: Facts, number: int, base: str, named: dict[str, str], elsewhere: str) -> Facts:
    texts = _texts(one["texts"], named)
    on_page = page["showIf"] or page["loop"] or page["loopOver"] or page["endIf"]
    return {
        "id": one["sourceId"] or one["key"],
        "key": one["key"],
        "code": one["code"] or one["key"],
        "kind": kind_of(one),
        "text": texts.get(named.get(base, base), ""),
        "texts": texts,
        "choices": [_part(part, base, named) for part in _choices(one)],
        "rows": [_part(part, base, named) for part in (*one["rows"], *one["fields"])],
        "required": one["isRequired"],
        "soft_required": one["isWanted"],
        "page": number,
        "has_logic": bool(one["hasLogic"] or on_page),
        "is_read": f"answers.{one['key']}" in elsewhere,
    }


def _choices(one: Facts) -> Iterable[Facts]:
    yield from one["choices"]
    yield from one["columns"]
    seen: set[str] = set()
    for column in (column for group in one["groups"] for column in group["columns"]):
        if column["code"] not in seen:
            seen.add(column["code"])
            yield column
    words = {label["value"]: label["texts"] for label in one["labels"]}
    for point in one["points"]:
        yield {"code": str(point), "texts": words.get(str(point), [])}
    if one["kind"] == "YES_NO":
        yield from ({"code": code, "texts": words.get(code, [])} for code in ("yes", "no"))


def _part(part: Facts, base: str, named: dict[str, str]) -> Facts:
    texts = _texts(part["texts"], named)
    return {"code": part["code"], "text": texts.get(named.get(base, base)) or part["code"], "texts": texts}


def _texts(texts: Iterable[Facts], named: dict[str, str]) -> dict[str, str]:
    return {str(named.get(one["language"], one["language"])): one["text"] for one in texts}


def _conditions(found: Facts) -> str:
    """All conditions of the questionnaire: an answer that one of them reads decides what follows."""
    said = [page[name] for page in found["pages"] for name in ("showIf", "endIf")] + [page["showIf"] for page in found["endPages"]]
    for one in (one for page in found["pages"] for one in page["questions"]):
        said += [one["showIf"], *(part["showIf"] for name in ("choices", "columns", "rows") for part in one[name])]
    return " ".join(said) + " "
