"""Public holidays, of the countries and their parts for which they are known, by ISO 3166 codes. PURE."""

from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from importlib import import_module


@lru_cache(maxsize=256)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country (`NL`) or part (`DE-BY`) in a year; none where nobody has written them down."""
    # Imported when first asked for: it takes a third of a second, which the start of every command would pay.
    holidays = import_module("holidays")
    code, _, part = country.partition("-")
    parts = holidays.list_supported_countries().get(code)
    if parts is None:
        return frozenset()
    return frozenset(holidays.country_holidays(code, subdiv=part if part in parts else None, years=year))


def no_such_country(code: str) -> str | None:
    """A sentence with the nearest ones when holidays of this country (`NL`) or part (`DE-BY`) are not known; None when they are."""
    from babel import Locale
    from holidays import list_supported_countries  # a twentieth of a second and 20 MB: only where business hours are saved

    known = list_supported_countries()
    country, _, part = code.partition("-")
    if country in known and (not part or part in known[country]):
        return None
    if country in known:
        parts = ", ".join(f"{country}-{one}" for one in sorted(known[country])) or "none"
        return f"{country} has no part {part} with holidays of its own: it has {parts}."
    names = {str(Locale("en").territories.get(one, one)): one for one in known}
    own_names = {str(Locale(one.lower()).territories.get(one, one)): one for one in ("NL", "DE", "FR", "ES", "IT", "PT")}
    by_word = {word.casefold(): found for word, found in {**names, **own_names, **{one: one for one in known}}.items()}
    near = sorted({by_word[word] for word in get_close_matches(code.casefold(), by_word, n=5, cutoff=0.5)})
    told = ", ".join(f"{one} ({Locale('en').territories.get(one, one)})" for one in near)
    hint = f"did you mean {told}?" if told else "write a code such as NL, BE or DE-BY."
    return f"{code[:20]} is no country whose public holidays are known: {hint}"
