"""What comes back: receipts, bounces, complaints, stops, replies."""
