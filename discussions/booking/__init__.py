"""Booking: what a strategy discussion is, whom it is about, who is asked to it, and how they answer."""
