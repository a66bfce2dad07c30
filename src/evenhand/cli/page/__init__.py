"""What every page that the command line writes has in common: frame, styles, cards, tables."""
