"""The secure page, for whoever is not reached in Teams: what a link is for, who may open it, what can be answered."""
