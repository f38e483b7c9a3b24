"""What whoever runs Chairside types at a terminal."""
