"""What can be read about people, within reach; each with a fixed number of queries."""
