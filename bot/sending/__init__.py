"""What goes out: made when it is sent, kept within budgets, by Teams or by mail, and written into the ledger."""
