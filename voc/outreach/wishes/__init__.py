"""What keeps us from asking: preferences, suppressed addresses, holds, pauses."""
