"""PURE. What CRMs and contact centres really send, in the fields that our own drafts are read from: one file per source."""
