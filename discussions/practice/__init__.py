"""The local practice as data: agenda, clocks, roles, quorum, gate, nudges. `types.Practice` is the way in."""
