"""What they said: responses and their answers."""
