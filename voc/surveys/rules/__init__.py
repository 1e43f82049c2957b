"""Conditions as rules that people read and choose: CEL underneath, a sentence above. PURE."""
