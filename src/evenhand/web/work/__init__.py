"""Pages of load: a team's, one's own, what was learnt of the table."""
