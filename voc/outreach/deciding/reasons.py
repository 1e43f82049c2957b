"""Every reason as a sentence, in the languages of the console. PURE."""

from voc.outreach.deciding.verdicts import Reason

SENTENCES: dict[Reason, dict[str, str]] = {
    reason: {"en": english, "nl": dutch}
    for reason, english, dutch in (
        (Reason.ASKED, "The customer is asked.", "De klant krijgt de vraag."),
        (
            Reason.SETTLING,
            "The contact has just ended; late news may still come in.",
            "Het contact is net voorbij; er kan nog nieuws volgen.",
        ),
        (Reason.NO_POLICY, "No policy speaks of this touchpoint.", "Er is geen beleid voor dit contactmoment."),
        (
            Reason.POLICY_PAUSED,
            "Sending is paused; it goes on when the pause ends.",
            "Het versturen ligt stil; na de pauze gaat het verder.",
        ),
        (Reason.CONDITION_NOT_MET, "The policy's condition is not met.", "Aan de voorwaarde van het beleid is niet voldaan."),
        (Reason.RULE_FAULT, "The policy's condition could not be worked out.", "De voorwaarde van het beleid kon niet worden berekend."),
        (Reason.SURVEY_NOT_PUBLISHED, "The survey has never been published.", "De vragenlijst is nog nooit gepubliceerd."),
        (Reason.CONTACT_SPAM, "The contact was spam.", "Het contact was spam."),
        (Reason.CONTACT_ABANDONED, "The customer left before anybody answered.", "De klant haakte af voordat iemand antwoordde."),
        (Reason.CONTACT_EXCLUDED, "This contact was marked: no survey.", "Dit contact is gemarkeerd: geen vragenlijst."),
        (Reason.CONTACT_SUPPLIER, "It was a supplier who wrote, not a customer.", "Het was een leverancier, geen klant."),
        (
            Reason.OUTCOME_EXCLUDED,
            "The policy does not ask after contacts that ended like this.",
            "Het beleid vraagt niets na contacten die zo eindigden.",
        ),
        (
            Reason.NO_MARKETING,
            "The customer wants no marketing, and the policy heeds it.",
            "De klant wil geen marketing, en het beleid houdt zich daaraan.",
        ),
        (Reason.TOO_LATE, "The contact is too long ago to ask about.", "Het contact is te lang geleden om er nog naar te vragen."),
        (Reason.NO_CUSTOMER, "Nobody knows which customer this was.", "Het is niet bekend welke klant dit was."),
        (Reason.NO_ADDRESS, "There is no usable address for the customer.", "Er is geen bruikbaar adres van de klant."),
        (Reason.CONSENT_REFUSED, "The customer does not want to be asked.", "De klant wil geen vragen krijgen."),
        (
            Reason.CONSENT_UNKNOWN,
            "Nobody knows whether the customer agrees to be asked.",
            "Het is niet bekend of de klant vragen wil krijgen.",
        ),
        (Reason.SUPPRESSED, "This address gets no messages from us.", "Dit adres krijgt geen berichten van ons."),
        (Reason.HELD, "Something is still open with this customer.", "Er loopt nog iets met deze klant."),
        (Reason.WITHIN_QUIET_DAYS, "The customer was asked not long ago.", "De klant kreeg kort geleden al een vraag."),
        (
            Reason.OUTRANKED,
            "Another policy that matters more asks this customer.",
            "Een ander beleid, dat belangrijker is, vraagt deze klant al iets.",
        ),
        (
            Reason.BUDGET_SPENT,
            "The customer was asked as often as a year allows.",
            "De klant kreeg al zoveel vragen als er in een jaar mogen.",
        ),
        (
            Reason.OUTSIDE_WINDOW,
            "No hour at which customers are asked comes before it is too late.",
            "Er komt geen uur waarop klanten vragen krijgen voordat het te laat is.",
        ),
        (
            Reason.NOT_SAMPLED,
            "Only a share is asked, and the draw fell on others.",
            "Maar een deel krijgt de vraag; de loting koos anderen.",
        ),
        (Reason.ENOUGH_ANSWERS, "This month has brought enough answers.", "Deze maand zijn er genoeg antwoorden."),
        (
            Reason.TEXT_TOO_LONG,
            "The text would take more messages than the gateway's template allows.",
            "De tekst zou meer berichten kosten dan de sjabloon van de gateway toestaat.",
        ),
        (
            Reason.RECIPIENT_REFUSED,
            "The customer's mail system or network refused the address or number.",
            "Het mailsysteem of netwerk van de klant weigerde het adres of nummer.",
        ),
        (Reason.MESSAGE_REFUSED, "The mail system or network refused the message.", "Het mailsysteem of netwerk weigerde het bericht."),
        (Reason.NOT_DELIVERED, "All attempts to deliver it failed.", "Alle pogingen om het te bezorgen zijn mislukt."),
        (Reason.BOUNCED, "It was taken at first and then came back.", "Het werd eerst aangenomen en kwam daarna terug."),
        (Reason.COMPLAINED, "The customer called it spam.", "De klant noemde het spam."),
        (Reason.WITHDRAWN, "A colleague withdrew it.", "Een collega heeft het ingetrokken."),
    )
}


def sentence(reason: str, language: str) -> str:
    """The reason for a reader of `language` (English if we do not speak it); words that are no reason are given back as they are."""
    try:
        said = SENTENCES[Reason(reason)]
    except ValueError:
        return reason
    return said.get(language.split("-", 1)[0], said["en"])
