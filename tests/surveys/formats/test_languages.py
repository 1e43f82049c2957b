"""Names of languages in other systems' files."""

import pytest

from voc.surveys.formats.languages import language_code, language_codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("EN", "en"), ("EN-GB", "en-GB"), ("ES-ES", "es-ES"), ("PT-BR", "pt-BR"), ("ZH-S", "zh-Hans"), ("ZH-T", "zh-Hant")),
        *(("SQI", "sq"), ("ESP", "es"), ("KZ-RU", "ru-KZ"), ("FR-CA", "fr-CA"), ("en_US", "en-US"), ("zh-cn", "zh-Hans")),
        *(("Deutsch (de)", "de"), ("English (en)", "en"), ("english", "en"), ("Español", "es"), ("chinese", "zh")),
        *(("", ""), ("nobody knows", ""), ("default", ""), ("de/../../etc", "")),
    ],
)
def test_a_language_is_known_by_its_usual_names(name: str, code: str) -> None:
    assert language_code(name) == code


def test_two_names_for_one_language_do_not_take_each_others_texts() -> None:
    assert language_codes(["ES", "ESP", "Klingon", "ES-ES"]) == {"ES": "es", "ESP": "qaa", "Klingon": "qab", "ES-ES": "es-ES"}
