"""Questionnaires of other systems, read into ours with a report of everything that could not come along as it was."""
