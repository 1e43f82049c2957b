"""PURE. Names, mail addresses and telephone numbers for eyes that may not see whose they are: enough to tell two apart."""

STARS = 3


def masked_name(name: str | None) -> str | None:
    """`Anna de Vries` becomes `A*** d* V***`."""
    return None if name is None else " ".join(word[0] + "*" * min(len(word) - 1, STARS) for word in name.split())


def masked_mail(address: str | None) -> str | None:
    """`anna@example.nl` becomes `a***@***.nl`."""
    if address is None:
        return None
    local, _, domain = address.partition("@")
    return f"{local[:1]}***@***.{domain.rpartition('.')[2]}"


def masked_phone(number: str | None) -> str | None:
    """`+31612345678` becomes `+31*****78`."""
    return None if number is None else f"{number[:3]}*****{number[-2:]}"
