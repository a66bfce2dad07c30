"""Sealing the journal (封存): digests chained over what happened, which show a change."""
