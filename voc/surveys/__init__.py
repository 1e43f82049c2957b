"""What we ask: surveys, their drafts and published versions, and the questionnaire document."""
