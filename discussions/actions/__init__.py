"""Actions: what was agreed, who does it by when, who hears of it, and the nudges until it is done."""
