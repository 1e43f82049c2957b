"""A policy over past contacts: read, play, compare."""
