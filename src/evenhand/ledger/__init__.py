"""The fair-share ledger as it is stored: books, balances, postings, checkpoints."""
