"""Two hundred invented customers, always the same ones."""

import random
from dataclasses import dataclass

_FIRST_NAMES = """
Anouk Bram Carlijn Daan Eline Fatima Gijs Hanneke Ilse Jasper Karim Lotte Maarten Noor Omar Petra Quinten Rosa Sander Tess
Umut Vera Wouter Xandra Yusuf Zoë Alice Ben Charlotte David Emma Frank Grace Henry Isabel Jack Kate Liam Mary Nathan
"""
_LAST_NAMES = """
de Vries, Jansen, Bakker, van Dijk, Visser, Smit, Meijer, de Boer, Mulder, de Groot, Bos, Vos, Peters, Hendriks, van Leeuwen,
Dekker, Brouwer, de Wit, Dijkstra, Smits, El Amrani, Yılmaz, Kaya, Janssens, Willems, Brown, Taylor, Wilson, Evans, Thomas
"""
_FIRST = tuple(_FIRST_NAMES.split())
_LAST = tuple(name.strip() for name in _LAST_NAMES.split(","))
_SEGMENTS = ("particulier", "particulier", "particulier", "zakelijk", "lease")


@dataclass(frozen=True, slots=True)
class Person:
    """One invented customer, with the id the CRM knows them by."""

    crm_id: str
    first_name: str
    name: str
    email: str
    phone: str
    language: str
    segment: str
    value: int
    agrees_to_texts: bool = False

    def as_input(self) -> dict[str, object]:
        """The customer as `upsertCustomers` takes it."""
        return {
            "externalIds": [{"system": "crm", "externalId": self.crm_id}],
            "name": self.name,
            "firstName": self.first_name,
            "email": self.email,
            "phone": self.phone,
            "language": self.language,
            "segment": self.segment,
            "value": {"amount": str(self.value), "currency": "EUR"},
            **({"consents": [{"channel": "SMS", "state": "GRANTED"}]} if self.agrees_to_texts else {}),
        }


def people(count: int = 200, seed: int = 7) -> list[Person]:
    """The customers; the same count and seed give the same people."""
    dice = random.Random(seed)  # noqa: S311 - invented people, no secrets
    return [_person(number, dice) for number in range(1, count + 1)]


def _person(number: int, dice: random.Random) -> Person:
    first, last = dice.choice(_FIRST), dice.choice(_LAST)
    segment = dice.choice(_SEGMENTS)
    return Person(
        crm_id=f"K{10_000 + number}",
        first_name=first,
        name=f"{first} {last}",
        email=f"klant{number}@post.example",
        phone=f"+3161{number:07d}",
        language="nl" if dice.random() < 0.65 else "en",
        segment=segment,
        value=dice.randrange(50, 900) * (12 if segment != "particulier" else 1),
        agrees_to_texts=number % 2 == 0,
    )
