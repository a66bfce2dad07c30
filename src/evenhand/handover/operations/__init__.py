"""What people do about covers and departures."""
