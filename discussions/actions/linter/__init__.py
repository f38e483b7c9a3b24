"""How a typed action is read and judged: who, what, by when, who hears of it, what if not."""
