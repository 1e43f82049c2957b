"""Who we listen to: customers with their outside ids, accounts, and the contacts they had."""
