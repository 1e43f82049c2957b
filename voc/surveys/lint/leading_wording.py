"""A question does not tell people what to answer, and does not praise what it asks about. PURE."""

from collections.abc import Iterator

from voc.surveys.lint.rule import Finding, Rule, asked_texts, one_of
from voc.surveys.questionnaire import Questionnaire, Severity

_PUSHES = {
    "en": one_of(
        *(r"don['’]t you (?:think|agree|find)", r"wouldn['’]t you (?:say|agree)", r"isn['’]t it"),
        *("would you agree that", "as you know"),
        *("of course", "obviously", "surely", "undoubtedly", r"how (?:much )?did you (?:enjoy|love|like)"),
        *(r"how (?:great|amazing|excellent|wonderful|fantastic|awesome|terrible|awful|horrible|bad|good|happy|delighted)",),
        r"our (?:great|amazing|excellent|wonderful|fantastic|award-winning|world-class|outstanding|friendly|helpful|new and improved)",
    ),
    "nl": one_of(
        *(
            r"vindt? (?:u|je) (?:het |dat )?(?:ook )?niet",
            r"bent u het (?:er)?mee eens dat",
            "zoals u weet",
            "natuurlijk",
            "uiteraard",
            "vanzelfsprekend",
        ),
        *(r"hoe (?:fijn|prettig|leuk|geweldig|fantastisch|goed|blij|uitstekend|slecht|vreselijk)",),
        r"onze (?:geweldige|uitstekende|fantastische|vriendelijke|behulpzame|deskundige|bekroonde|goede)",
    ),
    "de": one_of(
        *(r"finden sie nicht(?: auch)?", "stimmen sie zu, dass", "wie sie wissen", "natürlich", "selbstverständlich", "offensichtlich"),
        *(
            r"wie (?:toll|großartig|hervorragend|schön|gut|schlecht|schrecklich)",
            r"unser\w* (?:tollen|großartigen|hervorragenden|freundlichen)",
        ),
    ),
    "fr": one_of(
        *("ne pensez-vous pas", "ne trouvez-vous pas", "êtes-vous d['’]accord que", "comme vous le savez", "bien sûr", "évidemment"),
        *(
            "à quel point avez-vous (?:aimé|apprécié|adoré)",
            r"nos (?:excellents|formidables|meilleurs)",
            r"notre (?:excellente?|formidable)",
        ),
    ),
    "es": one_of(
        *("no cree(?: usted)? que", "no le parece", "está de acuerdo en que", "como sabe", "por supuesto", "obviamente", "naturalmente"),
        *("cuánto (?:disfrutó|le gustó)", r"nuestro (?:excelente|magnífico|gran)", r"nuestra (?:excelente|magnífica|gran)"),
    ),
}


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, language, text in asked_texts(questionnaire):
        found = _PUSHES[language].search(text) if language in _PUSHES else None
        if found:
            message = f"“{found[0]}” leads people to one answer. Ask it so that every answer is as easy to give."
            dutch = f"“{found[0]}” stuurt mensen naar één antwoord. Vraag het zo dat elk antwoord even makkelijk te geven is."
            yield Finding(path, message, dutch)


RULE = Rule(
    "LEADING_WORDING",
    Severity.WARNING,
    _find,
    good=(
        {"text": {"en": "How satisfied are you with our help?"}},
        {"text": {"nl": "Hoe tevreden bent u over onze hulp?"}},
        {"text": {"de": "Wie zufrieden sind Sie mit unserer Hilfe?"}},
    ),
    bad=(
        {"text": {"en": "How great was our service?"}},
        {"text": {"en": "Don't you agree that our staff was helpful?"}},
        {"text": {"nl": "Hoe prettig vond u ons gesprek?"}},
        {"text": {"nl": "Hoe tevreden bent u over onze uitstekende service?"}},
        {"text": {"de": "Finden Sie nicht auch, dass es schnell ging?"}},
        {"text": {"fr": "Comme vous le savez, nous avons changé. Êtes-vous satisfait ?"}},
        {"text": {"es": "¿Cuánto disfrutó de la visita?"}},
    ),
)
