"""Small LimeSurvey files, written by ourselves, in the layout of today."""

from typing import Any
from xml.sax.saxutils import escape

Rows = list[dict[str, Any]]


def question(code: str, type_: str = "T", **more: Any) -> dict[str, Any]:
    """A question: `text`, `group`, `answers` and `subs` by code, `columns` for the second axis, `attributes`, and any field of the row."""
    return {"title": code, "type": type_, **more}


def lss(*questions: dict[str, Any], groups: Rows | None = None, survey: dict[str, Any] | None = None, **sections: Rows) -> bytes:
    """The file. Question ids are 1, 2 … in the order given; the survey has id 9 and speaks English."""
    rows: dict[str, Rows] = {
        name: [] for name in ("questions", "subquestions", "question_l10ns", "answers", "answer_l10ns", "question_attributes")
    }
    for number, one in enumerate(questions, 1):
        _add(rows, str(number), dict(one), number)
    found = groups or [{"gid": "1", "group_order": "0"}]
    words = [{"surveyls_language": "en", "surveyls_title": "Own"}]
    settings = [{"sid": "9", "language": "en", "format": "G", **(survey or {})}]
    everything = {"surveys": settings, "surveys_languagesettings": words, "groups": found, **rows, **sections}
    return document("Survey", everything)


def document(kind: str, sections: dict[str, Rows]) -> bytes:
    """Any LimeSurvey document."""
    body = "".join(f"<{name}><rows>{''.join(map(_row, rows))}</rows></{name}>" for name, rows in sections.items())
    head = f"<LimeSurveyDocType>{kind}</LimeSurveyDocType><DBVersion>630</DBVersion><languages><language>en</language></languages>"
    return f"<?xml version='1.0' encoding='UTF-8'?><document>{head}{body}</document>".encode()


def _row(row: dict[str, Any]) -> str:
    return f"<row>{''.join(f'<{name}>{escape(str(value))}</{name}>' for name, value in row.items())}</row>"


def _add(rows: dict[str, Rows], qid: str, one: dict[str, Any], number: int) -> None:
    parts = {name: one.pop(name, {}) for name in ("answers", "subs", "columns", "attributes")}
    text, group = one.pop("text", one["title"]), one.pop("group", "1")
    rows["questions"].append({"qid": qid, "gid": group, "parent_qid": "0", "question_order": number, **one})
    rows["question_l10ns"].append({"qid": qid, "language": "en", "question": text})
    for at, (code, said) in enumerate(parts["answers"].items()):
        rows["answers"].append({"aid": f"{qid}{at}", "qid": qid, "code": code, "sortorder": at, "scale_id": "0"})
        rows["answer_l10ns"].append({"aid": f"{qid}{at}", "language": "en", "answer": said})
    for scale, name in (("0", "subs"), ("1", "columns")):
        for at, (code, said) in enumerate(parts[name].items()):
            own = f"{qid}0{scale}{at}"
            row = {"qid": own, "parent_qid": qid, "title": code, "scale_id": scale, "question_order": at}
            rows["subquestions"].append({**row, **(said if isinstance(said, dict) else {})})
            rows["question_l10ns"].append({"qid": own, "language": "en", "question": said if isinstance(said, str) else code})
    rows["question_attributes"] += [{"qid": qid, "attribute": name, "value": value} for name, value in parts["attributes"].items()]
