"""Looking at rules from outside: what a draft would have done."""
