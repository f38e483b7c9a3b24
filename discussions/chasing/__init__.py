"""Chasing: what is said while answers are missing, and what everybody needs before a discussion starts."""
