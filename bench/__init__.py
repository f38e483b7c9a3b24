"""Measures Chairside against a bare bot and a stock SDK bot: `make bench`."""
