"""Putting load right (负荷调整): the fewest moves after which nobody is over the cap."""
