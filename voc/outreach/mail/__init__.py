"""The mail that asks: a text part and an HTML part of equal worth, without pictures, pixels or redirects."""
