"""Teams meetings that are made for discussions: wanted, made, moved, removed."""
