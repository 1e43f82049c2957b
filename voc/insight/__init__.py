"""What it means: readings of texts, scores, and metrics that say how sure they are."""
