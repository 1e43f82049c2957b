"""Gateways for texts, each described by a template: how to hand a text over, and what comes back."""
