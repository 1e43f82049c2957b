"""Names of languages as other systems write them (`EN`, `ZH-S`, `Deutsch (de)`, `english`) to ours (`en`, `zh-Hans`, `de`). PURE."""

import re
from collections.abc import Iterable

from voc.surveys.described import LANGUAGE

_OWN_WAYS = {
    "zh-s": "zh-Hans",
    "zh-t": "zh-Hant",
    "zh-cn": "zh-Hans",
    "zh-tw": "zh-Hant",
    "zh-hant-hk": "zh-HK",
    "zh-hant-tw": "zh-Hant",
    "asm": "as",
    "aze": "az",
    "azj": "az",
    "bel": "be",
    "bos": "bs",
    "cog": "cgc",
    "esp": "es",
    "fr-inf": "fr",
    "de-informal": "de",
    "de-easy": "de",
    "es-inf": "es",
    "it-informal": "it",
    "nl-informal": "nl",
    "isl": "is",
    "kaz": "kk",
    "kz-ru": "ru-KZ",
    "ms-my": "ms",
    "mal": "ml",
    "mar": "mr",
    "mon": "mn",
    "ori": "or",
    "pan": "pa",
    "pb": "pt-BR",
    "rus": "ru",
    "sin": "si",
    "spa": "es",
    "sqi": "sq",
    "swa": "sw",
    "tel": "te",
    "tgl": "tl",
    "ukr": "uk",
    "urd": "ur",
    "cnr": "sr-ME",
    "iw": "he",
    "in": "id",
    "gr": "el",
    "jp": "ja",
    "kr": "ko",
    "cz": "cs",
    "dk": "da",
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "fre": "fr",
    "nld": "nl",
    "dut": "nl",
    "ara": "ar",
    "zho": "zh",
    "chi": "zh",
    "por": "pt",
    "jpn": "ja",
    "kor": "ko",
    "ita": "it",
    "tur": "tr",
    "pol": "pl",
    "hin": "hi",
    "ben": "bn",
    "swe": "sv",
    "nor": "no",
    "dan": "da",
    "fin": "fi",
    "ell": "el",
    "heb": "he",
    "ind": "id",
    "vie": "vi",
    "tha": "th",
    "ces": "cs",
    "hun": "hu",
    "ron": "ro",
}
_IN_WORDS = {
    **{"english": "en", "englisch": "en", "anglais": "en", "engels": "en", "inglés": "en", "german": "de", "deutsch": "de", "duits": "de"},
    **{"dutch": "nl", "nederlands": "nl", "flemish": "nl-BE", "vlaams": "nl-BE", "french": "fr", "français": "fr", "francais": "fr"},
    **{"spanish": "es", "español": "es", "espanol": "es", "portuguese": "pt", "português": "pt", "portugues": "pt", "italian": "it"},
    **{"italiano": "it", "arabic": "ar", "العربية": "ar", "chinese": "zh", "中文": "zh", "japanese": "ja", "日本語": "ja", "korean": "ko"},
    **{"한국어": "ko", "russian": "ru", "русский": "ru", "ukrainian": "uk", "українська": "uk", "polish": "pl", "polski": "pl"},
    **{"turkish": "tr", "türkçe": "tr", "turkce": "tr", "swedish": "sv", "svenska": "sv", "norwegian": "no", "norsk": "no"},
    **{"danish": "da", "dansk": "da", "finnish": "fi", "suomi": "fi", "estonian": "et", "eesti": "et", "latvian": "lv"},
    **{"lithuanian": "lt", "czech": "cs", "čeština": "cs", "slovak": "sk", "hungarian": "hu", "magyar": "hu", "romanian": "ro"},
    **{"română": "ro", "bulgarian": "bg", "greek": "el", "ελληνικά": "el", "hebrew": "he", "עברית": "he", "hindi": "hi", "हिन्दी": "hi"},
    **{"bengali": "bn", "bangla": "bn", "urdu": "ur", "persian": "fa", "farsi": "fa", "swahili": "sw", "kiswahili": "sw"},
    **{"indonesian": "id", "bahasa indonesia": "id", "malay": "ms", "thai": "th", "vietnamese": "vi", "nepali": "ne", "somali": "so"},
    **{"amharic": "am", "hausa": "ha", "igbo": "ig", "yoruba": "yo", "zulu": "zu", "xhosa": "xh", "afrikaans": "af", "catalan": "ca"},
    **{"català": "ca", "basque": "eu", "galician": "gl", "croatian": "hr", "serbian": "sr", "slovenian": "sl", "albanian": "sq"},
    **{"kinyarwanda": "rw", "burmese": "my", "khmer": "km", "lao": "lo", "tamil": "ta", "telugu": "te", "tagalog": "tl", "filipino": "fil"},
}
_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*)\s*\)\s*\Z")
_CODE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z0-9]{1,8}))?(?:[-_]([a-z0-9]{1,8}))?\Z")
_USABLE = re.compile(LANGUAGE)


def language_code(name: str) -> str:
    """Our code of a language that another system names; "" where it is not known which language is meant."""
    plain = " ".join(name.split()).strip()
    if bracketed := _IN_BRACKETS.search(plain):
        return language_code(bracketed[1])
    low = plain.lower()
    found = _OWN_WAYS.get(low.replace("_", "-")) or _IN_WORDS.get(low) or _from_code(low)
    if found and not _USABLE.fullmatch(found):
        found = found.split("-", 1)[0]
    return found if _USABLE.fullmatch(found) else ""


def language_codes(names: Iterable[str]) -> dict[str, str]:
    """For each name a code of its own, in order.

    Two names for one language, and names that nobody knows, get one of the codes that are set aside for private use (`qaa`, `qab` …),
    so that none of them takes another's texts.
    """
    codes: dict[str, str] = {}
    spare = (f"qa{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    for name in names:
        code = language_code(name)
        if name not in codes:
            if not code or code in codes.values():
                code = next(spare, "")
            if code:
                codes[name] = code
    return codes


def _from_code(low: str) -> str:
    match = _CODE.fullmatch(low)
    if not match:
        return ""
    base, *rest = match.groups()
    base = _OWN_WAYS.get(base, base)
    written = [base.split("-", 1)[0]]
    for part in rest:
        if part and len(part) == 4 and part.isalpha() and len(written) == 1:
            written.append(part.capitalize())
        elif part and len(part) == 2 and part.isalpha():
            written.append(part.upper())
        elif part and len(part) == 3 and part.isdigit():
            written.append(part)
    return "-".join(written)
