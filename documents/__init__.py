"""Files that leave Chairside: made from finished views, with nothing left to decide."""
