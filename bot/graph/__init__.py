"""Microsoft Graph: makes, moves and removes the Teams meetings of discussions. Off unless it is set up."""
