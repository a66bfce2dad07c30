"""What can be read of the ladder; each with a fixed number of queries."""
