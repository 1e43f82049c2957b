"""When and how we ask: touchpoints, policies, decisions, invitations and their deliveries."""
