"""From a contact to its decision: what is known of the customer, the ruling, the ledger."""
