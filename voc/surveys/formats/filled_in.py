"""What an imported questionnaire lacks and customers need: a mail that asks, and a page that thanks. PURE."""

from collections.abc import Iterable, Mapping

from voc.surveys.questionnaire import EndPage, InvitationTexts
from voc.surveys.questions import NOTHING
from voc.surveys.texts import Texts

_SUBJECT = {
    "en": "May we ask you something?",
    "nl": "Mogen we u iets vragen?",
    "de": "Dürfen wir Sie etwas fragen?",
    "fr": "Pouvons-nous vous poser une question ?",
    "es": "¿Podemos hacerle una pregunta?",
    "ar": "هل يمكننا أن نطرح عليك سؤالاً؟",
}
_GREETING = {
    "en": "Hello {customer.first_name|there},",
    "nl": "Beste {customer.first_name|klant},",
    "de": "Guten Tag,",
    "fr": "Bonjour,",
    "es": "Hola:",
    "ar": "مرحباً،",
}
_WHY = {
    "en": "You get this message because you are in contact with {brand.name}.",
    "nl": "U krijgt dit bericht omdat u contact heeft met {brand.name}.",
    "de": "Sie erhalten diese Nachricht, weil Sie mit {brand.name} in Kontakt sind.",
    "fr": "Vous recevez ce message parce que vous êtes en contact avec {brand.name}.",
    "es": "Recibe este mensaje porque está en contacto con {brand.name}.",
    "ar": "تصلك هذه الرسالة لأنك على تواصل مع {brand.name}.",
}
_USE = {
    "en": "We use your answers to do our work better.",
    "nl": "We gebruiken uw antwoorden om ons werk beter te doen.",
    "de": "Mit Ihren Antworten machen wir unsere Arbeit besser.",
    "fr": "Vos réponses nous aident à mieux faire notre travail.",
    "es": "Usamos sus respuestas para hacer mejor nuestro trabajo.",
    "ar": "نستخدم إجاباتك لنقوم بعملنا بشكل أفضل.",
}
_CLOSING = {
    "en": "Kind regards,",
    "nl": "Met vriendelijke groet,",
    "de": "Freundliche Grüße",
    "fr": "Bien cordialement,",
    "es": "Un cordial saludo,",
    "ar": "مع أطيب التحيات،",
}
_THANKS = {
    "en": "Thank you for your answers",
    "nl": "Dank u wel voor uw antwoorden",
    "de": "Vielen Dank für Ihre Antworten",
    "fr": "Merci pour vos réponses",
    "es": "Gracias por sus respuestas",
    "ar": "شكراً لك على إجاباتك",
}
_NEXT = {
    "en": "We read everything that you told us.",
    "nl": "We lezen alles wat u ons heeft verteld.",
    "de": "Wir lesen alles, was Sie uns mitgeteilt haben.",
    "fr": "Nous lisons tout ce que vous nous avez dit.",
    "es": "Leemos todo lo que nos ha contado.",
    "ar": "نقرأ كل ما أخبرتنا به.",
}


def in_languages(ours: Mapping[str, str], languages: Iterable[str]) -> Texts:
    """Words of ours in each of the languages: in the language itself, its base (`nl` for `nl-BE`), else English."""
    return Texts({language: ours.get(language) or ours.get(language.split("-", 1)[0]) or ours["en"] for language in languages})


def default_invitation(languages: Iterable[str]) -> InvitationTexts:
    """A mail that asks and fits any questionnaire; whoever designs it should name the event instead."""
    spoken = tuple(languages)
    return InvitationTexts(
        subject=in_languages(_SUBJECT, spoken),
        greeting=in_languages(_GREETING, spoken),
        why=in_languages(_WHY, spoken),
        use=in_languages(_USE, spoken),
        closing=in_languages(_CLOSING, spoken),
    )


def default_end_page(languages: Iterable[str], title: Texts = NOTHING, text: Texts = NOTHING, page_id: str = "thanks") -> EndPage:
    """An end page without a condition. Title and text are those of the file where it has them; a title is always there."""
    spoken = tuple(languages)
    said = text or (NOTHING if title else in_languages(_NEXT, spoken))
    return EndPage(id=page_id, title=title or in_languages(_THANKS, spoken), text=said)
