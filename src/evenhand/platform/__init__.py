"""Small plumbing under everything: clock, ids, transactions, embedded database."""
