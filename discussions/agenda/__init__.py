"""The standard agenda in use: who is here, what is captured, what is left, and the gate before the close."""
