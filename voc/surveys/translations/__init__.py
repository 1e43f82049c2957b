"""Every text of a questionnaire in all its languages, as a table that translators work on. PURE."""
