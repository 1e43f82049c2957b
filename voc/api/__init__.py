"""The GraphQL edge: one file per room, no rule of its own."""
