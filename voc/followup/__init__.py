"""What we do about it: routes raise tasks, teams work them."""
