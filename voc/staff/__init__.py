"""Who works here: members, roles, teams, business hours, sign-in and API tokens."""
