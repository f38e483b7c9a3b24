"""The record: what of a discussion is written down for those who must act on it, and in which order."""
