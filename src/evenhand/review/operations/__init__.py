"""What people do with comparisons."""
