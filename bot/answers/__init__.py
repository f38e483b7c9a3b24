"""What a press or a typed line comes to, one file a subject: one use-case, then the card that shows the new state."""
