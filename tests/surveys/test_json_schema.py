"""The schema that editors use is the one the code holds documents to."""

from typing import Any

from voc.core.resources import folder
from voc.surveys.json_schema import FILE_NAME, json_schema, questionnaire_schema_text
from voc.surveys.questions import KINDS


def test_the_file_in_the_schema_folder_is_made_from_the_code() -> None:
    assert (folder("schema") / FILE_NAME).read_text("utf-8") == questionnaire_schema_text(), "run: voc schema export"


def test_every_field_has_a_sentence() -> None:
    def silent(schema: dict[str, Any], place: str) -> list[str]:
        return [f"{place}.{name}" for name, described in schema["properties"].items() if not described.get("description", "").endswith(".")]

    schema = json_schema()
    found = silent(schema, "Questionnaire")
    for name, definition in schema["definitions"].items():
        found += silent(definition, name)
    assert found == []


def test_every_kind_of_question_is_described_with_its_limits() -> None:
    schema = json_schema()
    offered = schema["definitions"]["Page"]["properties"]["questions"]["items"]["anyOf"]
    kinds = [schema["definitions"][one["$ref"].rsplit("/", 1)[1]] for one in offered]
    assert [kind["properties"]["kind"]["const"] for kind in kinds] == list(KINDS)
    csat = schema["definitions"]["Csat"]
    assert csat["required"] == ["kind", "id"]
    assert csat["additionalProperties"] is False
    assert csat["properties"]["highest"] == {
        "description": "The highest number.",
        "type": "integer",
        "minimum": 2,
        "maximum": 10,
        "default": 5,
    }
    assert schema["definitions"]["Ces"]["properties"]["convention"]["enum"] == ["mean", "top3", "index"]
    assert schema["definitions"]["Date"]["properties"]["earliest"]["format"] == "date"
    assert schema["required"] == ["key", "name", "languages", "pages", "end_pages", "invitation"]
