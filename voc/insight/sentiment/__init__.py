"""Sentiment: what the mood of a text is, and which words say so."""
