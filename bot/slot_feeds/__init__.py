"""Calendar feeds of desks: fetched from their servers, read in a process of their own, kept as slots."""
