"""Pages: one call into a domain package each, in, out."""
