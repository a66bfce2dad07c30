"""What an operator types: migrate, first-run, worker, backup, restore, doctor, links."""
