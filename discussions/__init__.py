"""The practice of strategy discussions, in plain Python: nothing here knows of Teams, SQL, HTTP or a clock."""
