"""The words that LimeSurvey has built in and no file holds. PURE."""

from collections.abc import Mapping

_YES = {"en": "Yes", "nl": "Ja", "de": "Ja", "fr": "Oui", "es": "Sí", "ar": "نعم"}
_NO = {"en": "No", "nl": "Nee", "de": "Nein", "fr": "Non", "es": "No", "ar": "لا"}
_UNCERTAIN = {"en": "Uncertain", "nl": "Weet niet", "de": "Unsicher", "fr": "Incertain", "es": "No sé", "ar": "غير متأكد"}
_INCREASE = {"en": "Increase", "nl": "Toegenomen", "de": "Zugenommen", "fr": "Augmentation", "es": "Aumentar", "ar": "ازداد"}
_SAME = {"en": "Same", "nl": "Gelijk gebleven", "de": "Gleich geblieben", "fr": "Sans changement", "es": "Igual", "ar": "لم يتغير"}
_DECREASE = {"en": "Decrease", "nl": "Afgenomen", "de": "Abgenommen", "fr": "Diminution", "es": "Disminuir", "ar": "انخفض"}
_FEMALE = {"en": "Female", "nl": "Vrouw", "de": "Weiblich", "fr": "Féminin", "es": "Femenino", "ar": "أنثى"}
_MALE = {"en": "Male", "nl": "Man", "de": "Männlich", "fr": "Masculin", "es": "Masculino", "ar": "ذكر"}
OTHER = {"en": "Other", "nl": "Anders", "de": "Sonstiges", "fr": "Autre", "es": "Otro", "ar": "أخرى"}
COMMENT = {"en": "Comment", "nl": "Toelichting", "de": "Kommentar", "fr": "Commentaire", "es": "Comentario", "ar": "تعليق"}

Words = Mapping[str, str]

COLUMNS: Mapping[str, tuple[tuple[str, Words], ...]] = {
    "A": tuple((str(number), {"en": str(number)}) for number in range(1, 6)),
    "B": tuple((str(number), {"en": str(number)}) for number in range(1, 11)),
    "C": (("Y", _YES), ("U", _UNCERTAIN), ("N", _NO)),
    "E": (("I", _INCREASE), ("S", _SAME), ("D", _DECREASE)),
    "G": (("F", _FEMALE), ("M", _MALE)),
}
