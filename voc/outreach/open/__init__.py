"""Addresses for many: open links, posters, kiosks, widgets."""
