"""What people see in Teams: one function and one template a card."""
