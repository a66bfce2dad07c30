"""Acts of this package."""
