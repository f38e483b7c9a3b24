"""Slots: when agencies can come, and which places of theirs are held, taken and given back."""
