"""How much work everybody carries and can carry: points, capacity, bands, the weekly word."""
