"""From a planned invitation to the hands of the customer: the last look, batches, reminders, other ways."""
