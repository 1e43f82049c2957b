"""Conditions of other systems, read into a tree and said again in CEL over our answer names. PURE."""
