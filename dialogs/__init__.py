"""Guided conversations of several turns: declared steps, one card replaced in place, typed answers taken too."""
